import type { ContactStore } from '#domain/contacts/ports.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { epochOf, type Segment } from '#domain/segments/segment.ts';
import { changeMemberships, followEmptied, type MembershipPorts, removeLeft } from './change-memberships.ts';
import { readStaticSegment } from './static-segment.ts';

export interface AttachPorts extends MembershipPorts {
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts' | 'changeMemberships'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
  newId(): string;
}

/** Contacts as one request names them: all by our ids, or all by the caller's own. */
export type ContactNames =
  | { readonly contactIds: readonly number[] }
  | { readonly externalCustomerIds: readonly string[] };

/** What a request came to. Names of unknown contacts change nothing, and who left a subscription category stays out of it. */
export interface Attached {
  readonly segmentId: number;
  /** How many contacts joined or left; the others already had. */
  readonly changed: number;
  readonly unknown: number;
  /** Those of the unknown names that are ids of ours. */
  readonly unknownIds: readonly number[];
}

/**
 * Puts contacts into a segment (contract 4.12).
 * @throws RollcallError NOT_FOUND for the segment, or INVALID_REQUEST if it is not static.
 */
export const attachContacts = async (ports: AttachPorts, segmentId: number, names: ContactNames): Promise<Attached> => {
  const segment = await readStaticSegment(ports.segments, segmentId);
  const token = ports.newId();
  const { contactIds, members, ...unknown } = await readNamed(ports, segment, names);
  const joining = contactIds.filter((id) => !members.has(id));
  await removeLeft(ports.contacts, membershipChangesOf([...members], segment));
  const joined = await changeMemberships(ports, { add: membershipChangesOf(joining, segment), remove: [] }, token);
  await followEmptied(ports, membershipChangesOf(contactIds, segment), token);
  return { segmentId, changed: joined.length, ...unknown };
};

/**
 * Takes contacts out of a segment (contract 4.12); the contacts stay.
 * @throws RollcallError NOT_FOUND for the segment, or INVALID_REQUEST if it is not static.
 */
export const detachContacts = async (ports: AttachPorts, segmentId: number, names: ContactNames): Promise<Attached> => {
  const segment = await readStaticSegment(ports.segments, segmentId);
  const { contactIds, members, ...unknown } = await readNamed(ports, segment, names);
  const leaving = contactIds.filter((id) => members.has(id));
  await changeMemberships(ports, { add: [], remove: membershipChangesOf(leaving, segment) }, ports.newId());
  return { segmentId, changed: leaving.length, ...unknown };
};

const membershipChangesOf = (contactIds: readonly number[], segment: Segment) =>
  contactIds.map((contactId) => ({ contactId, segment }));

/** Those of the named contacts that are neither deleted nor erased, and which of them are in the segment. */
const readNamed = async ({ contacts }: AttachPorts, segment: Segment, names: ContactNames) => {
  const asked = 'contactIds' in names ? names.contactIds.map((id) => ({ id })) : await owners(contacts, names);
  const ids = [...new Set(asked.flatMap(({ id }) => id ?? []))];
  const memberships = ids.map((contactId) => ({ contactId, ...epochOf(segment) }));
  const read = ids.length > 0 ? await contacts.readContacts(ids, memberships) : { contacts: [], memberships: [] };
  const active = new Map(read.contacts.filter(({ state }) => state === 'active').map((one) => [one.id, one]));
  const isKnown = ({ id, externalCustomerId }: Named) => {
    const contact = id === undefined ? undefined : active.get(id);
    return contact && (externalCustomerId === undefined || contact.externalCustomerId === externalCustomerId);
  };
  const unknown = asked.filter((one) => !isKnown(one));
  return {
    contactIds: [...new Set(asked.filter(isKnown).flatMap(({ id }) => id ?? []))],
    members: new Set(read.memberships.map(({ contactId }) => contactId)),
    unknown: unknown.length,
    unknownIds: 'contactIds' in names ? unknown.flatMap(({ id }) => id ?? []) : [],
  };
};

interface Named {
  readonly id?: number | undefined;
  readonly externalCustomerId?: string;
}

const owners = async (
  contacts: Pick<ContactStore, 'readClaims'>,
  { externalCustomerIds }: { readonly externalCustomerIds: readonly string[] },
): Promise<Named[]> => {
  const values = [...new Set(externalCustomerIds)];
  const claims = await contacts.readClaims(values.map((value) => ({ type: 'EXT', value })));
  return values.map((externalCustomerId, index) => ({ id: claims[index]?.contactIds[0], externalCustomerId }));
};
