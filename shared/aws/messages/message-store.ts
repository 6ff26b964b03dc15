import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Message, type MessageContent, type QueuedMessage, statusesBefore } from '#domain/messages/message.ts';
import type { MessageStore } from '#domain/messages/ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { batchGet } from '../table/batch-get.ts';
import { batchInsert } from '../table/batch-insert.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { expiryOf, fromItem, isExpired, keyOf, toItem, toKey, toValues } from '../table/item.ts';
import { indexKeys, keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';
import { claimMessage, messageOf, storedMessage } from './claim-message.ts';
import { heardMessages } from './heard-messages.ts';

/** A day more than a message can wait in a queue and its dead-letter queue together (an AWS SQS limit). */
const contentDays = 15;

/**
 * Messages in the table, an item each, and a pointer from the contact, by which they are forgotten. How to send a message
 * is one attribute, which goes when it was sent.
 */
export const messageStoreOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays, now = Date.now }: { readonly retentionDays: number; readonly now?: () => number },
): MessageStore => ({
  putContent: async (contentId, content) => {
    const ttl = expiryOf(new Date(now()).toISOString(), contentDays);
    const item = toItem({ ...keys.messageContent(contentId), ttl }, content);
    await withRetry(() => client.send(new PutItemCommand({ TableName: tableName, Item: item })));
  },

  readContent: async (name) => {
    const Key = toKey('contentId' in name ? keys.messageContent(name.contentId) : keys.templateVersion(name));
    const { Item } = await withRetry(() =>
      client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true })),
    );
    return Item && !isExpired(Item, now()) ? fromItem<MessageContent>(Item) : undefined;
  },

  create: async (messages, isContentOwn) => {
    const ttlOf = ({ createdAt }: Message) => expiryOf(createdAt, retentionDays);
    // The contact's pointer comes first: no message may be left that erasing cannot find.
    await batchWrite(client, tableName, {
      put: messages.map((message) =>
        toItem({ ...keys.messageOfContact(message), ttl: ttlOf(message) }, isContentOwn ? ownContent(message) : {}),
      ),
    });
    const items = messages.map((message) =>
      toItem({ ...keys.message(message.requestId), ttl: ttlOf(message) }, storedMessage(message)),
    );
    await batchInsert(client, tableName, items, () => true);
  },

  find: async (requestIds) => {
    const items = await batchGet(client, tableName, requestIds.map(keys.message));
    return [...items.values()].filter((item) => !isExpired(item, now())).map(messageOf);
  },

  listHeard: (page) => heardMessages(client, tableName, page),

  listOf: async (contactId) => {
    const pointers = await itemsOfPartition(client, tableName, keys.messagesOfContact(contactId));
    const requestIds = pointers.map(({ sk }) => (sk?.S ?? '').slice(messagePrefix.length));
    const items = await batchGet(client, tableName, requestIds.map(keys.message));
    const found = [...items.values()].filter((item) => !isExpired(item, now())).map(messageOf);
    return found.sort((one, other) => other.createdAt.localeCompare(one.createdAt)).slice(0, mostListed);
  },

  begin: (attempt) => claimMessage(client, tableName, attempt),

  abandon: async ({ requestId, attemptId }) => {
    await conditionalWrite(
      client,
      {
        update: {
          TableName: tableName,
          Key: toKey(keys.message(requestId)),
          UpdateExpression: 'REMOVE attemptId, heldUntil',
          ConditionExpression: 'attemptId = :attemptId',
          ExpressionAttributeValues: toValues({ ':attemptId': attemptId }),
        },
      },
      () => true,
    );
  },

  note: (requestId, { status, statusAt, reason }) => {
    const before = statusesBefore(status);
    const { timeKey, timeSort } = indexKeys.message({ requestId, statusAt });
    const names = before.map((_, index) => `:before${index}`);
    return conditionalWrite(
      client,
      {
        update: {
          TableName: tableName,
          Key: toKey(keys.message(requestId)),
          UpdateExpression: `SET #status = :status, statusAt = :statusAt, timeKey = :timeKey, timeSort = :timeSort${
            reason === undefined ? ' REMOVE reason,' : ', reason = :reason REMOVE'
          } task, attemptId, heldUntil`,
          ConditionExpression: `#status IN (${names.join(', ')})`,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: toValues({
            ':status': status,
            ':statusAt': statusAt,
            ':timeKey': timeKey,
            ':timeSort': timeSort,
            ':reason': reason,
            ...Object.fromEntries(before.map((one, index) => [names[index], one])),
          }),
        },
      },
      ({ existing, isRepeat }) => isRepeat && existing?.status?.S === status && existing.statusAt?.S === statusAt,
    );
  },

  findOneOf: async (contactId) => {
    const partition = keys.messagesOfContact(contactId);
    const [pointer] = await itemsOfPartition(client, tableName, partition, 1);
    const requestId = pointer?.sk?.S?.slice(messagePrefix.length);
    if (requestId === undefined) return undefined;
    const [item] = (await batchGet(client, tableName, [keys.message(requestId)])).values();
    return { requestId, ...(item && { createdAt: messageOf(item).createdAt }) };
  },

  forget: async (contactId) => {
    const pointers = await itemsOfPartition(client, tableName, keys.messagesOfContact(contactId));
    const messages = pointers.map(({ sk }) => toKey(keys.message((sk?.S ?? '').slice(messagePrefix.length))));
    const contents = pointers.flatMap(({ contentId }) =>
      contentId?.S === undefined ? [] : [toKey(keys.messageContent(contentId.S))],
    );
    await batchWrite(client, tableName, { remove: [...messages, ...contents] });
    // What points to a message goes after it, so that a repeat still finds what a dying function left.
    await batchWrite(client, tableName, {
      remove: pointers.map(keyOf).map(toKey),
    });
  },
});

const messageRetentionDays = /* @__PURE__ */ variable('messageRetentionDays');

/** The messages of this stage. */
export const messages: MessageStore = /* @__PURE__ */ lazily(() =>
  messageStoreOn(dynamodb(), liveTableName(), {
    retentionDays: Number(messageRetentionDays()),
  }),
);

const messagePrefix = 'MESSAGE#';

const mostListed = 500;

/** Content that is about one contact alone is forgotten with the message. */
const ownContent = ({ task: { content } }: QueuedMessage): { readonly contentId?: string } =>
  'contentId' in content ? { contentId: content.contentId } : {};
