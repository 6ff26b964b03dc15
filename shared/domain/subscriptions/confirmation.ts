import type { Contact } from '../contacts/contact.ts';
import type { ContactEvent } from '../events/event.ts';
import type { Suppression } from './suppression.ts';

/** How long an address gets no second confirmation message by itself (contract 6). */
export const hoursBetweenMessages = 72;

/** The time so many hours after an ISO 8601 time; before it if they are negative. */
export const hoursAfter = (time: string, hours: number): string =>
  new Date(Date.parse(time) + hours * 3_600_000).toISOString();

/** How long an unsubscribed address gets no second message: anyone who subscribes again may click more than once. */
const minutesBetweenClicks = 10;

/**
 * Since when a message that was sent to an address is enough. Messages from before it was unsubscribed do not count, as they
 * have nothing to say about who subscribes again.
 */
export const enoughSince = (now: string, suppression: Suppression | undefined): string => {
  if (suppression?.reason !== 'unsubscribed') return hoursAfter(now, -hoursBetweenMessages);
  const { since } = suppression;
  const clicked = hoursAfter(now, -minutesBetweenClicks / 60);
  return since <= now && since > clicked ? since : clicked;
};

/** Why a contact cannot be asked to confirm its address. */
export type NoConfirmation = 'NO_EMAIL' | 'BLACKLISTED' | 'CONFIRMED';

/**
 * Why there is nothing to ask a contact for, or `undefined` if there is: its address is not confirmed, or it is but
 * its owner unsubscribed (contract 6). A blacklisted address gets no message at all.
 */
export const noConfirmationOf = (
  contact: Contact,
  reason: Suppression['reason'] | undefined,
): NoConfirmation | undefined => {
  if (contact.email === undefined) return 'NO_EMAIL';
  if (reason === 'blacklisted') return 'BLACKLISTED';
  return contact.confirmed && reason !== 'unsubscribed' ? 'CONFIRMED' : undefined;
};

/** One confirmation of an address by a contact, from the first press of the button on. Times are ISO 8601 in UTC. */
export interface Confirmation {
  readonly startedAt: string;
  /** When everything that follows from it was done; links from before are spent. */
  readonly finishedAt?: string;
}

/** The event of a confirmed address (contract 5): the same for every repeat of the same confirmation. */
export const confirmedEvent = (contactId: number, email: string, { startedAt }: Confirmation): ContactEvent => ({
  eventId: `SysContactConfirmed:${contactId}:${startedAt}`,
  eventTypeKey: 'SysContactConfirmed',
  keyValue: String(contactId),
  contactId,
  params: { ContactId: contactId, EmailAddress: email },
  occurredAt: startedAt,
});
