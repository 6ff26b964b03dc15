import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { UnfinishedNotes, WorkNote } from '#domain/unfinished.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { withRetry } from '../clients/retry.ts';
import { fromItem, toItem, toKey } from '../table/item.ts';
import { keys, shards } from '../table/keys.ts';
import { queryItems } from '../table/query.ts';

/** Notes that one look reads of each partition at most. */
const notesPerShard = 100;

/** Notes that nobody forgets are gone after so long: by then, whatever they are about is not kept any more. */
const keptDays = 60;

/** Notes in the table, in the order in which they are due, spread over partitions. */
export const unfinishedNotesIn = (client: DynamoDBClient, TableName: string): UnfinishedNotes => ({
  note: async (note) => {
    const ttl = Math.ceil(Date.parse(note.dueAt) / 1000) + keptDays * 86_400;
    const Item = toItem({ ...keys.unfinished(note), ttl }, note);
    await withRetry(() => client.send(new PutItemCommand({ TableName, Item })));
  },

  forget: async (note) => {
    const Key = toKey(keys.unfinished(note));
    await withRetry(() => client.send(new DeleteItemCommand({ TableName, Key })));
  },

  due: async (now) => {
    const found = await inParallel(shards, (shard) =>
      queryItems(
        client,
        {
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk < :now',
          ExpressionAttributeValues: { ':pk': { S: keys.unfinishedPartition(shard) }, ':now': { S: now } },
        },
        notesPerShard,
      ),
    );
    return found.flat().map((item) => fromItem<WorkNote>(item));
  },
});

/** The notes of this stage. */
export const unfinished: UnfinishedNotes = /* @__PURE__ */ lazily(() => unfinishedNotesIn(dynamodb(), liveTableName()));
