import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactReader } from '#domain/contacts/ports.ts';
import type { Membership } from '#domain/segments/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { batchGet } from '../table/batch-get.ts';
import { fromItem, keyText, toKey } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { newestFirst } from '../table/newest-first.ts';
import { itemsOfPartition } from '../table/query.ts';
import { directoryList } from './contact-directory.ts';

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
