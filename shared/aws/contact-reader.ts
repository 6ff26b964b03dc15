import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Contact } from '#domain/contact.ts';
import type { ContactReader, Membership } from '#domain/ports.ts';
import { batchGet } from './batch-get.ts';
import { lazily } from './connect.ts';
import { directoryList } from './contact-directory.ts';
import { dynamodb, tableName as liveTableName } from './dynamodb-client.ts';
import { fromItem, keyText, toKey } from './item.ts';
import { keys } from './keys.ts';
import { newestFirst } from './newest-first.ts';
import { itemsOfPartition } from './query.ts';

/** Contacts one by one with their segments, and newest first by the directory. */
export const contactReaderOn = (client: DynamoDBClient, tableName: string): ContactReader => {
  const itemsOf = (id: number) => itemsOfPartition(client, tableName, keys.contactPartition(id));

  return {
    find: async (id) => {
      const items = await itemsOf(id);
      const stored = items.find((item) => item.sk?.S === 'CONTACT');
      const contact = stored && fromItem<Contact>(stored);
      if (!contact || contact.state === 'erased') return undefined;
      const memberships = items.filter((item) => item !== stored).map((item) => fromItem<Membership>(item));
      return { contact, memberships };
    },

    membershipsOf: async (id) =>
      (await itemsOf(id)).filter((item) => item.sk?.S !== 'CONTACT').map((item) => fromItem<Membership>(item)),

    list: async ({ source }, page) => {
      const { items: entries, cursor } = await newestFirst<Pick<Contact, 'id' | 'source'>>(
        client,
        tableName,
        { ...directoryList, ...(source !== undefined && { entriesPerRound: 1_000 }) },
        page,
        (entry) => source === undefined || entry.source === source,
      );
      const wanted = entries.map(({ id }) => keys.contact(id));
      const found = await batchGet(client, tableName, wanted, { isConsistent: false });
      const items = wanted.flatMap((key): Contact[] => {
        const item = found.get(keyText(toKey(key)));
        const contact = item && fromItem<Contact>(item);
        return contact && contact.state !== 'erased' ? [contact] : [];
      });
      return { items, ...(cursor !== undefined && { cursor }) };
    },
  };
};

/** The contacts of this stage, to look at. */
export const contactReader: ContactReader = lazily(() => contactReaderOn(dynamodb(), liveTableName()));
