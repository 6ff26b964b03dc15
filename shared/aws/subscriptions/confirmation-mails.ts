import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { hoursAfter, hoursBetweenMessages } from '#domain/subscriptions/confirmation.ts';
import type { ConfirmationMails } from '#domain/subscriptions/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, type Item, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/**
 * One item an address: an attempt holds it until its time is over, then it says when a message was sent. Times are
 * compared by the conditions themselves, as DynamoDB may take days to delete what has expired.
 */
export const confirmationMailsOn = (client: DynamoDBClient, TableName: string): ConfirmationMails => ({
  begin: async (addressHash, { attemptId, now, until, enoughSince }) => {
    let stored: Item | undefined;
    const isBegun = await conditionalWrite(
      client,
      {
        put: {
          TableName,
          Item: toItem(
            { ...keys.confirmationMail(addressHash), ttl: expiryOf(until, 1) },
            { attemptId, heldUntil: until },
          ),
          ConditionExpression: 'attribute_not_exists(pk) OR heldUntil <= :now OR sentAt <= :enoughSince',
          ExpressionAttributeValues: toValues({ ':now': now, ':enoughSince': enoughSince }),
        },
      },
      ({ existing }) => {
        stored = existing;
        return existing?.attemptId?.S === attemptId;
      },
    );
    if (isBegun) return 'begun';
    return stored?.sentAt ? 'sent' : 'busy';
  },

  abandon: async (addressHash, attemptId) => {
    await conditionalWrite(
      client,
      {
        remove: {
          TableName,
          Key: toKey(keys.confirmationMail(addressHash)),
          ConditionExpression: 'attemptId = :attemptId',
          ExpressionAttributeValues: toValues({ ':attemptId': attemptId }),
        },
      },
      () => true,
    );
  },

  noteSent: async (addressHash, sentAt) => {
    const ttl = expiryOf(hoursAfter(sentAt, hoursBetweenMessages), 0);
    const item = toItem({ ...keys.confirmationMail(addressHash), ttl }, { sentAt });
    await withRetry(() => client.send(new PutItemCommand({ TableName, Item: item })));
  },

  release: async (addressHash, until) => {
    await conditionalWrite(
      client,
      {
        remove: {
          TableName,
          Key: toKey(keys.confirmationMail(addressHash)),
          ConditionExpression: 'sentAt <= :until',
          ExpressionAttributeValues: toValues({ ':until': until }),
        },
      },
      () => true,
    );
  },
});

/** The confirmation messages of this stage. */
export const confirmationMails: ConfirmationMails = /* @__PURE__ */ lazily(() =>
  confirmationMailsOn(dynamodb(), liveTableName()),
);
