import type { Contact } from '#domain/contacts/contact.ts';
import { hasIdentity, identityKey } from '#domain/contacts/identity.ts';
import { type MatchSource, matchDraft } from '#domain/contacts/match.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { draftNamedBy, type EventIdentifiers, identitiesNamedBy } from '#domain/events/event-subject.ts';

/**
 * Finds the contacts that events are about, one for each in order, `undefined` if it is unknown: by contact id, then by
 * externalCustomerId, e-mail, phone and push token (contract 3.2). A contact with another externalCustomerId than the
 * event names is another person. Two round trips however many there are; nothing is written.
 */
export const findSubjects = async (
  contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>,
  named: readonly EventIdentifiers[],
): Promise<(Contact | undefined)[]> => {
  const identities = new Map(named.flatMap(identitiesNamedBy).map((one) => [identityKey(one), one]));
  const claims = identities.size > 0 ? await contacts.readClaims([...identities.values()]) : [];
  const ownersOf = new Map(claims.map(({ identity, contactIds }) => [identityKey(identity), contactIds]));
  const ids = new Set([...named.flatMap(({ contactId }) => contactId ?? []), ...[...ownersOf.values()].flat()]);
  const read = ids.size > 0 ? (await contacts.readContacts([...ids], [])).contacts : [];
  const known = new Map(read.filter(({ state }) => state === 'active').map((contact) => [contact.id, contact]));

  const source: MatchSource = {
    contact: (id) => known.get(id),
    candidates: (identity) =>
      (ownersOf.get(identityKey(identity)) ?? []).flatMap((id) => {
        const owner = known.get(id);
        return owner && hasIdentity(owner, identity, new Set()) ? [owner] : [];
      }),
  };
  return named.map((identifiers) => {
    const byId = identifiers.contactId === undefined ? undefined : known.get(identifiers.contactId);
    if (byId) return byId;
    const match = matchDraft(source, draftNamedBy(identifiers), { dedupeOn: 'any_channel' });
    return match.kind === 'found' ? match.contact : undefined;
  });
};
