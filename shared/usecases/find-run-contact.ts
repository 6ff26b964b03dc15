import type { Contact } from '#domain/contact.ts';
import { hasIdentity, type Identity } from '#domain/identity.ts';
import type { MessageParams } from '#domain/message.ts';
import type { ContactStore } from '#domain/ports.ts';
import type { WorkflowRun } from '#domain/workflow-run.ts';

/** Who an event says that it is about, normalised as contacts are (contract 4.16). */
export interface EventIdentifiers {
  readonly contactId?: number;
  readonly externalCustomerId?: string;
  readonly email?: string;
  readonly sms?: string;
}

export interface FindRunContactPorts {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  /** What of an event's parameters tells whom it is about. */
  readonly identifiersOf: (params: MessageParams) => EventIdentifiers;
}

/** Whom a run is about: somebody, nobody that is known, or somebody who was erased since. */
export type RunContact = { readonly contact: Contact } | 'nobody' | 'erased';

/**
 * The contact of a run: the one that it has met, else whoever its event names by contact id, externalCustomerId, e-mail
 * or phone, in this order (contract 3.2); of several with one address the one that was updated last. A deleted contact
 * is nobody.
 */
export const findRunContact = async (ports: FindRunContactPorts, run: WorkflowRun): Promise<RunContact> => {
  const named = ports.identifiersOf(run.event.params);
  const contactId = run.contactId ?? named.contactId;
  if (contactId !== undefined) {
    const [contact] = (await ports.contacts.readContacts([contactId], [])).contacts;
    if (contact?.state === 'active') return { contact };
    if (run.contactId !== undefined) return contact?.state === 'erased' ? 'erased' : 'nobody';
  }
  return byIdentities(ports, identitiesOf(named));
};

const identitiesOf = ({ externalCustomerId, email, sms }: EventIdentifiers): Identity[] => [
  ...(externalCustomerId !== undefined ? [{ type: 'EXT', value: externalCustomerId } as const] : []),
  ...(email !== undefined ? [{ type: 'EMAIL', value: email } as const] : []),
  ...(sms !== undefined ? [{ type: 'SMS', value: sms } as const] : []),
];

const byIdentities = async (
  { contacts }: FindRunContactPorts,
  identities: readonly Identity[],
): Promise<RunContact> => {
  const claims = identities.length > 0 ? await contacts.readClaims(identities) : [];
  const ids = [...new Set(claims.flatMap(({ contactIds }) => contactIds))];
  const owners = ids.length > 0 ? (await contacts.readContacts(ids, [])).contacts : [];
  for (const identity of identities) {
    const [contact] = owners
      .filter((owner) => owner.state === 'active' && hasIdentity(owner, identity, new Set()))
      .toSorted((one, other) => (one.updatedAt > other.updatedAt ? -1 : 1));
    if (contact) return { contact };
  }
  return 'nobody';
};
