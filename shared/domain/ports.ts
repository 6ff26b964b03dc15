import type { ApiKey } from './api-key.ts';
import type { Contact, ContactSource } from './contact.ts';
import type { CustomField } from './custom-field.ts';
import type { DirectoryEntry, NamePrefixes } from './directory-entry.ts';
import type { ErasureWork } from './erasure.ts';
import type { ContactEvent, LoggedEvent } from './event.ts';
import type { Claim, Identity } from './identity.ts';
import type { Counts, ImportChunk, ImportRow, ImportSession, RowOutcome } from './import-session.ts';
import type { Segment, SegmentEpoch, SegmentLeftovers } from './segment.ts';
import type { PromisedSubscription } from './subscription-event.ts';
import type { UploadStore } from './upload-ports.ts';

/*
 * What the use cases need from outside. Every method retries throttling and half successes itself and resolves only
 * when all of its work is done; what it throws is transient or a bug, never a verdict. A lost condition is a verdict,
 * and comes back as `false`.
 */

/**
 * A claim to write: its new owners and stamp, on the condition that its stamp is still `expectedStamp` (absent: nobody
 * claims it). Stamps are never repeated, so a claim that was removed and made again is not mistaken for the old one.
 */
export interface ClaimWrite {
  readonly identity: Identity;
  /** Empty: the claim is removed. */
  readonly contactIds: readonly number[];
  readonly stamp: string;
  readonly expectedStamp?: string;
}

/** A contact to write on the condition that its version is still `expectedVersion` (0: it was never born). */
export interface ContactWrite {
  readonly contact: Contact;
  readonly expectedVersion: number;
}

/** One contact in one segment; it counts while the segment is in this epoch. */
export interface Membership extends SegmentEpoch {
  readonly contactId: number;
  /** Its contact is deleted: it is neither listed nor counted, and is shown again where the contact is restored. */
  readonly isHidden?: true;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent at the end of the list. */
  readonly cursor?: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** Contacts, the identities that they are found by, and their memberships. Reads are consistent. */
export interface ContactStore {
  /** New contact ids, ascending, never handed out before. */
  leaseIds(count: number): Promise<number[]>;
  /** One claim for each identity, in order; one nobody made has no owners and no stamp. */
  readClaims(identities: readonly Identity[]): Promise<Claim[]>;
  /** The contacts that exist, erased ones included, and those of the memberships that exist. */
  readContacts(
    ids: readonly number[],
    memberships: readonly Membership[],
  ): Promise<{ contacts: Contact[]; memberships: Membership[] }>;
  /** Writes each claim by itself; for each, in order, whether its condition held. Identities are distinct. */
  writeClaims(claims: readonly ClaimWrite[]): Promise<boolean[]>;
  /** Inserts each contact that was never born; for each, in order, whether it was inserted. Ids are distinct. */
  insertContacts(contacts: readonly Contact[]): Promise<boolean[]>;
  /** Replaces contacts whose identities stay; for each, in order, whether its condition held. Ids are distinct. */
  replaceContacts(writes: readonly ContactWrite[]): Promise<boolean[]>;
  /** All or nothing; whether every condition held. At most 100 items. */
  transact(writes: { contacts: readonly ContactWrite[]; claims: readonly ClaimWrite[] }): Promise<boolean>;
  /** Every membership of these contacts, those of earlier epochs among them as long as they are there. */
  readMemberships(contactIds: readonly number[]): Promise<Membership[]>;
  /** Adds and removes memberships; repeating it is harmless. */
  changeMemberships(changes: { add: readonly Membership[]; remove: readonly Membership[] }): Promise<void>;
}

/** A contact that is about to be born, and the rows of its request that it holds, counted from 0. */
export interface Birth {
  readonly contactId: number;
  readonly rows: readonly number[];
}

/**
 * What a request that may be delivered twice set out to bear, noted before it bears it: whatever happens to a contact
 * afterwards, the request coming again knows its own and tells them.
 */
export interface BirthLedger {
  note(token: string, births: readonly Birth[]): Promise<void>;
  recall(token: string): Promise<Birth[]>;
}

/** One contact with its memberships, those of earlier epochs among them as long as they are there. */
export interface ContactReader {
  find(id: number): Promise<{ contact: Contact; memberships: readonly Membership[] } | undefined>;
  /** The memberships under an id, whatever became of its contact. */
  membershipsOf(id: number): Promise<Membership[]>;
  /** Contacts that are not erased, the newest id first. */
  list(filter: { source?: ContactSource }, page: PageRequest): Promise<Page<Contact>>;
}

/** A part of a list of ids: those that follow one, in the order that is asked for. */
export interface IdsPage {
  readonly limit: number;
  readonly isAscending: boolean;
  /** Absent: from the beginning. */
  readonly after?: number;
}

/** A short entry for each contact that is neither deleted nor erased. What is written now is there a moment later. */
export interface ContactDirectory {
  /** All whose names begin so and that are wanted, ascending by id. */
  collect(names: NamePrefixes, isWanted?: (entry: DirectoryEntry) => boolean): Promise<DirectoryEntry[]>;
  count(): Promise<number>;
  list(page: IdsPage): Promise<number[]>;
}

/** Segments as they are now, however long a name has been remembered: reads are consistent but for `list`. */
export interface SegmentStore {
  /** The segments of these names, made where missing, in order; one name is only ever one segment. */
  ensure(names: readonly string[]): Promise<Segment[]>;
  /** The segments among these names that exist. */
  findByNames(names: readonly string[]): Promise<Segment[]>;
  /** The segments among these ids that exist. */
  findByIds(ids: readonly number[]): Promise<Segment[]>;
  /** Every segment, ascending by id. What is made now is there a moment later. */
  list(): Promise<Segment[]>;
  /** Makes a segment; `undefined` where its name is taken. */
  create(name: string): Promise<Segment | undefined>;
  /** Gives a segment another name, if it is still as it was read and the name is free; whether that was so. */
  rename(segment: Segment, name: string): Promise<boolean>;
  /** Removes a segment, if it is still as it was read; whether it was. Its name is free at once, its id never again. */
  remove(segment: Segment): Promise<boolean>;
  /** Ends an epoch, if it has not ended before: from now on the segment has no members. */
  endEpoch(epoch: SegmentEpoch): Promise<void>;
}

/** Who is in a segment. What is written now is seen a moment later. */
export interface SegmentMembers {
  count(epoch: SegmentEpoch): Promise<number>;
  /** Contact ids in order, from the one after `after` on; fewer than `limit` at the end only. */
  list(epoch: SegmentEpoch, page: IdsPage): Promise<number[]>;
  /** Contact ids in the order in which they are read the fastest. */
  walk(epoch: SegmentEpoch, page: PageRequest): Promise<Page<number>>;
}

/** Where a page of a listing ended, so that the next one goes on there whatever was added before it. */
export interface ListingPlace {
  /** The last contact id of the page. */
  readonly after: number;
  /** How many rows the listing had, and when they were counted. */
  readonly total: number;
  readonly countedAt: string;
}

/** The places of listings, for an hour. */
export interface ListingPlaces {
  /** Where the rows before these ended when they were last shown. */
  find(listing: string, skip: number): Promise<ListingPlace | undefined>;
  note(listing: string, skip: number, place: ListingPlace): Promise<void>;
}

/** Epochs whose memberships are still to be removed. */
export interface LeftoverQueue {
  /** At once, or after a delay of at most 900 seconds (an AWS SQS limit). */
  send(leftovers: SegmentLeftovers, delaySeconds?: number): Promise<void>;
}

/** A subscription category and the segment that mirrors it and has its name (contract 4.11). */
export interface Category {
  readonly key: string;
  readonly segmentId: number;
}

/** Segment ids of categories as a function remembers them for a minute. */
export interface CategoryMemory {
  /** By key. */
  segmentIds(): Promise<ReadonlyMap<string, number>>;
}

export interface CategoryStore {
  /** Every category, by key. */
  list(): Promise<Category[]>;
  /** Binds a key to a segment, if the key is free and the segment still as it was read; whether that was so. */
  create(key: string, segment: Segment): Promise<boolean>;
  /** Frees a key and its segment; whether they were bound. */
  remove(category: Category): Promise<boolean>;
}

/** Custom fields as a function remembers them for a minute. */
export interface FieldMemory {
  /** Whatever is remembered, without asking anybody. */
  recalled(): ReadonlyMap<number, CustomField>;
  /** All custom fields by their ids, read anew where one of these ids is unknown, so that a new field works at once. */
  knowing(ids: readonly number[]): Promise<ReadonlyMap<number, CustomField>>;
}

export interface FieldStore {
  /** All custom fields, ascending by id, the two that always exist among them (contract 2.6). */
  list(): Promise<CustomField[]>;
  /** Adds a field under a new id; `undefined` where its key is taken within its group. */
  create(field: Omit<CustomField, 'id'>): Promise<CustomField | undefined>;
}

/** Why an address gets no bulk mail any more, whoever has it (contract 2.8 and 4.14). */
export interface Suppression {
  /** Lower-case (contract 2.3). */
  readonly email: string;
  readonly reason: 'unsubscribed' | 'spam' | 'blacklisted';
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/** Addresses that get no bulk mail, apart from the contacts that have them, so that no import lifts it. */
export interface SuppressionStore {
  /** Those of the addresses that are suppressed. */
  find(emails: readonly string[]): Promise<Suppression[]>;
  /** Suppresses addresses; a stronger reason stays, and of equal ones the first (`reasonsBelow`). */
  add(suppressions: readonly Suppression[]): Promise<void>;
  remove(emails: readonly string[]): Promise<void>;
}

export interface EventBus {
  /** Resolves when the bus has accepted every event, the ones that failed at first included. */
  publish(events: readonly ContactEvent[]): Promise<void>;
}

export interface EventLog {
  /** Keeps events; the same event again changes nothing. */
  append(events: readonly LoggedEvent[]): Promise<void>;
  /** Whether it has this event, by a consistent read. */
  has(event: Pick<ContactEvent, 'eventId' | 'keyValue' | 'occurredAt'>): Promise<boolean>;
  /** Newest first. */
  list(filter: { type?: string; keyValue?: string }, page: PageRequest): Promise<Page<LoggedEvent>>;
  /** Forgets every event about a contact, whatever its key value; by consistent reads, so none is left behind. */
  forget(contactId: number): Promise<void>;
  /** Likewise every event about nobody who is known that has one of these fingerprints and was told until then. */
  forgetUnknown(fingerprints: readonly string[], until: string): Promise<void>;
}

/** Import sessions and their chunks. */
export interface ImportStore extends UploadStore {
  /** Creates a session in state STARTED with its open chunks. */
  create(session: ImportSession, chunks: readonly ImportChunk[]): Promise<void>;
  find(sessionId: string): Promise<ImportSession | undefined>;
  /** Newest first. */
  list(page: PageRequest): Promise<Page<ImportSession>>;
  findChunk(sessionId: string, number: number): Promise<ImportChunk | undefined>;
  /** All chunks, ascending by number. */
  listChunks(sessionId: string): Promise<ImportChunk[]>;
  /** STARTED becomes IMPORTING; any other state stays. */
  start(sessionId: string, startedAt: string): Promise<void>;
  /**
   * Moves a chunk from `open` (or, for `done`, from `failed`) to its end, once; whether this call did it.
   */
  endChunk(chunk: ImportChunk & { state: 'done' | 'failed'; counts: Counts; outcomesKey: string }): Promise<boolean>;
  /** Whether any chunk is still open, by a consistent read that does not grow with the number of chunks. */
  hasOpenChunks(sessionId: string): Promise<boolean>;
  /** Ends the session; repeating it is harmless, and an ERROR may still become FINISHED after a redrive. */
  end(
    sessionId: string,
    end: { state: 'FINISHED' | 'ERROR'; counts: Counts; finishedAt: string; reason?: string },
  ): Promise<void>;
}

/** The rows of imports and what became of them, as newline-delimited JSON in objects. */
export interface ImportFiles {
  /** Stores a session's rows, chunk after chunk, and returns each chunk's byte range (last byte inclusive). */
  putRows(
    sessionId: string,
    chunks: readonly (readonly ImportRow[])[],
  ): Promise<{ firstByte: number; lastByte: number }[]>;
  /** Stores the rows of one window of a file likewise, under a key of their own. */
  putWindow(
    window: { sessionId: string; number: number; attemptId: string },
    chunks: readonly (readonly ImportRow[])[],
  ): Promise<{ rowsKey: string; firstByte: number; lastByte: number }[]>;
  readRows(chunk: ImportChunk): Promise<ImportRow[]>;
  /** The keys of all windows of a session, those of attempts that were given up among them. */
  listWindows(sessionId: string): Promise<string[]>;
  /** Stores a chunk's outcomes under a key of their own and returns it. */
  putOutcomes(chunk: ImportChunk, attemptId: string, outcomes: readonly RowOutcome[]): Promise<string>;
  readOutcomes(outcomesKey: string): Promise<RowOutcome[]>;
  /** The keys of all outcomes of a session, those of attempts that were given up among them. */
  listOutcomes(sessionId: string): Promise<string[]>;
  /**
   * Overwrites rows of one object in place, so that the byte ranges of all chunks stay. They are read as refused rows without values
   * from then on; two who do so at once do not undo each other's work.
   */
  blankRows(of: Pick<ImportChunk, 'sessionId' | 'rowsKey'>, rows: ReadonlySet<number>): Promise<void>;
  /** Overwrites outcomes with what `blank` makes of each; two who do so at once do not undo each other's work. */
  blankOutcomes(outcomesKey: string, blank: (outcome: RowOutcome) => RowOutcome): Promise<void>;
}

/** Which chunk a message is about. */
export interface ChunkMessage {
  readonly sessionId: string;
  readonly number: number;
}

export interface ChunkQueue {
  send(chunks: readonly ChunkMessage[]): Promise<void>;
}

/** Subscriptions that come back after a while to be checked: whoever was born has to be told. */
export interface SubscriptionQueue {
  send(promised: PromisedSubscription): Promise<void>;
}

/** Erasures whose traces are still to be wiped. */
export interface ErasureQueue {
  /** At once, or after a delay of at most 900 seconds (an AWS SQS limit). */
  send(work: ErasureWork, delaySeconds?: number): Promise<void>;
}

/** Where what failed for good waits for a person. */
export interface DeadLetterQueue<Message = ChunkMessage> {
  send(message: Message): Promise<void>;
}

export interface ApiKeyStore {
  find(hash: string): Promise<ApiKey | undefined>;
  /** Notes that the key was used. */
  touch(hash: string, usedAt: string): Promise<void>;
  /** Counts one more use of a key in a minute (`yyyy-mm-ddThh:mm`) and returns how many it are. */
  countUse(hash: string, minute: string): Promise<number>;
  create(key: ApiKey): Promise<void>;
  /** Every key, by name. */
  list(): Promise<ApiKey[]>;
  /** Whether there was such a key. */
  revoke(hash: string): Promise<boolean>;
}

/** What the use cases would otherwise read from the process: the time and randomness. */
export interface Ambient {
  /** ISO 8601 in UTC with milliseconds. */
  now(): string;
  /** A random UUID. */
  newId(): string;
  /** Waits at random, at most `milliseconds` longer than `atLeast`, so that writers who met do not meet again. */
  pause(milliseconds: number, atLeast?: number): Promise<void>;
}
