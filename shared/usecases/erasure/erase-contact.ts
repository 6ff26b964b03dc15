import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import { identitiesOf } from '#domain/contacts/identity.ts';
import type { ContactReader, ContactStore } from '#domain/contacts/ports.ts';
import type { Change, SaveView, WriteRule } from '#domain/contacts/working-state.ts';
import { type Erasure, erasedContact } from '#domain/erasure/erasure.ts';
import type { ErasureQueue } from '#domain/erasure/ports.ts';
import { identifyingFieldsOf } from '#domain/fields/custom-field.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { Proposals } from '#domain/subscriptions/ports.ts';
import { noteOfErasure, type UnfinishedNotes } from '#domain/unfinished.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import { commitChanges } from '../contacts/commit-changes.ts';
import { type ContactName, readNamedContact, unknownContact } from '../contacts/named-contact.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { settlingSeconds } from './settling.ts';

export interface ErasePorts extends Ambient {
  readonly contacts: ContactStore;
  readonly contactReader: Pick<ContactReader, 'membershipsOf'>;
  readonly fields: Pick<FieldStore, 'list'>;
  readonly erasureQueue: ErasureQueue;
  readonly proposals: Pick<Proposals, 'forget'>;
  readonly unfinished: Pick<UnfinishedNotes, 'note'>;
}

/**
 * Erases a contact for good, a deleted one too: in one transaction its profile becomes a tombstone and every claim of its
 * identities loses it, then its memberships go and its traces are handed to a queue (contract 4.7). The traces are
 * promised before anything is written, so that they are wiped even if this function does not live to ask for it. Returns
 * the contact's id.
 * @throws RollcallError NOT_FOUND if there is no such contact, or it is erased already.
 */
export const eraseContact = async (ports: ErasePorts, name: ContactName): Promise<number> => {
  const token = ports.newId();
  const erasure = await retryOnConflict(ports, () => eraseProfile(ports, name, token));
  await Promise.all([
    removeMemberships(ports, erasure.contactId),
    ports.proposals.forget(erasure.contactId),
    ports.erasureQueue.send([{ erasures: [erasure] }]),
  ]);
  return erasure.contactId;
};

/** Takes a contact out of all its segments. */
export const removeMemberships = async (
  {
    contacts,
    contactReader,
  }: Pick<ErasePorts, 'contactReader'> & { contacts: Pick<ContactStore, 'changeMemberships'> },
  contactId: number,
): Promise<void> => {
  const remove = await contactReader.membershipsOf(contactId);
  if (remove.length > 0) await contacts.changeMemberships({ add: [], remove });
};

const eraseProfile = async (ports: ErasePorts, name: ContactName, token: string): Promise<Erasure | undefined> => {
  const [contact, fields] = await Promise.all([readNamedContact(ports.contacts, name), ports.fields.list()]);
  if (!contact) throw unknownContact(name);
  const definitions = new Map(fields.map((field) => [field.id, field]));
  const identities = identitiesOf(contact, identifyingFieldsOf(definitions));
  const erasure = { contactId: contact.id, fingerprints: identities.map(fingerprint), promisedAt: ports.now() };
  await ports.unfinished.note(noteOfErasure(erasure));
  await ports.erasureQueue.send([{ erasures: [erasure] }], settlingSeconds);

  const rule: WriteRule = { token, now: ports.now(), source: contact.source, definitions, joins: [], leaves: [] };
  const change = erasureOf(contact, rule);
  const noteCreations = async () => {};
  const refused = await commitChanges({ contacts: ports.contacts, noteCreations }, [change], nothingRead, rule);
  return refused.has(change) ? undefined : erasure;
};

const erasureOf = (contact: Contact, rule: WriteRule): Change => ({
  base: contact,
  contact: erasedContact(contact, rule),
  join: [],
  leave: [],
  after: [],
});

/** The claims that a contact loses are read as it is committed. */
const nothingRead: SaveView = { claims: new Map(), contacts: new Map(), memberships: new Map() };
