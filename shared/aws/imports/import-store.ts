import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ImportChunk, ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { table } from '#names/table.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { uploadStore } from '../files/upload-store.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, fromItem, type Item, isExpired, type Key, toItem, toKey, toValues } from '../table/item.ts';
import { indexKeys, keys } from '../table/keys.ts';
import { newestFirst } from '../table/newest-first.ts';
import { queryItems } from '../table/query.ts';
import { acceptedImportsIn } from './accepted-imports.ts';
import { endChunk } from './end-chunk.ts';
import { undoStore } from './undo-store.ts';
import { updateSession } from './update-session.ts';

/** Import sessions in one partition each, with a marker for every chunk that is still open. */
export const importStore = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays }: { retentionDays: number },
): ImportStore => ({
  ...uploadStore(client, tableName, { retentionDays }),

  ...acceptedImportsIn(client, tableName, { retentionDays }),

  find: async (sessionId) => {
    const item = await readItem(client, tableName, keys.importSession(sessionId));
    return item && fromItem<ImportSession>(item);
  },

  list: (page) =>
    newestFirst<ImportSession>(client, tableName, { ...table.byTime, partitions: [indexKeys.imports] }, page),

  listSince: (since, { limit, cursor = since }) =>
    newestFirst<ImportSession>(
      client,
      tableName,
      { ...table.byTime, partitions: [indexKeys.imports], isAscending: true },
      { limit, ...(cursor !== undefined && { cursor }) },
    ),

  listOpen: async (sessionId) => {
    const markers = await queryItems(client, itemsOf(tableName, sessionId, keys.openChunkPrefix));
    return markers.map(({ sk }) => Number(sk?.S?.slice(keys.openChunkPrefix.length)));
  },

  noteSweep: (sessionId, note) =>
    updateSession(client, tableName, sessionId, {
      UpdateExpression: 'SET sweep = :note',
      ConditionExpression: 'attribute_not_exists(finishedAt) AND #state <> :paused',
      values: { ':note': note, ':paused': 'PAUSED' },
    }),

  findChunk: async (sessionId, number) => {
    const item = await readItem(client, tableName, keys.chunk({ sessionId, number }));
    return item && fromItem<ImportChunk>(item);
  },

  listChunks: async (sessionId) => {
    const items = await queryItems(client, itemsOf(tableName, sessionId, keys.chunkPrefix));
    return items.filter((item) => !isExpired(item, Date.now())).map((item) => fromItem<ImportChunk>(item));
  },

  start: (sessionId, startedAt) =>
    updateSession(client, tableName, sessionId, {
      UpdateExpression: 'SET #state = :importing, startedAt = :startedAt',
      ConditionExpression: '#state = :started',
      values: { ':importing': 'IMPORTING', ':started': 'STARTED', ':startedAt': startedAt },
    }),

  beginChunk: ({ sessionId, number }) =>
    conditionalWrite(
      client,
      {
        update: {
          TableName: tableName,
          Key: toKey(keys.chunk({ sessionId, number })),
          UpdateExpression: 'SET isBegun = :true',
          ConditionExpression: '#state IN (:open, :failed)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: toValues({ ':true': true, ':open': 'open', ':failed': 'failed' }),
        },
      },
      () => false,
    ),

  endChunk: (chunk, condition = { isUntouched: false }) => endChunk(client, tableName, chunk, condition),

  hasOpenChunks: async (sessionId) =>
    (await queryItems(client, itemsOf(tableName, sessionId, keys.openChunkPrefix), 1)).length > 0,

  pause: (sessionId) =>
    updateSession(client, tableName, sessionId, {
      UpdateExpression: 'SET pausedFrom = #state, #state = :paused',
      ConditionExpression: '#state IN (:started, :importing)',
      values: { ':paused': 'PAUSED', ...underWay },
    }),

  resume: (sessionId) =>
    updateSession(client, tableName, sessionId, {
      UpdateExpression: 'SET #state = pausedFrom REMOVE pausedFrom',
      ConditionExpression: '#state = :paused',
      values: { ':paused': 'PAUSED' },
    }),

  cancel: (sessionId) =>
    updateSession(client, tableName, sessionId, {
      UpdateExpression: 'SET #state = :cancelled REMOVE pausedFrom',
      ConditionExpression: '#state IN (:started, :importing, :paused)',
      values: { ':cancelled': 'CANCELLED', ':paused': 'PAUSED', ...underWay },
    }),

  ...undoStore(client, tableName),

  park: async ({ sessionId, createdAt }, job) => {
    const ttl = expiryOf(createdAt, retentionDays);
    const Item = toItem({ ...keys.parked(sessionId), ttl }, { job: JSON.stringify(job) });
    // Workers on files may put single items of imports, and no batches.
    await withRetry(() => client.send(new PutItemCommand({ TableName: tableName, Item })));
  },

  findParked: async (sessionId) => {
    const item = await readItem(client, tableName, keys.parked(sessionId));
    return item && (JSON.parse(item.job?.S ?? 'null') ?? undefined);
  },
});

const underWay = { ':started': 'STARTED', ':importing': 'IMPORTING' };

const importRetentionDays = /* @__PURE__ */ variable('importRetentionDays');

/** The imports of this stage. */
export const imports: ImportStore = /* @__PURE__ */ lazily(() =>
  importStore(dynamodb(), liveTableName(), {
    retentionDays: Number(importRetentionDays()),
  }),
);

const readItem = async (client: DynamoDBClient, TableName: string, key: Key): Promise<Item | undefined> => {
  const { Item } = await withRetry(() =>
    client.send(new GetItemCommand({ TableName, Key: toKey(key), ConsistentRead: true })),
  );
  return Item && !isExpired(Item, Date.now()) ? Item : undefined;
};

const itemsOf = (TableName: string, sessionId: string, prefix: string) => ({
  TableName,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':pk': { S: keys.importPartition(sessionId) }, ':prefix': { S: prefix } },
});
