import type { ContactStore } from '#domain/contacts/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName } from '../clients/dynamodb-client.ts';
import { counted } from '../counts/counted-contacts.ts';
import { contactStore } from './contact-store.ts';

/** Ids leased at a time; those that a function instance leaves unused are never handed out. */
const idsPerLease = 20;

/**
 * Contacts with a few ids in store, leased beside the first read of a function that has none left: a single contact is
 * created without waiting for an id.
 */
export const withIdPool = (contacts: ContactStore): ContactStore => {
  const pool: number[] = [];
  const fill = async (count: number) => {
    while (pool.length < count) pool.push(...(await contacts.leaseIds(Math.max(count, idsPerLease))));
  };
  return {
    ...contacts,
    leaseIds: async (count) => {
      await fill(count);
      return pool.splice(0, count);
    },
    readClaims: async (identities) => {
      const [claims] = await Promise.all([contacts.readClaims(identities), fill(1)]);
      return claims;
    },
  };
};

/** The contacts of this stage, for requests that create one contact at most. */
export const singleContacts: ContactStore = /* @__PURE__ */ lazily(() =>
  withIdPool(counted(contactStore(dynamodb(), tableName()))),
);
