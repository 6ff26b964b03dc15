import type { ContactStore } from '#domain/contacts/ports.ts';
import type { CountQueue } from '#domain/counts/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName } from '../clients/dynamodb-client.ts';
import { contactStore } from '../contacts/contact-store.ts';
import { countQueue } from './count-queue.ts';

/**
 * How long a function may take to insert a contact after it said that it would, in seconds: the contact is looked at then, and
 * once more a quarter of an hour later if it was not there.
 */
const insertingSeconds = 5;

/** Seconds after which every function that began before has ended: a function lives 900 s at most (an AWS limit). */
const settlingSeconds = 900;

/** Contacts whose creations are told to the queue that counts them, beside their insertion, as a caller waits for it. */
export const tellingCreations = (contacts: ContactStore, countQueue: CountQueue): ContactStore => ({
  ...contacts,
  insertContacts: async (inserted) => {
    const changed = inserted.filter(({ state }) => state !== 'erased').map(({ id }) => id);
    const [verdicts] = await Promise.all([
      contacts.insertContacts(inserted),
      changed.length > 0 && countQueue.send([{ changed }], insertingSeconds),
    ]);
    return verdicts;
  },
});

/**
 * Contacts that are told to the queue that counts them when they are deleted, restored or erased: at once, and before, for a
 * time at which the function has ended that may die in between.
 */
export const tellingStates = (contacts: ContactStore, countQueue: CountQueue): ContactStore => {
  const around = async <Result>(changed: readonly number[], write: () => Promise<Result>): Promise<Result> => {
    if (changed.length === 0) return write();
    await countQueue.send([{ changed }], settlingSeconds);
    const result = await write();
    await countQueue.send([{ changed }]);
    return result;
  };
  return {
    ...contacts,
    replaceContacts: (writes) => around(changedBy(writes), () => contacts.replaceContacts(writes)),
    transact: (writes) => around(changedBy(writes.contacts), () => contacts.transact(writes)),
  };
};

/** The contacts of this stage, for functions that create some, or delete and restore them. */
export const countedContacts: ContactStore = /* @__PURE__ */ lazily(() =>
  counted(contactStore(dynamodb(), tableName())),
);

/** The contacts of this stage, for the function that tells of those that it creates by itself. */
export const importedContacts: ContactStore = /* @__PURE__ */ lazily(() =>
  tellingStates(contactStore(dynamodb(), tableName()), countQueue),
);

/** Contacts whose creations, deletions and restorations are told to the queue of this stage. */
export const counted = (contacts: ContactStore): ContactStore =>
  tellingStates(tellingCreations(contacts, countQueue), countQueue);

const changedBy = (writes: Parameters<ContactStore['replaceContacts']>[0]): number[] =>
  writes.flatMap(({ contact, changesState }) => (changesState ? contact.id : []));
