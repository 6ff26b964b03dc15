import type { Suppression } from '../subscriptions/suppression.ts';
import type { Contact, ContactSource } from './contact.ts';
import type { Identity } from './identity.ts';
import type { ContactLine } from './ports.ts';

/** How a person stands: may be written to, has not confirmed, does not want to, or is deleted. */
export const standings = ['active', 'unconfirmed', 'unsubscribed', 'deleted'] as const;

export type Standing = (typeof standings)[number];

/** From when to when, both included; ISO 8601 in UTC. */
interface Range {
  readonly from?: string;
  readonly to?: string;
}

/** Whom somebody typed: anything that it may be. */
export interface Typed {
  /** Our own id of a contact. */
  readonly id?: number;
  readonly identities: readonly Identity[];
  /** Words in lower case that names begin with; none where it can be no name. */
  readonly words: readonly string[];
}

/** Which contacts are wanted. */
export interface ContactFilter {
  readonly source?: ContactSource;
  readonly standing?: Standing;
  readonly created: Range;
  readonly updated: Range;
  readonly segmentId?: number;
  readonly typed?: Typed;
}

/** Whether a contact of this line may be wanted; what the line does not tell is asked of the contact. */
export const mayBeWanted = (line: ContactLine, { source, standing, updated, typed }: ContactFilter): boolean =>
  (source === undefined || line.source === source) &&
  (standing === undefined || (standing === 'deleted') === (line.state === 'deleted')) &&
  isWithin(line.updatedAt, updated) &&
  (typed === undefined || areBegun(line.names, typed.words));

/** Whether a filter asks for more than lines tell, so that many contacts may be read for each that is wanted. */
export const looksBehindLines = ({ standing, created }: ContactFilter): boolean =>
  (standing !== undefined && standing !== 'deleted') || created.from !== undefined || created.to !== undefined;

/** Whether a contact is wanted, but for who was typed. */
export const isWanted = (contact: Contact, suppression: Suppression | undefined, filter: ContactFilter): boolean =>
  (filter.source === undefined || contact.source === filter.source) &&
  (filter.standing === undefined || filter.standing === standingOf(contact, suppression)) &&
  isWithin(contact.createdAt, filter.created) &&
  isWithin(contact.updatedAt, filter.updated);

/** How the person of a contact stands. */
export const standingOf = ({ state, email, confirmed }: Contact, suppression: Suppression | undefined): Standing => {
  if (state === 'deleted') return 'deleted';
  if (suppression) return 'unsubscribed';
  return email === undefined || confirmed ? 'active' : 'unconfirmed';
};

const isWithin = (time: string, { from, to }: Range): boolean =>
  (from === undefined || time >= from) && (to === undefined || time <= to);

/** Each word begins another of the names, in any order: `smith john` finds John Smith. */
const areBegun = (names: ContactLine['names'], words: readonly string[]): boolean => {
  const parts = Object.values(names).flatMap((name) => name.split(/\s+/));
  if (words.length === 0) return false;
  for (const word of words) {
    const at = parts.findIndex((part) => part.startsWith(word));
    if (at < 0) return false;
    parts.splice(at, 1);
  }
  return true;
};
