import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { type Segment, segmentNameKey } from '#domain/segments/segment.ts';
import { table } from '#names/table.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { distinctBy } from '../clients/parallel.ts';
import { batchInsert } from '../table/batch-insert.ts';
import { toItem } from '../table/item.ts';
import { indexKeys, keys } from '../table/keys.ts';
import { queryItems } from '../table/query.ts';
import { leaseFrom } from '../table/sequence.ts';
import { endEpoch, removeSegment, renameSegment } from './segment-changes.ts';
import { nameMemory, readNamed, readNames, readSegments, segmentOf } from './segment-names.ts';

/** How often names are looked up again whose segments come and go meanwhile. */
const maxRounds = 5;

/**
 * Segments in the table. A name is claimed first; a function that meets a claim without its segment makes the segment.
 */
export const segmentStore = (client: DynamoDBClient, tableName: string, now = Date.now): SegmentStore => {
  const memory = nameMemory(now);

  /** The segments behind these name keys. A remembered id counts while its segment has the name. */
  const find = async (nameKeys: readonly string[]): Promise<Map<string, Segment>> => {
    const found = await readNamed(client, tableName, memory.recall(nameKeys));
    const unknown = nameKeys.filter((key) => !found.has(key));
    const ids = await readNames(client, tableName, unknown);
    for (const [key, segment] of await readNamed(client, tableName, ids)) found.set(key, segment);
    memory.remember(found);
    return found;
  };

  return {
    ensure: async (names) => {
      const nameKeys = distinctKeys(names);
      let found = await find(nameKeys);
      for (let round = 0; round < maxRounds && found.size < nameKeys.length; round++) {
        const isMissing = (name: string) => !found.has(segmentNameKey(name));
        await make(client, tableName, distinctBy(names.filter(isMissing), segmentNameKey));
        found = await find(nameKeys);
      }
      return names.flatMap((name) => found.get(segmentNameKey(name)) ?? []);
    },

    findByNames: async (names) => {
      const nameKeys = distinctKeys(names);
      const found = await find(nameKeys);
      return nameKeys.flatMap((key) => found.get(key) ?? []);
    },

    findByIds: async (ids) => [...(await readSegments(client, tableName, ids)).values()],

    list: async () => {
      const items = await queryItems(client, {
        TableName: tableName,
        IndexName: table.byGroup.indexName,
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeNames: { '#partition': table.byGroup.partitionKey },
        ExpressionAttributeValues: { ':partition': { S: indexKeys.segments } },
      });
      return items.flatMap((item) => segmentOf(item) ?? []);
    },

    create: async (name) => (await make(client, tableName, [name]))[0],

    rename: (segment, name) => renameSegment(client, tableName, segment, name.trim()),
    remove: (segment) => removeSegment(client, tableName, segment),
    endEpoch: (epoch) => endEpoch(client, tableName, epoch),
  };
};

/** The segments of this stage. */
export const segments: SegmentStore = /* @__PURE__ */ lazily(() => segmentStore(dynamodb(), liveTableName()));

const distinctKeys = (names: readonly string[]): string[] => [...new Set(names.map(segmentNameKey))];

/**
 * Claims names, then inserts the segments that are not there under the ids that the names have; returns those that this
 * call made. A segment that was removed stays in the way of its id.
 */
const make = async (client: DynamoDBClient, tableName: string, names: readonly string[]): Promise<Segment[]> => {
  const ids = await claimNames(client, tableName, names);
  const segments = names.flatMap((name): Segment[] => {
    const id = ids.get(segmentNameKey(name));
    return id === undefined ? [] : [{ id, name: name.trim(), type: 'Static', epoch: 1 }];
  });
  const madeBy = randomUUID();
  const items = segments.map((segment) =>
    toItem({ ...keys.segment(segment.id), ...indexKeys.segment(segment.id) }, { ...segment, madeBy }),
  );
  const isMade = await batchInsert(client, tableName, items, (stored) => stored.madeBy?.S === madeBy);
  return segments.filter((_, index) => isMade[index]);
};

/** The ids behind names, also those that others claimed. */
const claimNames = async (
  client: DynamoDBClient,
  tableName: string,
  names: readonly string[],
): Promise<Map<string, number>> => {
  const claimed = await readNames(client, tableName, names.map(segmentNameKey));
  const free = names.map(segmentNameKey).filter((key) => !claimed.has(key));
  const leased = await leaseFrom(client, tableName, 'segment', free.length);
  const claims = free.map((key, index) => toItem(keys.segmentName(key), { segmentId: leased[index] }));
  const isOurs = await batchInsert(
    client,
    tableName,
    claims,
    (stored, item) => stored.segmentId?.N === item.segmentId?.N,
  );
  const lost = free.filter((_, index) => !isOurs[index]);
  return new Map([
    ...claimed,
    ...free.flatMap((key, index): [string, number][] => {
      const id = leased[index];
      return isOurs[index] && id !== undefined ? [[key, id]] : [];
    }),
    ...(await readNames(client, tableName, lost)),
  ]);
};
