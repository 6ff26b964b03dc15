import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Segment, segmentNameKey } from '#domain/segments/segment.ts';
import { batchGet } from '../table/batch-get.ts';
import { fromItem, type Item, keyText, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** How long the id behind a name is remembered. */
const memoryMilliseconds = 60_000;
/** Names that are remembered at most; those that came first leave first. */
const maxNames = 10_000;

/** Remembers ids by the keys of names for a minute, so that frequent callers read the segments alone. */
export const nameMemory = (now: () => number) => {
  const remembered = new Map<string, { readonly id: number; readonly until: number }>();
  return {
    recall: (nameKeys: readonly string[]): Map<string, number> =>
      new Map(
        nameKeys.flatMap((key) => {
          const known = remembered.get(key);
          return known && known.until > now() ? [[key, known.id] as const] : [];
        }),
      ),
    remember: (segments: ReadonlyMap<string, Segment>): void => {
      for (const [key, { id }] of segments) {
        const known = remembered.get(key);
        if (known?.id === id && known.until > now()) continue;
        remembered.delete(key);
        remembered.set(key, { id, until: now() + memoryMilliseconds });
      }
      for (const oldest of remembered.keys()) {
        if (remembered.size <= maxNames) break;
        remembered.delete(oldest);
      }
    },
  };
};

/** The segment ids behind those of the name keys that are claimed. */
export const readNames = async (
  client: DynamoDBClient,
  tableName: string,
  nameKeys: readonly string[],
): Promise<Map<string, number>> => {
  const found = await batchGet(client, tableName, nameKeys.map(keys.segmentName));
  return new Map(
    nameKeys.flatMap((key) => {
      const item = found.get(keyText(toKey(keys.segmentName(key))));
      return item ? [[key, fromItem<{ segmentId: number }>(item).segmentId] as const] : [];
    }),
  );
};

/** The segments of ids by name key, as far as each has the name that it was looked up by. */
export const readNamed = async (
  client: DynamoDBClient,
  tableName: string,
  ids: ReadonlyMap<string, number>,
): Promise<Map<string, Segment>> => {
  const segments = await readSegments(client, tableName, [...ids.values()]);
  return new Map(
    [...ids].flatMap(([key, id]) => {
      const segment = segments.get(id);
      return segment && segmentNameKey(segment.name) === key ? [[key, segment] as const] : [];
    }),
  );
};

/** Those of the segments that exist. */
export const readSegments = async (
  client: DynamoDBClient,
  tableName: string,
  ids: readonly number[],
): Promise<Map<number, Segment>> => {
  const found = await batchGet(client, tableName, ids.map(keys.segment));
  return new Map([...found.values()].flatMap((item) => segmentOf(item) ?? []).map((segment) => [segment.id, segment]));
};

/** The segment of an item; `undefined` if it was removed, of which the item remains to keep its id from coming back. */
export const segmentOf = (item: Item): Segment | undefined => {
  const { isRemoved, madeBy, ...segment } = fromItem<Segment & { isRemoved?: true; madeBy?: string }>(item);
  return isRemoved ? undefined : segment;
};
