import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Message, QueuedMessage } from '#domain/messages/message.ts';
import type { MessageAttempt, MessageStore } from '#domain/messages/ports.ts';
import { withRetry } from '../clients/retry.ts';
import { fromItem, type Item, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** Takes the right to send a message, unless another attempt holds it or it is over (`MessageStore.begin`). */
export const claimMessage = (
  client: DynamoDBClient,
  TableName: string,
  { requestId, attemptId, now, until }: MessageAttempt,
): ReturnType<MessageStore['begin']> =>
  withRetry(async () => {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName,
          Key: toKey(keys.message(requestId)),
          UpdateExpression: 'SET attemptId = :attemptId, heldUntil = :until',
          ConditionExpression: '#status = :queued AND (attribute_not_exists(heldUntil) OR heldUntil <= :now)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: toValues({
            ':attemptId': attemptId,
            ':until': until,
            ':now': now,
            ':queued': 'QUEUED',
          }),
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return queuedOf(Attributes);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (error.Item?.status?.S !== 'QUEUED') return 'over';
      // The answer to the call before this one was lost.
      return error.Item.attemptId?.S === attemptId ? queuedOf(error.Item) : 'busy';
    }
  });

const queuedOf = (item: Item | undefined): QueuedMessage | 'over' =>
  item?.task?.S === undefined ? 'over' : { ...messageOf(item), task: JSON.parse(item.task.S) };

/** A message as it is stored: its task as JSON, as parameters may be anything. */
export const storedMessage = ({ task, ...message }: QueuedMessage) => ({ ...message, task: JSON.stringify(task) });

/** The message of an item, without how to send it. */
export const messageOf = (item: Item): Message => {
  const { requestId, contactId, channel, status, reason, createdAt, statusAt, templateId } = fromItem<Message>(item);
  return {
    requestId,
    contactId,
    channel,
    status,
    createdAt,
    statusAt,
    ...(reason !== undefined && { reason }),
    ...(templateId !== undefined && { templateId }),
  };
};
