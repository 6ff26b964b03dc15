import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Contact } from '#domain/contact.ts';
import type { ContactReader, Membership, Page, PageRequest } from '#domain/ports.ts';
import { batchGet } from './batch-get.ts';
import { lazily } from './connect.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { fromItem, toKey } from './item.ts';
import { keys } from './keys.ts';
import { queryItems } from './query.ts';
import { patiently } from './retry.ts';

/** Ids looked at for one page of the list; a page that meets mostly gaps or erased contacts may end short. */
const idsPerPage = 2_000;
const idsPerRound = 100;

/** Contacts one by one with their segments, and newest first by walking down the ids, which needs no index. */
export const contactReaderOn = (client: DynamoDBClient, tableName: string): ContactReader => ({
  find: async (id) => {
    const items = await queryItems(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: keys.contactPartition(id) } },
    });
    const stored = items.find((item) => item.sk?.S === 'CONTACT');
    const contact = stored && fromItem<Contact>(stored);
    if (!contact || contact.state === 'erased') return undefined;
    const segmentIds = items
      .filter((item) => item !== stored)
      .map((item) => fromItem<Membership>(item).segmentId)
      .sort((one, other) => one - other);
    return { contact, segmentIds };
  },

  list: async (page) => listDownwards(client, tableName, page, await startOf(client, tableName, page)),
});

/** The contacts of this stage, to look at. */
export const contactReader: ContactReader = lazily(() => contactReaderOn(dynamodb(), liveTableName()));

/** Where a page begins: below its cursor, else at the last id that was leased. */
const startOf = async (client: DynamoDBClient, TableName: string, { cursor }: PageRequest): Promise<number> => {
  const cursorId = Number(cursor);
  if (cursor !== undefined && Number.isSafeInteger(cursorId)) return cursorId - 1;
  const { Item } = await patiently(() =>
    client.send(new GetItemCommand({ TableName, Key: toKey(keys.sequence('contact')), ConsistentRead: true })),
  );
  return Number(Item?.lastId?.N ?? 0);
};

const listDownwards = async (
  client: DynamoDBClient,
  tableName: string,
  { limit }: PageRequest,
  start: number,
): Promise<Page<Contact>> => {
  const items: Contact[] = [];
  let next = start;
  for (const last = Math.max(0, start - idsPerPage); next > last && items.length <= limit; ) {
    const ids = Array.from({ length: Math.min(idsPerRound, next) }, (_, index) => next - index);
    const found = await batchGet(client, tableName, ids.map(keys.contact), { isConsistent: false });
    const contacts = [...found.values()].map((item) => fromItem<Contact>(item));
    items.push(...contacts.filter(({ state }) => state !== 'erased').sort((one, other) => other.id - one.id));
    next -= ids.length;
  }
  if (items.length > limit) {
    const shown = items.slice(0, limit);
    return { items: shown, cursor: String(shown.at(-1)?.id) };
  }
  return next > 0 ? { items, cursor: String(next + 1) } : { items };
};
