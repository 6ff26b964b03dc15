import type { DynamoDBClient, PutItemCommandInput, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Contact } from '#domain/contacts/contact.ts';
import type { Claim } from '#domain/contacts/identity.ts';
import type { ClaimWrite, ContactStore, ContactWrite } from '#domain/contacts/ports.ts';
import type { Membership } from '#domain/segments/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { batchGet } from '../table/batch-get.ts';
import { batchInsert } from '../table/batch-insert.ts';
import { batchWrite } from '../table/batch-write.ts';
import { conditionalWrite, type Obstacle } from '../table/conditional-write.ts';
import { fromItem, type Item, type Key, toItem, toKey } from '../table/item.ts';
import { indexKeys, keys } from '../table/keys.ts';
import { queryItems } from '../table/query.ts';
import { leaseFrom } from '../table/sequence.ts';
import { transactWrite } from '../table/transaction.ts';

/** Contacts, claims and memberships in the table: batches for what is many, conditions for what may be contested. */
export const contactStore = (client: DynamoDBClient, tableName: string): ContactStore => ({
  leaseIds: (count) => leaseFrom(client, tableName, 'contact', count),

  readClaims: async (identities) => {
    const found = await batchGet(client, tableName, identities.map(keys.identity));
    return identities.map((identity) => {
      const item = itemAt(found, keys.identity(identity));
      return item ? { ...fromItem<Omit<Claim, 'identity'>>(item), identity } : { identity, contactIds: [] };
    });
  },

  readContacts: async (ids, memberships) => {
    const found = await batchGet(client, tableName, [...ids.map(keys.contact), ...memberships.map(keys.membership)]);
    const read = [...found.values()];
    return {
      contacts: read.filter(isContact).map((item) => fromItem<Contact>(item)),
      memberships: read.filter((item) => !isContact(item)).map((item) => fromItem<Membership>(item)),
    };
  },

  writeClaims: async (writes) => {
    const inserts = writes.filter(isNewClaim);
    const others = writes.filter((write) => !isNewClaim(write));
    const [inserted, written] = await Promise.all([
      batchInsert(client, tableName, inserts.map(claimItem), isSameClaim),
      inParallel(others, (write) => writeClaim(client, tableName, write)),
    ]);
    const verdicts = new Map([
      ...inserts.map((write, index) => [write, inserted[index] === true] as const),
      ...others.map((write, index) => [write, written[index] === true] as const),
    ]);
    return writes.map((write) => verdicts.get(write) === true);
  },

  insertContacts: (contacts) => batchInsert(client, tableName, contacts.map(contactItem), isSameContact),

  replaceContacts: (writes) =>
    inParallel(writes, (write) =>
      conditionalWrite(client, { put: contactPut(tableName, write) }, ({ existing }) =>
        Boolean(existing && isSameContact(existing, contactItem(write.contact))),
      ),
    ),

  transact: ({ contacts, claims }) =>
    transactWrite(client, [
      ...contacts.map((write): TransactWriteItem => ({ Put: contactPut(tableName, write) })),
      ...claims.map((write) => claimChange(tableName, write)),
    ]),

  readMemberships: async (contactIds) => {
    const found = await inParallel(contactIds, (id) =>
      queryItems(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': { S: keys.contactPartition(id) }, ':sk': { S: keys.membershipPrefix } },
      }),
    );
    return found.flat().map((item) => fromItem<Membership>(item));
  },

  changeMemberships: ({ add, remove }) =>
    batchWrite(client, tableName, {
      put: add.map((one) => toItem({ ...keys.membership(one), ...indexKeys.membership(one) }, one)),
      remove: remove.map((one) => toKey(keys.membership(one))),
    }),
});

/** The contacts of this stage. */
export const contacts: ContactStore = /* @__PURE__ */ lazily(() => contactStore(dynamodb(), liveTableName()));

const contactItem = (contact: Contact): Item =>
  toItem({ ...keys.contact(contact.id), ...indexKeys.contact(contact) }, contact);

const claimItem = ({ identity, contactIds, stamp }: ClaimWrite): Item =>
  toItem(keys.identity(identity), { contactIds, stamp });

const isContact = (item: Item): boolean => item.sk?.S === 'CONTACT';

const itemAt = (items: ReadonlyMap<string, Item>, { pk, sk }: Key): Item | undefined => items.get(`${pk} ${sk}`);

const isNewClaim = ({ contactIds, expectedStamp }: ClaimWrite): boolean =>
  expectedStamp === undefined && contactIds.length > 0;

/** Stamps are never repeated, so a claim with ours is ours. */
const isSameClaim = (stored: Item, { stamp }: Item): boolean => stored.stamp?.S === stamp?.S;

/** The same version by the same request at the same time: written by us, and not changed since. */
const isSameContact = (stored: Item, item: Item): boolean =>
  stored.version?.N === item.version?.N &&
  stored.createdBy?.S === item.createdBy?.S &&
  stored.updatedBy?.S === item.updatedBy?.S &&
  stored.updatedAt?.S === item.updatedAt?.S;

const writeClaim = (client: DynamoDBClient, tableName: string, write: ClaimWrite): Promise<boolean> => {
  const change = claimChange(tableName, write);
  return 'Put' in change
    ? conditionalWrite(client, { put: change.Put }, ({ existing }) =>
        Boolean(existing && isSameClaim(existing, claimItem(write))),
      )
    : conditionalWrite(client, { remove: change.Delete }, isAlreadyRemoved);
};

/** A removal leaves nothing to recognise it by; a repeated one that meets nothing has done its work. */
const isAlreadyRemoved = ({ existing, isRepeat }: Obstacle): boolean => existing === undefined && isRepeat;

const claimChange = (TableName: string, write: ClaimWrite) => {
  const condition =
    write.expectedStamp === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'stamp = :expected',
          ExpressionAttributeValues: { ':expected': { S: write.expectedStamp } },
        };
  return write.contactIds.length > 0
    ? { Put: { TableName, Item: claimItem(write), ...condition } }
    : { Delete: { TableName, Key: toKey(keys.identity(write.identity)), ...condition } };
};

/** The write of a contact as part of a request. */
export const contactPut = (
  TableName: string,
  { contact, expectedVersion }: ContactWrite,
): PutItemCommandInput & { TableName: string } => ({
  TableName,
  Item: contactItem(contact),
  ...(expectedVersion === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':expected': { N: String(expectedVersion) } },
      }),
});
