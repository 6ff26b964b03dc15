import type { IdsPage } from '../page.ts';
import type { Membership } from '../segments/ports.ts';
import type { Contact } from './contact.ts';
import type { DirectoryEntry, NamePrefixes } from './directory-entry.ts';
import type { Claim, Identity } from './identity.ts';

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

/** A contact to write on the condition that its version is still `expectedVersion` (0: it was never created). */
export interface ContactWrite {
  readonly contact: Contact;
  readonly expectedVersion: number;
  /** It deletes or restores the contact. */
  readonly changesState?: true;
}

/** Contacts, the identities that they are found by, and their memberships. Reads are consistent. */
export interface ContactStore {
  /** New contact ids, ascending, never handed out before. */
  leaseIds(count: number): Promise<number[]>;
  /** One claim for each identity, in order; a claim that does not exist has no owners and no stamp. */
  readClaims(identities: readonly Identity[]): Promise<Claim[]>;
  /** The contacts that exist, erased ones included, and those of the memberships that exist. */
  readContacts(
    ids: readonly number[],
    memberships: readonly Membership[],
  ): Promise<{ contacts: Contact[]; memberships: Membership[] }>;
  /** Writes each claim by itself; for each, in order, whether its condition held. Identities are distinct. */
  writeClaims(claims: readonly ClaimWrite[]): Promise<boolean[]>;
  /** Inserts each contact that was never created; for each, in order, whether it was inserted. Ids are distinct. */
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

/** A contact that is about to be created, and the rows of its request that it holds, counted from 0. */
export interface Creation {
  readonly contactId: number;
  readonly rows: readonly number[];
}

/**
 * What a request that may be delivered twice is about to create, noted before it does: whatever happens to a contact
 * afterwards, the repeated request knows its own and publishes them.
 */
export interface CreationLedger {
  note(token: string, creations: readonly Creation[]): Promise<void>;
  recall(token: string): Promise<Creation[]>;
}

/** What the directory says of a contact. */
export interface ContactLine extends Pick<Contact, 'id' | 'source' | 'state' | 'updatedAt'> {
  /** In lower case. */
  readonly names: { readonly [Name in keyof NamePrefixes]: string };
}

/** Contacts that were met on a walk. */
export interface ContactWalk {
  readonly contacts: readonly Contact[];
  /** The id of the last one that was looked at, from which the next walk goes on; absent at the end. */
  readonly last?: number;
}

/** One contact with its memberships, those of earlier epochs among them as long as they are there. */
export interface ContactReader {
  find(id: number): Promise<{ contact: Contact; memberships: readonly Membership[] } | undefined>;
  /** The memberships under an id, whatever became of its contact. */
  membershipsOf(id: number): Promise<Membership[]>;
  /** Contacts that are not erased and whose lines are wanted, by id. */
  walk(page: IdsPage, isWanted?: (line: ContactLine) => boolean): Promise<ContactWalk>;
}

/** A short entry for each contact that is neither deleted nor erased. What is written now is there a moment later. */
export interface ContactDirectory {
  /** All whose names begin so and that are wanted, ascending by id. */
  collect(names: NamePrefixes, isWanted?: (entry: DirectoryEntry) => boolean): Promise<DirectoryEntry[]>;
  count(): Promise<number>;
  list(page: IdsPage): Promise<number[]>;
}

/** Where a page of a listing ended, so that the next one resumes there whatever was added before it. */
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
