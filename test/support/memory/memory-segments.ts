import type { ListingPlace, ListingPlaces } from '#domain/contacts/ports.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import { lastReservedFieldId, personalFields } from '#domain/fields/personal-fields.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { Membership, SegmentMembers, SegmentStore } from '#domain/segments/ports.ts';
import { type Segment, type SegmentEpoch, segmentNameKey } from '#domain/segments/segment.ts';
import type { CategoryStore } from '#domain/subscriptions/ports.ts';
import { itemByItem, pageOf, type Step } from './step.ts';

/** What the segment store holds, open to checkers. */
export interface SegmentState {
  lastSegmentId: number;
  /** By the key of their name. */
  readonly segments: Map<string, Segment>;
  /** Segment ids by the key of a category. */
  readonly categories: Map<string, number>;
}

/** An empty segment store. */
export const emptySegmentState = (): SegmentState => ({
  lastSegmentId: 0,
  segments: new Map(),
  categories: new Map(),
});

/** Segments in memory. */
export const memorySegments = (state: SegmentState, step: Step): SegmentStore => {
  const { segments } = state;

  const ensureOne = (name: string): Segment => {
    const existing = segments.get(segmentNameKey(name));
    if (existing) return existing;
    state.lastSegmentId += 1;
    const segment: Segment = { id: state.lastSegmentId, name: name.trim(), type: 'Static', epoch: 1 };
    segments.set(segmentNameKey(name), segment);
    return segment;
  };
  const asRead = ({ id, name, categoryKey }: Segment): Segment | undefined => {
    const stored = segments.get(segmentNameKey(name));
    return stored?.id === id && stored.name === name && stored.categoryKey === categoryKey ? stored : undefined;
  };

  return {
    ensure: (names) => itemByItem(names, (name) => step(`ensureSegment ${segmentNameKey(name)}`), ensureOne),
    findByNames: async (names) => {
      await step('readSegmentsByNames');
      const keys = [...new Set(names.map(segmentNameKey))];
      return keys.map((key) => segments.get(key)).filter((segment) => segment !== undefined);
    },
    findByIds: async (ids) => {
      await step('readSegmentsByIds');
      const wanted = new Set(ids);
      return [...segments.values()].filter(({ id }) => wanted.has(id));
    },
    list: async () => {
      await step('readSegments');
      return [...segments.values()].sort((one, other) => one.id - other.id);
    },
    create: async (name) => {
      await step(`createSegment ${segmentNameKey(name)}`);
      return segments.has(segmentNameKey(name)) ? undefined : ensureOne(name);
    },
    rename: async (segment, name) => {
      await step(`renameSegment ${segment.id}`);
      const stored = asRead(segment);
      const owner = segments.get(segmentNameKey(name));
      if (!stored || (owner && owner.id !== segment.id)) return false;
      segments.delete(segmentNameKey(segment.name));
      segments.set(segmentNameKey(name), { ...stored, name: name.trim() });
      return true;
    },
    remove: async (segment) => {
      await step(`removeSegment ${segment.id}`);
      if (asRead(segment)?.epoch !== segment.epoch) return false;
      return segments.delete(segmentNameKey(segment.name));
    },
    endEpoch: async ({ segmentId, epoch }) => {
      await step(`endEpoch ${segmentId}`);
      for (const [key, segment] of segments) {
        if (segment.id === segmentId && segment.epoch === epoch) segments.set(key, { ...segment, epoch: epoch + 1 });
      }
    },
  };
};

/** The members of segments in memory, over what the contact store holds. */
export const memorySegmentMembers = (memberships: ReadonlyMap<string, Membership>, step: Step): SegmentMembers => {
  const membersOf = ({ segmentId, epoch }: SegmentEpoch) =>
    [...memberships.values()]
      .filter((one) => one.segmentId === segmentId && one.epoch === epoch && !one.isHidden)
      .map(({ contactId }) => contactId)
      .sort((one, other) => one - other);

  return {
    count: async (epoch) => {
      await step(`readMembers ${epoch.segmentId}`);
      return membersOf(epoch).length;
    },
    list: async (epoch, { isAscending, limit, after }) => {
      await step(`readMembers ${epoch.segmentId}`);
      const ids = isAscending ? membersOf(epoch) : membersOf(epoch).reverse();
      return ids.filter((id) => after === undefined || (isAscending ? id > after : id < after)).slice(0, limit);
    },
    walk: async (epoch, { limit, cursor = '0' }) => {
      await step(`readMembers ${epoch.segmentId}`);
      const ids = membersOf(epoch).filter((id) => id > Number(cursor));
      return pageOf(ids, String, { limit });
    },
  };
};

/** The places of listings in memory. */
export const memoryListingPlaces = (places: Map<string, ListingPlace>, step: Step): ListingPlaces => ({
  find: async (listing, skip) => {
    await step(`readPlace ${listing}`);
    return places.get(`${listing}#${skip}`);
  },
  note: async (listing, skip, place) => {
    await step(`notePlace ${listing}`);
    places.set(`${listing}#${skip}`, place);
  },
});

/** Subscription categories in memory. */
export const memoryCategories = ({ segments, categories }: SegmentState, step: Step): CategoryStore => {
  const mark = (segmentId: number, categoryKey: string | undefined, key?: string): boolean => {
    const found = [...segments].find(([, { id }]) => id === segmentId);
    if (!found || found[1].categoryKey !== categoryKey) return false;
    const { categoryKey: _, ...segment } = found[1];
    segments.set(found[0], key === undefined ? segment : { ...segment, categoryKey: key });
    return true;
  };

  return {
    list: async () => {
      await step('readCategories');
      return [...categories]
        .map(([key, segmentId]) => ({ key, segmentId }))
        .sort((one, other) => (one.key < other.key ? -1 : 1));
    },
    create: async (key, segment) => {
      await step(`createCategory ${key}`);
      if (categories.has(key) || !mark(segment.id, segment.categoryKey, key)) return false;
      categories.set(key, segment.id);
      return true;
    },
    remove: async ({ key, segmentId }) => {
      await step(`removeCategory ${key}`);
      if (categories.get(key) !== segmentId || !mark(segmentId, key)) return false;
      return categories.delete(key);
    },
  };
};

/** Custom fields in memory. */
export const memoryFields = (defined: CustomField[], step: Step): FieldStore => {
  const all = () => [...personalFields, ...defined];

  return {
    list: async () => {
      await step('listFields');
      return all();
    },
    create: async (field) => {
      await step(`createField ${field.key}`);
      if (all().some(({ group, key }) => group === field.group && key === field.key)) return undefined;
      const created = { ...field, id: lastReservedFieldId + defined.length + 1 };
      defined.push(created);
      return created;
    },
  };
};
