import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactLine, ContactReader } from '#domain/contacts/ports.ts';
import type { Membership } from '#domain/segments/ports.ts';
import { table } from '#names/table.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { batchGet } from '../table/batch-get.ts';
import { fromItem, keyText, toKey } from '../table/item.ts';
import { indexKeys, keys } from '../table/keys.ts';
import { newestFirst } from '../table/newest-first.ts';
import { itemsOfPartition } from '../table/query.ts';
import { directoryList } from './contact-directory.ts';

const { directory } = table;

/** Contacts one by one with their segments, and all of them by the directory. */
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

    walk: async ({ limit, isAscending, after }, isWanted) => {
      const { items: lines, cursor } = await newestFirst<StoredLine>(
        client,
        tableName,
        { ...directoryList, isAscending, ...(isWanted && { entriesPerRound: 1_000 }) },
        { limit, ...(after !== undefined && { cursor: indexKeys.inDirectory(after) }) },
        (line) => isWanted?.(lineOf(line)) ?? true,
      );
      const wanted = lines.map(({ id }) => keys.contact(id));
      const found = await batchGet(client, tableName, wanted, { isConsistent: false });
      const contacts = wanted.flatMap((key): Contact[] => {
        const item = found.get(keyText(toKey(key)));
        const contact = item && fromItem<Contact>(item);
        return contact && contact.state !== 'erased' ? [contact] : [];
      });
      return { contacts, ...(cursor !== undefined && { last: Number(cursor) }) };
    },
  };
};

/** The contacts of this stage, to look at. */
export const contactReader: ContactReader = /* @__PURE__ */ lazily(() => contactReaderOn(dynamodb(), liveTableName()));

type StoredLine = Omit<ContactLine, 'names'> & Partial<Record<(typeof directory)['firstName' | 'lastName'], string>>;

const lineOf = (line: StoredLine): ContactLine => ({
  id: line.id,
  source: line.source,
  state: line.state,
  updatedAt: line.updatedAt,
  names: { firstName: line[directory.firstName] ?? '', lastName: line[directory.lastName] ?? '' },
});
