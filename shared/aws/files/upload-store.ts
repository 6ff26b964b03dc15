import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { SplitCheckpoint, SplitWindow, UploadStore } from '#domain/files/ports.ts';
import { withRetry } from '../clients/retry.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, fromItem, isExpired, toItem, toKey, toValues } from '../table/item.ts';
import { indexKeys, keys } from '../table/keys.ts';
import { transactWrite } from '../table/transaction.ts';

/** Sessions whose files are being cut: the checkpoint is an item beside the chunks, the splitting an open marker. */
export const uploadStore = (
  client: DynamoDBClient,
  TableName: string,
  { retentionDays }: { retentionDays: number },
): UploadStore => ({
  createUpload: (session) => {
    const { sessionId, createdAt } = session;
    const ttl = expiryOf(createdAt, retentionDays);
    const item = toItem({ ...keys.importSession(sessionId), ...indexKeys.importSession(session), ttl }, session);
    return transactWrite(client, [
      { Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
      { Put: { TableName, Item: toItem({ ...keys.openSplit(sessionId), ttl }) } },
    ]);
  },

  findCheckpoint: async (sessionId) => {
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName, Key: toKey(keys.split(sessionId)), ConsistentRead: true })),
    );
    return Item && !isExpired(Item, Date.now()) ? fromItem<SplitCheckpoint>(Item) : undefined;
  },

  addChunks: ({ sessionId, createdAt }, { chunks, checkpoint, file }) => {
    const ttl = expiryOf(createdAt, retentionDays);
    const put = chunks.flatMap((chunk) => [
      toItem({ ...keys.chunk(chunk), ttl }, chunk),
      toItem({ ...keys.openChunk(chunk), ttl }),
    ]);
    return transactWrite(client, [
      ...put.map((Item): TransactWriteItem => ({ Put: { TableName, Item } })),
      { Put: { TableName, Item: toItem({ ...keys.split(sessionId), ttl }, checkpoint), ...follows(checkpoint) } },
      { Update: readSoFar(TableName, sessionId, { checkpoint, file }) },
      { ConditionCheck: { TableName, Key: toKey(keys.openSplit(sessionId)), ...exists } },
    ]);
  },

  endSplit: async (sessionId) => {
    const remove = { TableName, Key: toKey(keys.openSplit(sessionId)) };
    await conditionalWrite(client, { remove }, () => true);
  },

  failFile: async (sessionId, fileError) => {
    await transactWrite(client, [
      { Delete: { TableName, Key: toKey(keys.openSplit(sessionId)), ...exists } },
      {
        ConditionCheck: {
          TableName,
          Key: toKey(keys.split(sessionId)),
          ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(#position)',
          ExpressionAttributeNames: { '#position': 'position' },
        },
      },
      {
        Update: {
          TableName,
          Key: toKey(keys.importSession(sessionId)),
          UpdateExpression: 'SET fileError = :fileError',
          ExpressionAttributeValues: toValues({ ':fileError': fileError }),
          ...exists,
        },
      },
    ]);
  },
});

const exists = { ConditionExpression: 'attribute_exists(pk)' };

/** The condition that no other worker has added this window before. */
const follows = ({ windowCount }: SplitCheckpoint) => ({
  ConditionExpression: windowCount === 1 ? 'attribute_not_exists(pk)' : 'windowCount = :before',
  ...(windowCount > 1 && { ExpressionAttributeValues: toValues({ ':before': windowCount - 1 }) }),
});

const readSoFar = (
  TableName: string,
  sessionId: string,
  { checkpoint: { rowCount, chunkCount }, file }: Pick<SplitWindow, 'checkpoint' | 'file'>,
): UpdateItemCommandInput & { UpdateExpression: string; TableName: string } => ({
  TableName,
  Key: toKey(keys.importSession(sessionId)),
  UpdateExpression: 'SET #total = :total, chunkCount = :chunkCount, #file = :file',
  ExpressionAttributeNames: { '#total': 'total', '#file': 'file' },
  ExpressionAttributeValues: toValues({ ':total': rowCount, ':chunkCount': chunkCount, ':file': file }),
  ...exists,
});
