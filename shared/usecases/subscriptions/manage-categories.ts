import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import type { Segment } from '#domain/segments/segment.ts';
import type { Category, CategoryStore } from '#domain/subscriptions/ports.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { nameTaken, tryRename } from '../segments/manage-segments.ts';

export interface CategoryPorts extends Pick<Ambient, 'pause'> {
  readonly categories: CategoryStore;
  readonly segments: Pick<SegmentStore, 'ensure' | 'findByIds' | 'findByNames' | 'rename'>;
}

/** A subscription category with the segment that mirrors it and has its name. */
export interface MirroredCategory {
  readonly key: string;
  readonly segment: Segment;
}

/** Every subscription category, by key (contract 4.11). */
export const listCategories = async ({
  categories,
  segments,
}: {
  readonly categories: Pick<CategoryStore, 'list'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
}): Promise<MirroredCategory[]> => {
  const all = await categories.list();
  const found = all.length > 0 ? await segments.findByIds(all.map(({ segmentId }) => segmentId)) : [];
  const byId = new Map(found.map((segment) => [segment.id, segment]));
  return all.flatMap(({ key, segmentId }) => {
    const segment = byId.get(segmentId);
    return segment ? [{ key, segment }] : [];
  });
};

/**
 * Defines a subscription category, mirrored by the static segment of its name, which is made if missing; or gives the
 * category another name, and its segment with it.
 * @throws RollcallError NAME_TAKEN if the name is that of another category, of a segment beside a renamed one, or of
 * one that is not static.
 */
export const defineCategory = (ports: CategoryPorts, key: string, name: string): Promise<MirroredCategory> =>
  retryOnConflict(ports, async () => {
    const known = (await ports.categories.list()).find((category) => category.key === key);
    const segment = known ? await renamed(ports, known, name) : await bound(ports, key, name);
    return segment && { key, segment };
  });

const renamed = async ({ segments }: CategoryPorts, { segmentId }: Category, name: string) => {
  const [segment] = await segments.findByIds([segmentId]);
  return segment && tryRename(segments, segment, name);
};

const bound = async ({ categories, segments }: CategoryPorts, key: string, name: string) => {
  const [segment] = await segments.ensure([name]);
  if (!segment || segment.categoryKey === key) return undefined;
  if (segment.type !== 'Static' || segment.categoryKey !== undefined) throw nameTaken(name);
  return (await categories.create(key, segment)) ? { ...segment, categoryKey: key } : undefined;
};

/**
 * Removes a subscription category; its segment stays with its contacts, as one like any other.
 * @throws RollcallError NOT_FOUND.
 */
export const removeCategory = (ports: Pick<CategoryPorts, 'categories' | 'pause'>, key: string): Promise<Category> =>
  retryOnConflict(ports, async () => {
    const category = (await ports.categories.list()).find((one) => one.key === key);
    if (!category) throw new RollcallError('NOT_FOUND', `Subscription category '${key}' not found`);
    return (await ports.categories.remove(category)) ? category : undefined;
  });
