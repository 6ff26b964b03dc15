import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { dayOf } from '#domain/counts/count-job.ts';
import type { CountQueue } from '#domain/counts/ports.ts';
import { shownMemberships } from '#domain/segments/leaving.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { staticOnly } from '#domain/segments/segment.ts';
import { type Confirmation, confirmedEvent } from '#domain/subscriptions/confirmation.ts';
import { type ConfirmationClaim, readConfirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import type { ConfirmationMails, Confirmations, Proposals, SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { KeptProposal, Proposal } from '#domain/subscriptions/proposal.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';
import { contactOfLink, type LinkView, type LookPorts, languageOf } from './look-at-confirmation.ts';
import { setConfirmed } from './set-confirmed.ts';

export interface ConfirmPorts extends LookPorts, MembershipPorts, Pick<Ambient, 'newId' | 'pause'> {
  readonly contacts: Pick<ContactStore, 'readContacts' | 'replaceContacts' | 'readMemberships' | 'changeMemberships'>;
  readonly confirmations: Confirmations;
  readonly countQueue: CountQueue;
  readonly confirmationMails: Pick<ConfirmationMails, 'release'>;
  readonly proposals: Pick<Proposals, 'find' | 'remove'>;
  readonly suppressions: Pick<SuppressionStore, 'find' | 'remove'>;
  readonly segments: Pick<SegmentStore, 'ensure' | 'findByIds'>;
  /** The segment that a confirmed contact joins; none if empty. */
  readonly confirmedSegment: string;
}

/**
 * Confirms the address of a contact by the token of a link: what forms proposed about the contact is saved, the address
 * counts as confirmed, an earlier unsubscription of it is lifted, the contact joins its segments, and an event is published
 * (contract 6). Every step can be repeated, the event has the same id each time, and once the last step is done the link is
 * spent: it does nothing any more. If the page `shown` had another proposal than there is now, it has to be shown again.
 */
export const confirmContact = async (ports: ConfirmPorts, token: string, shown?: string): Promise<LinkView> => {
  const reading = await readConfirmationToken(ports.signer, token, ports.now());
  if (reading.state !== 'valid') return { state: reading.state };
  const { claim } = reading;
  const proposal = await ports.proposals.find(claim);
  const read = () => contactOfLink(ports, claim, proposal);
  const contact = await read();
  if (!contact) return { state: 'gone' };
  const about = languageOf(contact);
  const confirmation = await ports.confirmations.begin(claim, { startedAt: ports.now(), issuedAt: claim.issuedAt });
  if (confirmation.finishedAt !== undefined) return { state: 'confirmed', ...about };
  if (proposal && shown !== undefined && shown !== proposal.revision) return { state: 'open', proposal, ...about };
  const email = (await setConfirmed(ports, read, proposal))?.email;
  if (email === undefined) return { state: 'gone' };
  await finishConfirmation(ports, { claim, confirmation, email, ...(proposal && { proposal }) });
  return { state: 'confirmed', ...about };
};

interface Confirmed {
  readonly claim: ConfirmationClaim;
  readonly confirmation: Confirmation;
  readonly email: string;
  readonly proposal?: KeptProposal;
}

const finishConfirmation = async (
  ports: ConfirmPorts,
  { claim, confirmation, email, proposal }: Confirmed,
): Promise<void> => {
  const event = confirmedEvent(claim.contactId, email, confirmation);
  await Promise.all([liftUnsubscription(ports, email), joinSegments(ports, claim.contactId, event.eventId, proposal)]);
  const marks = [{ kind: 'confirmed', contactId: claim.contactId, day: dayOf(event.occurredAt) }] as const;
  await Promise.all([ports.eventBus.publish([event]), ports.countQueue.send([{ marks }])]);
  await Promise.all([
    proposal && ports.proposals.remove(claim, proposal.revision),
    // Anyone who answers a message may be sent the next one as soon as there is something to confirm again.
    ports.confirmationMails.release(claim.addressHash, ports.now()),
  ]);
  await ports.confirmations.finish(claim, confirmation, ports.now());
};

/** Complaints and the blacklist stay: only who unsubscribed may change their mind by a click. */
const liftUnsubscription = async ({ suppressions }: ConfirmPorts, email: string): Promise<void> => {
  const [suppression] = await suppressions.find([email]);
  if (suppression?.reason === 'unsubscribed') await suppressions.remove([email]);
};

const joinSegments = async (
  ports: ConfirmPorts,
  contactId: number,
  token: string,
  proposal: Proposal | undefined,
): Promise<void> => {
  const { segmentIds = [], restores = false } = proposal ?? {};
  const [named, proposed, memberships] = await Promise.all([
    ports.confirmedSegment === '' ? [] : ports.segments.ensure([ports.confirmedSegment]),
    segmentIds.length === 0 ? [] : ports.segments.findByIds(segmentIds),
    restores ? ports.contacts.readMemberships([contactId]) : [],
  ]);
  const segments = new Map(staticOnly([...named, ...proposed]).map((segment) => [segment.id, segment]));
  const askedFor = new Set(segmentIds);
  const add = [...segments.values()].map((segment) => ({
    ...{ contactId, segment },
    ...(askedFor.has(segment.id) && { isAskedFor: true as const }),
  }));
  const show = shownMemberships(memberships);
  await changeMemberships(ports, { add, remove: [], show }, token);
};
