import type { Contact } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import type { Trail } from '../trail.ts';
import type { StoredItems } from './stored-items.ts';

/** Nobody is two contacts, claims and contacts agree, and memberships are those of contacts in segments. */
export const checkPeople = ({ claims, contacts, memberships, segments }: StoredItems, trail: Trail): void => {
  for (const breach of findBreaches({ claims, contacts })) {
    trail.violate('claims and contacts agree', JSON.stringify(breach));
  }
  const living = contacts.filter(({ state }) => state !== 'erased');
  for (const name of ['email', 'externalCustomerId'] as const) {
    const owners = Map.groupBy(living, (contact: Contact) => contact[name]);
    for (const [value, sharing] of owners) {
      if (value === undefined || sharing.length === 1) continue;
      const ids = sharing.map(({ id, state, source }) => `${id} (${state}, ${source})`);
      trail.violate('nobody is two contacts', `${value} is of ${ids.join(' and ')}`);
    }
  }
  const states = new Map(contacts.map(({ id, state }) => [id, state]));
  for (const { contactId, segmentId, isHidden } of memberships) {
    const state = states.get(contactId);
    const what = `contact ${contactId}, ${state ?? 'who is not there'}, in segment ${segmentId}`;
    if (!segments.has(segmentId)) trail.violate('a membership is in a segment', what);
    if (state === undefined || state === 'erased') trail.violate('a membership is of a contact', what);
    if (state === 'deleted' && !isHidden) trail.violate('nobody deleted is in a segment', what);
  }
};
