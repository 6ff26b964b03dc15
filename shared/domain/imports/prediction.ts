import type { Contact } from '../contacts/contact.ts';
import type { Claim } from '../contacts/identity.ts';
import type { Membership } from '../segments/ports.ts';

/** A membership that would be there, or would not be any more. */
export interface PredictedMembership {
  readonly membership: Membership;
  readonly isThere: boolean;
}

/** What earlier rows of a dry run would have written, as far as later rows may read it. */
export interface Overlay {
  /** By `identityKey`; one without owners is a claim that would be gone. */
  readonly claims: Map<string, Claim>;
  readonly contacts: Map<number, Contact>;
  /** By contact, then by `membershipKey`. */
  readonly memberships: Map<number, Map<string, PredictedMembership>>;
  /** The last chunk whose rows may mean a contact. */
  readonly lastMentions: Map<number, number>;
  /** The next id of a contact that will never exist. */
  nextId: number;
}

/** Contacts and segments that would be made have ids from here on, which nothing real ever gets. */
export const firstPredictedId = 2 ** 52;

/** The most contacts that a dry run carries along because rows further down mention them again. */
export const maxCarried = 300_000;

/** Nothing has been predicted yet. */
export const emptyOverlay = (): Overlay => ({
  claims: new Map(),
  contacts: new Map(),
  memberships: new Map(),
  lastMentions: new Map(),
  nextId: firstPredictedId,
});

/** A dry run that resumes: from a chunk on, with what the chunks before it would have written. */
export interface PredictionJob {
  readonly sessionId: string;
  /** Absent: from the first chunk on. */
  readonly from?: number;
  /** Where the overlay is; absent: it is empty. */
  readonly overlay?: StoredOverlay;
}

/** An overlay in the bucket. */
export interface StoredOverlay {
  /** `predictions/<sessionId>/<attempt>/` */
  readonly prefix: string;
  /** Objects under the prefix, numbered from 1. */
  readonly parts: number;
}
