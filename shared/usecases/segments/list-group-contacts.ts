import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactRows } from '#domain/contacts/contact-search.ts';
import type { ContactDirectory, ContactStore, ListingPlaces } from '#domain/contacts/ports.ts';
import type { IdsPage } from '#domain/page.ts';
import type { SegmentMembers, SegmentStore } from '#domain/segments/ports.ts';
import { epochOf, type Segment } from '#domain/segments/segment.ts';
import { idsInOrder } from '../contacts/ids-in-order.ts';
import { pageOf } from '../contacts/search-contacts.ts';
import { readSegment } from './static-segment.ts';

export interface GroupContactsPorts extends Pick<Ambient, 'now'> {
  readonly segments: Pick<SegmentStore, 'findByIds'>;
  readonly segmentMembers: SegmentMembers;
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly contactDirectory: ContactDirectory;
  readonly listingPlaces: ListingPlaces;
}

/** Which part of a segment's contacts is asked for, and by whom. */
export interface GroupContactRows extends ContactRows {
  readonly segmentId: number;
  /** Tells one caller's listing from another's. */
  readonly caller: string;
}

/** Contacts of a segment, and how many are in it. */
export interface GroupContacts {
  readonly contacts: readonly Contact[];
  readonly total: number;
}

/**
 * The contacts of a segment, page by page (contract 4.12). By id, a page resumes where the page before it, of the same
 * caller, ended, so that contacts that join or leave in between move no other contact to another page.
 * @throws RollcallError NOT_FOUND.
 */
export const listGroupContacts = async (ports: GroupContactsPorts, rows: GroupContactRows): Promise<GroupContacts> => {
  const segment = await readSegment(ports.segments, rows.segmentId);
  const { ids, total } = rows.isByTime ? await idsByTime(ports, segment, rows) : await idsByOrder(ports, segment, rows);
  const read = ids.length > 0 ? (await ports.contacts.readContacts(ids, [])).contacts : [];
  const active = new Map(read.filter(({ state }) => state === 'active').map((contact) => [contact.id, contact]));
  return { contacts: ids.flatMap((id) => active.get(id) ?? []), total };
};

const idsByOrder = ({ segmentMembers, ...ports }: GroupContactsPorts, segment: Segment, rows: GroupContactRows) => {
  const epoch = epochOf(segment);
  const listing = [rows.caller, segment.id, segment.epoch, rows.isAscending ? 'up' : 'down'].join('.');
  const members = {
    count: () => segmentMembers.count(epoch),
    list: (page: IdsPage) => segmentMembers.list(epoch, page),
  };
  return idsInOrder(ports, listing, members, rows);
};

/** Ids that are walked through at a time. */
const idsAtOnce = 5_000;

/** By the time of the last update, which only the directory of all contacts knows without reading each. */
const idsByTime = async (ports: GroupContactsPorts, segment: Segment, rows: GroupContactRows) => {
  const members = new Set<number>();
  let cursor: string | undefined;
  do {
    const page = { limit: idsAtOnce, ...(cursor !== undefined && { cursor }) };
    const walked = await ports.segmentMembers.walk(epochOf(segment), page);
    for (const id of walked.items) members.add(id);
    cursor = walked.cursor;
  } while (cursor !== undefined);
  const found = await ports.contactDirectory.collect({}, ({ id }) => members.has(id));
  return { ids: pageOf(found, rows).map(({ id }) => id), total: found.length };
};
