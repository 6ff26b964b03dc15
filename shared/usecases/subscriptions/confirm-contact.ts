import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { staticOnly } from '#domain/segments/segment.ts';
import { type Confirmation, confirmedEvent } from '#domain/subscriptions/confirmation.ts';
import { type ConfirmationClaim, readConfirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import type { Confirmations, SuppressionStore } from '#domain/subscriptions/ports.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';
import { contactOfLink, type LinkState, type LookPorts } from './look-at-confirmation.ts';
import { setConfirmed } from './set-confirmed.ts';

export interface ConfirmPorts extends LookPorts, MembershipPorts, Pick<Ambient, 'newId' | 'pause'> {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'replaceContacts' | 'changeMemberships'>;
  readonly confirmations: Confirmations;
  readonly suppressions: Pick<SuppressionStore, 'find' | 'remove'>;
  readonly segments: Pick<SegmentStore, 'ensure'>;
  /** The segment that a confirmed contact joins; none if empty. */
  readonly confirmedSegment: string;
}

/**
 * Confirms the address of a contact by the token of a link: the address counts as confirmed, an earlier unsubscription
 * of it is lifted, the contact joins its segment, and an event is published (contract 6). Every step can be repeated,
 * the event has the same id each time, and once the last step is done the link is spent: it does nothing any more.
 */
export const confirmContact = async (ports: ConfirmPorts, token: string): Promise<Exclude<LinkState, 'open'>> => {
  const reading = await readConfirmationToken(ports.signer, token, ports.now());
  if (reading.state !== 'valid') return reading.state;
  const { claim } = reading;
  if (!(await contactOfLink(ports, claim))) return 'gone';
  const confirmation = await ports.confirmations.begin(claim, { startedAt: ports.now(), issuedAt: claim.issuedAt });
  if (confirmation.finishedAt !== undefined) return 'confirmed';
  const email = await setConfirmed(ports, () => contactOfLink(ports, claim));
  if (email === undefined) return 'gone';
  await finishConfirmation(ports, claim, confirmation, email);
  return 'confirmed';
};

const finishConfirmation = async (
  ports: ConfirmPorts,
  claim: ConfirmationClaim,
  confirmation: Confirmation,
  email: string,
): Promise<void> => {
  const event = confirmedEvent(claim.contactId, email, confirmation);
  await Promise.all([liftUnsubscription(ports, email), joinSegment(ports, claim.contactId, event.eventId)]);
  await ports.eventBus.publish([event]);
  await ports.confirmations.finish(claim, confirmation, ports.now());
};

/** Complaints and the blacklist stay: only who unsubscribed may change their mind by a click. */
const liftUnsubscription = async ({ suppressions }: ConfirmPorts, email: string): Promise<void> => {
  const [suppression] = await suppressions.find([email]);
  if (suppression?.reason === 'unsubscribed') await suppressions.remove([email]);
};

const joinSegment = async (ports: ConfirmPorts, contactId: number, token: string): Promise<void> => {
  if (ports.confirmedSegment === '') return;
  const joined = staticOnly(await ports.segments.ensure([ports.confirmedSegment]));
  await changeMemberships(ports, { add: joined.map((segment) => ({ contactId, segment })), remove: [] }, token);
};
