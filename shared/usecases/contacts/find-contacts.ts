import type { Contact } from '#domain/contacts/contact.ts';
import {
  type ContactFilter,
  isWanted,
  looksBehindLines,
  mayBeWanted,
  type Typed,
} from '#domain/contacts/contact-filter.ts';
import { hasIdentity } from '#domain/contacts/identity.ts';
import type { ContactReader, ContactStore, ContactWalk } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import type { IdsPage } from '#domain/page.ts';
import type { SegmentMembers, SegmentStore } from '#domain/segments/ports.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';

export interface FindContactsPorts {
  readonly contactReader: Pick<ContactReader, 'walk'>;
  readonly contacts: Pick<ContactStore, 'readClaims' | 'readContacts'>;
  readonly segments: Pick<SegmentStore, 'findByIds'>;
  readonly segmentMembers: Pick<SegmentMembers, 'list'>;
  readonly suppressions: Pick<SuppressionStore, 'find'>;
}

/** A contact and why its address gets no bulk mail, where that is so. */
export interface FoundContact {
  readonly contact: Contact;
  readonly suppression: Suppression | undefined;
}

/** A page of found contacts. It may be short and yet not the last: only that has no `last`. */
export interface FoundPage {
  readonly found: readonly FoundContact[];
  readonly last?: number;
}

/** Contacts that are read at most for one page; where few of them are wanted the page is short. */
const mostRead = 1_000;

/** Contacts that are read at once where few of them may be wanted. */
const readAtOnce = 250;

/**
 * Contacts that a filter wants, by id. Anyone who was typed by an identity or an id is found at once, and names by how they
 * begin; the directory tells most of the rest without reading a contact.
 * @throws RollcallError NOT_FOUND for a segment that is not there.
 */
export const findContacts = async (
  ports: FindContactsPorts,
  filter: ContactFilter,
  page: IdsPage,
): Promise<FoundPage> => {
  const { typed } = filter;
  const exact = typed && page.after === undefined ? await exactly(ports, typed) : [];
  if (exact.length > 0 || (typed && typed.words.length === 0)) return { found: await wanted(ports, exact, filter) };
  const walk =
    filter.segmentId === undefined ? walkAll(ports, filter) : await walkSegment(ports, filter.segmentId, filter);
  const found: FoundContact[] = [];
  let { after } = page;
  for (let read = 0; read < mostRead && found.length < page.limit; ) {
    const missing = page.limit - found.length;
    const limit = looksBehindLines(filter) || filter.segmentId !== undefined ? Math.max(missing, readAtOnce) : missing;
    const met = await walk({ ...page, limit, ...(after !== undefined && { after }) });
    const more = await wanted(ports, met.contacts, filter);
    found.push(...more.slice(0, missing));
    if (more.length > missing) return withPlace(found, found.at(-1)?.contact.id);
    after = met.last;
    if (after === undefined) return { found };
    read += limit;
  }
  return withPlace(found, after);
};

const withPlace = (found: readonly FoundContact[], last: number | undefined): FoundPage => ({
  found,
  ...(last !== undefined && { last }),
});

type Walk = (page: IdsPage) => Promise<ContactWalk>;

const walkAll =
  ({ contactReader }: FindContactsPorts, filter: ContactFilter): Walk =>
  (page) =>
    contactReader.walk(page, isNarrow(filter) ? (line) => mayBeWanted(line, filter) : undefined);

const isNarrow = ({ source, standing, updated, typed }: ContactFilter): boolean =>
  [source, standing, updated.from, updated.to, typed].some((one) => one !== undefined);

const walkSegment = async (ports: FindContactsPorts, segmentId: number, filter: ContactFilter): Promise<Walk> => {
  const [segment] = await ports.segments.findByIds([segmentId]);
  if (!segment) throw new RollcallError('NOT_FOUND', `Group with id='${segmentId}' not found`);
  return async (page) => {
    const ids = await ports.segmentMembers.list({ segmentId, epoch: segment.epoch }, page);
    const last = ids.length < page.limit ? undefined : ids.at(-1);
    const contacts = (await inOrder(ports, ids)).filter((contact) => mayBeWanted(lineOf(contact), filter));
    return { contacts, ...(last !== undefined && { last }) };
  };
};

const lineOf = ({ firstName = '', lastName = '', ...contact }: Contact) => ({
  ...contact,
  names: { firstName: firstName.toLowerCase(), lastName: lastName.toLowerCase() },
});

const inOrder = async ({ contacts }: FindContactsPorts, ids: readonly number[]): Promise<Contact[]> => {
  if (ids.length === 0) return [];
  const read = (await contacts.readContacts(ids, [])).contacts;
  const byId = new Map(read.map((contact) => [contact.id, contact]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

/** Anyone who has the id or one of the identities that were typed, the newest first. */
const exactly = async (ports: FindContactsPorts, { id, identities }: Typed): Promise<Contact[]> => {
  const claims = identities.length > 0 ? await ports.contacts.readClaims(identities) : [];
  const ids = new Set([...(id === undefined ? [] : [id]), ...claims.flatMap(({ contactIds }) => contactIds)]);
  const owners = await inOrder(
    ports,
    [...ids].sort((one, other) => other - one),
  );
  return owners.filter(
    (owner) =>
      owner.state !== 'erased' && (owner.id === id || identities.some((one) => hasIdentity(owner, one, new Set()))),
  );
};

const wanted = async (
  { suppressions }: FindContactsPorts,
  contacts: readonly Contact[],
  filter: ContactFilter,
): Promise<FoundContact[]> => {
  const emails = [...new Set(contacts.flatMap(({ email }) => email ?? []))];
  const suppressed = emails.length > 0 ? await suppressions.find(emails) : [];
  const byEmail = new Map(suppressed.map((one) => [one.address, one]));
  return contacts
    .map((contact) => ({ contact, suppression: byEmail.get(contact.email ?? '') }))
    .filter(({ contact, suppression }) => isWanted(contact, suppression, filter));
};
