import type { Contact } from '#domain/contact.ts';
import type { ContactRows } from '#domain/contact-search.ts';
import type {
  Ambient,
  ContactDirectory,
  ContactStore,
  ListingPlaces,
  SegmentMembers,
  SegmentStore,
} from '#domain/ports.ts';
import { epochOf, type Segment } from '#domain/segment.ts';
import { pageOf } from './search-contacts.ts';
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
 * The contacts of a segment, page by page (contract 4.12). By id, the page that follows one of the same caller's goes on
 * where that one ended, so that whoever joins or leaves in between moves nobody onto another page.
 * @throws RollcallError NOT_FOUND.
 */
export const listGroupContacts = async (ports: GroupContactsPorts, rows: GroupContactRows): Promise<GroupContacts> => {
  const segment = await readSegment(ports.segments, rows.segmentId);
  const { ids, total } = rows.isByTime ? await idsByTime(ports, segment, rows) : await idsInOrder(ports, segment, rows);
  const read = ids.length > 0 ? (await ports.contacts.readContacts(ids, [])).contacts : [];
  const active = new Map(read.filter(({ state }) => state === 'active').map((contact) => [contact.id, contact]));
  return { contacts: ids.flatMap((id) => active.get(id) ?? []), total };
};

/** How long the pages of a listing go by one count. */
const countMilliseconds = 60_000;

const idsInOrder = async (ports: GroupContactsPorts, segment: Segment, rows: GroupContactRows) => {
  const { isAscending, skip, take } = rows;
  const epoch = epochOf(segment);
  const listing = [rows.caller, segment.id, segment.epoch, isAscending ? 'up' : 'down'].join('.');
  const place = skip > 0 ? await ports.listingPlaces.find(listing, skip) : undefined;
  const isCounted = place && Date.parse(ports.now()) - Date.parse(place.countedAt) < countMilliseconds;
  const [total, ids] = await Promise.all([
    isCounted ? place.total : ports.segmentMembers.count(epoch),
    place
      ? ports.segmentMembers.list(epoch, { limit: take, after: place.after, isAscending })
      : idsAfter(ports.segmentMembers, segment, rows),
  ]);
  const last = ids.at(-1);
  if (last !== undefined && ids.length === take) {
    const countedAt = isCounted ? place.countedAt : ports.now();
    await ports.listingPlaces.note(listing, skip + take, { after: last, total, countedAt });
  }
  return { ids, total };
};

/** Ids that are passed over at a time. */
const idsAtOnce = 5_000;

const idsAfter = async (
  members: SegmentMembers,
  segment: Segment,
  { skip, take, isAscending }: GroupContactRows,
): Promise<number[]> => {
  let after: number | undefined;
  for (let left = skip; left > 0; ) {
    const limit = Math.min(left, idsAtOnce);
    const page = { limit, isAscending, ...(after !== undefined && { after }) };
    const passed = await members.list(epochOf(segment), page);
    if (passed.length < limit) return [];
    after = passed.at(-1);
    left -= passed.length;
  }
  return members.list(epochOf(segment), { limit: take, isAscending, ...(after !== undefined && { after }) });
};

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
  const found = await ports.contactDirectory.collect(({ id, state }) => state === 'active' && members.has(id));
  return { ids: pageOf(found, rows).map(({ id }) => id), total: found.length };
};
