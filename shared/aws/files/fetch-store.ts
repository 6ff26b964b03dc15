import {
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { FetchAttempt, FetchProgress, FetchState, FetchStore, FilePart } from '#domain/files/fetch-ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, fromItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** Fetches as an item each beside their session; it names the attempt that has the fetch. */
export const fetchStore = (
  client: DynamoDBClient,
  TableName: string,
  { retentionDays }: { retentionDays: number },
): FetchStore => {
  /** Writes if the attempt still has the fetch. Repeating such a write changes nothing, so an answer may be lost. */
  const write = ({ sessionId, attemptId }: FetchAttempt, { names, values, ...update }: FetchUpdate) =>
    conditionalWrite(
      client,
      {
        update: {
          TableName,
          Key: toKey(keys.fetch(sessionId)),
          ...update,
          ConditionExpression: 'attemptId = :attemptId',
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: toValues({ ...values, ':attemptId': attemptId }),
        },
      },
      () => false,
    );

  return {
    take: async ({ sessionId, attemptId }, { createdAt }, now) => {
      const { Attributes = {} } = await withRetry(() =>
        client.send(
          new UpdateItemCommand({
            TableName,
            Key: toKey(keys.fetch(sessionId)),
            UpdateExpression: 'SET attemptId = :attemptId, startedAt = if_not_exists(startedAt, :now), #ttl = :ttl',
            ExpressionAttributeNames: { '#ttl': 'ttl' },
            ExpressionAttributeValues: toValues({
              ':attemptId': attemptId,
              ':now': now,
              ':ttl': expiryOf(createdAt, retentionDays),
            }),
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      return stateOf(fromItem<StoredFetch>(Attributes));
    },

    find: async (sessionId) => {
      const { Item } = await withRetry(() =>
        client.send(new GetItemCommand({ TableName, Key: toKey(keys.fetch(sessionId)), ConsistentRead: true })),
      );
      return Item && stateOf(fromItem<StoredFetch>(Item));
    },

    begin: (attempt, progress) =>
      write(attempt, {
        UpdateExpression: 'SET #progress = :progress, #parts = :parts',
        names: { '#progress': 'progress', '#parts': 'parts' },
        values: { ':progress': progress, ':parts': {} },
      }),

    addPart: (attempt, number, part) =>
      write(attempt, {
        UpdateExpression: 'SET #parts.#number = :part',
        names: { '#parts': 'parts', '#number': String(number) },
        values: { ':part': part },
      }),

    finish: (attempt, stored) =>
      write(attempt, {
        UpdateExpression: 'SET #stored = :stored REMOVE #progress, #parts',
        names: { '#stored': 'stored', '#progress': 'progress', '#parts': 'parts' },
        values: { ':stored': stored },
      }),

    abandon: (attempt) =>
      write(attempt, {
        UpdateExpression: 'REMOVE #progress, #parts',
        names: { '#progress': 'progress', '#parts': 'parts' },
      }),
  };
};

const importRetentionDays = /* @__PURE__ */ variable('importRetentionDays');

/** The fetches of this stage. */
export const fetches: FetchStore = /* @__PURE__ */ lazily(() =>
  fetchStore(dynamodb(), liveTableName(), {
    retentionDays: Number(importRetentionDays()),
  }),
);

interface FetchUpdate extends Pick<UpdateItemCommandInput, 'UpdateExpression'> {
  readonly names: Record<string, string>;
  readonly values?: object;
}

interface StoredFetch extends Pick<FetchState, 'startedAt' | 'stored'> {
  readonly progress?: Omit<FetchProgress, 'parts'>;
  /** By number. */
  readonly parts?: Readonly<Record<string, FilePart>>;
}

const stateOf = ({ startedAt, stored, progress, parts = {} }: StoredFetch): FetchState => ({
  startedAt,
  ...(stored && { stored }),
  ...(progress && { progress: { ...progress, parts: withoutGaps(parts) } }),
});

const withoutGaps = (parts: Readonly<Record<string, FilePart>>): FilePart[] => {
  const found: FilePart[] = [];
  for (let part = parts[1]; part; part = parts[found.length + 1]) found.push(part);
  return found;
};
