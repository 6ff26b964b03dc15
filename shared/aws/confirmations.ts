import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Confirmation } from '#domain/confirmation.ts';
import type { ConfirmationKey, Confirmations } from '#domain/confirmation-ports.ts';
import { conditionalWrite } from './conditional-write.ts';
import { lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { expiryOf, fromItem, isExpired, toItem, toKey, toValues } from './item.ts';
import { keys } from './keys.ts';
import { patiently } from './retry.ts';

/** Days that a confirmation is remembered: longer than any link from before it lives. */
const rememberedDays = 31;

/** Confirmations in the table, one item for each contact and address. */
export const confirmationsOn = (client: DynamoDBClient, TableName: string, now = Date.now): Confirmations => {
  const find = async (key: ConfirmationKey): Promise<Confirmation | undefined> => {
    const { Item } = await patiently(() =>
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
export const confirmations: Confirmations = lazily(() => confirmationsOn(dynamodb(), liveTableName()));
