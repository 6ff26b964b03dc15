import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { OnceWrites } from '#domain/workflows/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { contactPut } from '../contacts/contact-store.ts';
import { toItem, toKey } from './item.ts';
import { keys } from './keys.ts';
import { transactWrite } from './transaction.ts';

/** Writes to contacts, each in one transaction with the mark of the step that made it. */
export const onceWritesOn = (client: DynamoDBClient, TableName: string): OnceWrites => ({
  replace: async (write, { runId, stepId, expiresAt }) => {
    const key = keys.stepWrite(runId, stepId);
    const ttl = Math.ceil(Date.parse(expiresAt) / 1000);
    const Item = toItem({ ...key, ttl }, { contactId: write.contact.id });
    const isWritten = await transactWrite(client, [
      { Put: contactPut(TableName, write) },
      { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
    ]);
    if (isWritten) return 'written';
    const mark = await withRetry(() =>
      client.send(new GetItemCommand({ TableName, Key: toKey(key), ConsistentRead: true })),
    );
    return mark.Item ? 'written before' : 'lost';
  },
});

/** The writes of this stage that must not be done twice. */
export const onceWrites: OnceWrites = /* @__PURE__ */ lazily(() => onceWritesOn(dynamodb(), liveTableName()));
