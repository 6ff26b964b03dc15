import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SegmentStore } from '#domain/ports.ts';
import { type Segment, segmentNameKey } from '#domain/segment.ts';
import { batchGet } from './batch-get.ts';
import { batchInsert } from './batch-insert.ts';
import { lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { fromItem, keyText, toItem, toKey } from './item.ts';
import { keys } from './keys.ts';
import { distinctBy } from './parallel.ts';
import { leaseFrom } from './sequence.ts';

/** How long the segment behind a name is remembered; one that is renamed or deleted is seen as it was for as long. */
const memoryMilliseconds = 60_000;

/** Segments in the table. A name is claimed first; whoever meets a claim without its segment makes the segment. */
export const segmentStore = (client: DynamoDBClient, tableName: string, now = Date.now): SegmentStore => {
  const remembered = new Map<string, { segment: Segment; until: number }>();

  const recall = (names: readonly string[]): Map<string, Segment> =>
    new Map(
      names.flatMap((name) => {
        const known = remembered.get(segmentNameKey(name));
        return known && known.until > now() ? [[segmentNameKey(name), known.segment] as const] : [];
      }),
    );
  const remember = (segments: ReadonlyMap<string, Segment>) => {
    for (const [key, segment] of segments) remembered.set(key, { segment, until: now() + memoryMilliseconds });
  };
  const read = async (names: readonly string[]): Promise<Map<string, Segment>> => {
    const ids = await readNames(client, tableName, names);
    const segments = await readSegments(client, tableName, [...ids.values()]);
    return new Map([...ids].flatMap(([key, id]) => entryOf(key, segments.get(id))));
  };
  const unknownAmong = (names: readonly string[], known: ReadonlyMap<string, Segment>): string[] =>
    distinctBy(names, segmentNameKey).filter((name) => !known.has(segmentNameKey(name)));

  return {
    ensure: async (names) => {
      const known = recall(names);
      const unknown = unknownAmong(names, known);
      if (unknown.length > 0) {
        const found = await read(unknown);
        const made = await make(client, tableName, unknownAmong(unknown, found));
        remember(found);
        remember(made);
        for (const [key, segment] of [...found, ...made]) known.set(key, segment);
      }
      return names.flatMap((name) => known.get(segmentNameKey(name)) ?? []);
    },

    findByNames: async (names) => {
      const known = recall(names);
      const unknown = unknownAmong(names, known);
      const found = unknown.length > 0 ? await read(unknown) : new Map<string, Segment>();
      remember(found);
      return distinctBy(names, segmentNameKey).flatMap(
        (name) => known.get(segmentNameKey(name)) ?? found.get(segmentNameKey(name)) ?? [],
      );
    },

    findByIds: async (ids) => [...(await readSegments(client, tableName, ids)).values()],
  };
};

/** The segments of this stage. */
export const segments: SegmentStore = lazily(() => segmentStore(dynamodb(), liveTableName()));

/** Makes the segments of names that have none: claims the names, then inserts what is not there under their ids. */
const make = async (
  client: DynamoDBClient,
  tableName: string,
  names: readonly string[],
): Promise<Map<string, Segment>> => {
  if (names.length === 0) return new Map();
  const claimed = await readNames(client, tableName, names);
  const free = names.filter((name) => !claimed.has(segmentNameKey(name)));
  const leased = await leaseFrom(client, tableName, 'segment', free.length);
  const claims = free.map((name, index) =>
    toItem(keys.segmentName(segmentNameKey(name)), { segmentId: leased[index] }),
  );
  const isOurs = await batchInsert(
    client,
    tableName,
    claims,
    (stored, item) => stored.segmentId?.N === item.segmentId?.N,
  );
  const lost = free.filter((_, index) => !isOurs[index]);
  const ids = new Map([
    ...claimed,
    ...free.flatMap((name, index) => (isOurs[index] ? entryOf(segmentNameKey(name), leased[index]) : [])),
    ...(await readNames(client, tableName, lost)),
  ]);

  const segments = names.flatMap((name): Segment[] => {
    const id = ids.get(segmentNameKey(name));
    return id === undefined ? [] : [{ id, name: name.trim(), type: 'Static' }];
  });
  await batchInsert(
    client,
    tableName,
    segments.map((segment) => toItem(keys.segment(segment.id), segment)),
    () => true,
  );
  const stored = await readSegments(client, tableName, [...ids.values()]);
  return new Map([...ids].flatMap(([key, id]) => entryOf(key, stored.get(id))));
};

/** The segment ids behind those of the names that are claimed. */
const readNames = async (
  client: DynamoDBClient,
  tableName: string,
  names: readonly string[],
): Promise<Map<string, number>> => {
  const nameKeys = names.map(segmentNameKey);
  const found = await batchGet(client, tableName, nameKeys.map(keys.segmentName));
  return new Map(
    nameKeys.flatMap((key) => {
      const item = found.get(keyText(toKey(keys.segmentName(key))));
      return item ? [[key, fromItem<{ segmentId: number }>(item).segmentId] as const] : [];
    }),
  );
};

const readSegments = async (
  client: DynamoDBClient,
  tableName: string,
  ids: readonly number[],
): Promise<Map<number, Segment>> => {
  const found = await batchGet(client, tableName, ids.map(keys.segment));
  return new Map([...found.values()].map((item) => fromItem<Segment>(item)).map((segment) => [segment.id, segment]));
};

const entryOf = <Value>(key: string, value: Value | undefined): [string, Value][] =>
  value === undefined ? [] : [[key, value]];
