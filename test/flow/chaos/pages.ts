import * as z from 'zod';
import type { World } from './world.ts';

const anyPage = z.object({ items: z.array(z.unknown()), cursor: z.string().optional() });

/** Everything that a list of `/admin/v1` has, from every page. */
export const listAll = async <Item extends z.ZodType>(
  ask: World['ask'],
  path: string,
  item: Item,
): Promise<z.infer<Item>[]> => {
  const found: z.infer<Item>[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query = new URLSearchParams({ limit: '500', ...(cursor !== '' && { cursor }) });
    const { json } = await ask('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`);
    const page = anyPage.parse(json);
    found.push(...page.items.map((one) => item.parse(one)));
    cursor = page.cursor;
  }
  return found;
};

const undo = z.object({ state: z.string() });

/** An import as its list shows it. */
export const shownImport = z.object({
  sessionId: z.string(),
  state: z.string(),
  total: z.int(),
  read: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  failed: z.int(),
  reason: z.string().optional(),
  undo: undo.optional(),
  /** How the file is read, of an import of one. */
  upload: z.looseObject({}).optional(),
});

/** A run as its list shows it. */
export const shownRun = z.object({ runId: z.string(), state: z.string(), problem: z.unknown().optional() });

/** An event of the log. */
export const shownEvent = z.object({
  eventId: z.string(),
  eventTypeKey: z.string(),
  keyValue: z.string(),
  contactId: z.int().optional(),
  params: z.record(z.string(), z.unknown()),
});
