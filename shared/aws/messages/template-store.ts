import { type DynamoDBClient, GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { MessageContent } from '#domain/messages/message.ts';
import { summaryOf, type TemplateHead, type TemplateStore } from '#domain/messages/message-template.ts';
import { table } from '#names/table.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { withRetry } from '../clients/retry.ts';
import { batchGet } from '../table/batch-get.ts';
import { expiryOf, fromItem, type Item, type Key, toItem, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { newestFirst } from '../table/newest-first.ts';
import { leaseFrom } from '../table/sequence.ts';
import { transactWrite } from '../table/transaction.ts';

/**
 * Stored messages: one item each in a partition that lists them, and one for each version of what they say. A version
 * that is not sent any more expires once the messages have that were accepted with it.
 */
export const templateStoreOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays, now = Date.now }: { readonly retentionDays: number; readonly now?: () => number },
): TemplateStore => {
  const read = async (key: Key): Promise<Item | undefined> => {
    const get = new GetItemCommand({ TableName: tableName, Key: toKey(key), ConsistentRead: true });
    return (await withRetry(() => client.send(get))).Item;
  };
  const isAsRead = ({ version }: TemplateHead) => ({
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: toValues({ ':version': version }),
  });
  const expire = ({ id, version }: TemplateHead): TransactWriteItem => ({
    Update: {
      TableName: tableName,
      Key: toKey(keys.templateVersion({ templateId: id, version })),
      UpdateExpression: 'SET #ttl = :ttl',
      ExpressionAttributeNames: { '#ttl': table.timeToLive },
      ExpressionAttributeValues: toValues({ ':ttl': expiryOf(new Date(now()).toISOString(), retentionDays) }),
    },
  });
  const keep = ({ id, version }: TemplateHead, content: MessageContent): TransactWriteItem => ({
    Put: { TableName: tableName, Item: toItem(keys.templateVersion({ templateId: id, version }), content) },
  });

  return {
    list: (page) =>
      newestFirst<TemplateHead>(
        client,
        tableName,
        {
          partitionKey: table.partitionKey,
          sortKey: table.sortKey,
          partitions: [keys.templatePartition],
          isAscending: true,
        },
        page,
      ),

    find: async (id) => {
      const item = await read(keys.template(id));
      if (!item) return undefined;
      const head = fromItem<TemplateHead>(item);
      const content = await read(keys.templateVersion({ templateId: id, version: head.version }));
      return content && { ...head, content: fromItem<MessageContent>(content) };
    },

    heads: async (ids) => {
      const items = await batchGet(client, tableName, ids.map(keys.template));
      return [...items.values()].map((item) => fromItem<TemplateHead>(item));
    },

    create: async ({ content, createdAt, ...named }) => {
      const [id = 0] = await leaseFrom(client, tableName, 'template', 1);
      const head: TemplateHead = {
        ...named,
        id,
        channel: content.channel,
        summary: summaryOf(content),
        version: 1,
        createdAt,
        updatedAt: createdAt,
      };
      await transactWrite(client, [
        { Put: { TableName: tableName, Item: toItem(keys.template(id), head) } },
        keep(head, content),
      ]);
      return { ...head, content };
    },

    replace: ({ content: _, ...template }, { content, ...next }) => {
      const head: TemplateHead = {
        ...template,
        ...next,
        channel: content.channel,
        summary: summaryOf(content),
        version: template.version + 1,
      };
      return transactWrite(client, [
        { Put: { TableName: tableName, Item: toItem(keys.template(head.id), head), ...isAsRead(template) } },
        keep(head, content),
        expire(template),
      ]);
    },

    remove: (template) =>
      transactWrite(client, [
        { Delete: { TableName: tableName, Key: toKey(keys.template(template.id)), ...isAsRead(template) } },
        expire(template),
      ]),
  };
};

const messageRetentionDays = /* @__PURE__ */ variable('messageRetentionDays');

/** The stored messages of this stage. */
export const templates: TemplateStore = /* @__PURE__ */ lazily(() =>
  templateStoreOn(dynamodb(), liveTableName(), {
    retentionDays: Number(messageRetentionDays()),
  }),
);
