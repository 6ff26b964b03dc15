import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Confirmation } from '#domain/subscriptions/confirmation.ts';
import type { ConfirmationKey, Confirmations } from '#domain/subscriptions/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, fromItem, isExpired, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** Days that a confirmation is remembered: longer than any link from before it lives. */
const rememberedDays = 31;

/** Confirmations in the table, one item for each contact and address. */
export const confirmationsOn = (client: DynamoDBClient, TableName: string, now = Date.now): Confirmations => {
  const find = async (key: ConfirmationKey): Promise<Confirmation | undefined> => {
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName, Key: toKey(keys.confirmation(key)), ConsistentRead: true })),
    );
    return Item && !isExpired(Item, now()) ? fromItem<Confirmation>(Item) : undefined;
  };

  return {
    find,

    begin: async (key, { startedAt, issuedAt }) => {
      let confirmation: Confirmation = { startedAt };
      await conditionalWrite(
        client,
        {
          put: {
            TableName,
            Item: toItem({ ...keys.confirmation(key), ttl: expiryOf(startedAt, rememberedDays) }, confirmation),
            ConditionExpression: 'attribute_not_exists(pk) OR finishedAt < :issuedAt OR #ttl <= :now',
            ExpressionAttributeNames: { '#ttl': 'ttl' },
            ExpressionAttributeValues: toValues({ ':issuedAt': issuedAt, ':now': Math.floor(now() / 1000) }),
          },
        },
        ({ existing }) => {
          if (existing) confirmation = fromItem<Confirmation>(existing);
          return true;
        },
      );
      return confirmation;
    },

    finish: async (key, { startedAt }, finishedAt) => {
      await conditionalWrite(
        client,
        {
          put: {
            TableName,
            Item: toItem(
              { ...keys.confirmation(key), ttl: expiryOf(finishedAt, rememberedDays) },
              { startedAt, finishedAt },
            ),
            ConditionExpression: 'startedAt = :startedAt AND attribute_not_exists(finishedAt)',
            ExpressionAttributeValues: toValues({ ':startedAt': startedAt }),
          },
        },
        () => true,
      );
    },
  };
};

/** The confirmations of this stage. */
export const confirmations: Confirmations = /* @__PURE__ */ lazily(() => confirmationsOn(dynamodb(), liveTableName()));
