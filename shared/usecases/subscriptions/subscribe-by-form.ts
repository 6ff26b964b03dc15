import { isIdentified } from '#domain/contacts/match.ts';
import { proposing } from '#domain/contacts/plan-proposal.ts';
import { RollcallError } from '#domain/error.ts';
import { segmentNameKey } from '#domain/segments/segment.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { addressHashOf } from '#domain/subscriptions/confirmation-token.ts';
import { type FormPermit, notPermitted, permittedDraft } from '#domain/subscriptions/form.ts';
import type { Proposals, Signer } from '#domain/subscriptions/ports.ts';
import { type SavedContact, type SingleContact, saveContact } from '../contacts/save-contact.ts';
import {
  publishSubscription,
  type Subscribed,
  type SubscribePorts,
  type Subscription,
  savingOf,
  subscribedAs,
  suppressionOf,
  withCategories,
} from './subscribe-contact.ts';

export interface SubscribeByFormPorts extends SubscribePorts {
  readonly signer: Signer;
  readonly proposals: Pick<Proposals, 'add'>;
  /** The segment that anyone who confirms joins; none where empty. */
  readonly confirmedSegment: string;
  /** How many days a link is good for, and what waits for it is kept. */
  readonly linkDays: number;
}

/**
 * Adds the contact behind a form that everybody can fill in, as `subscribeContact` does. Of a known person it changes
 * nothing: what the form says is filled in where nothing was known, and the rest is kept aside until the owner of the
 * known address confirms it.
 * @throws RollcallError INVALID_REQUEST where nothing that a form may say tells whom it means.
 */
export const subscribeByForm = async (
  ports: SubscribeByFormPorts,
  given: Subscription,
  permit: FormPermit,
): Promise<Subscribed> => {
  const { draft, warnings } = permittedDraft(given.draft, permit);
  if (!isIdentified(draft, { dedupeOn: 'form' })) {
    throw new RollcallError(
      'INVALID_REQUEST',
      'contact.channels must have an e-mail address, a phone number or a token',
    );
  }
  const subscription = { ...given, draft };
  const contact = await withCategories(ports, subscription);
  const refused = refusedGroups(ports, contact, permit);
  const ids = given.namesId ? [notPermitted('id')] : [];
  const all = { ...contact, warnings: [...contact.warnings, ...ids, ...warnings, ...refused] };
  const [saved, suppressed] = await Promise.all([
    saveContact(ports, all, {
      ...savingOf(ports, subscription),
      dedupeOn: 'form',
      proposes: proposing,
      joinsOnly: groupsAtOnce(ports, permit),
      restoreDeleted: false,
    }),
    suppressionOf(ports, subscription),
  ]);
  await keepProposal(ports, saved);
  await publishSubscription(ports, subscription, saved);
  return subscribedAs(ports, subscription, saved, suppressed);
};

/** The segment of anyone who confirms is joined by confirming, wherever somebody is asked to. */
const groupsAtOnce = ({ asksForConfirmation, confirmedSegment }: SubscribeByFormPorts, { groups }: FormPermit) => {
  const isConfirmed = (name: string) => segmentNameKey(name) === segmentNameKey(confirmedSegment);
  if (asksForConfirmation) return groups.filter((name) => !isConfirmed(name));
  return confirmedSegment === '' ? groups : [...groups, confirmedSegment];
};

const refusedGroups = (
  { confirmedSegment }: SubscribeByFormPorts,
  { groupNames }: SingleContact,
  { groups }: FormPermit,
) => {
  const allowed = new Set([...groups, confirmedSegment].map(segmentNameKey));
  return groupNames.some((name) => !allowed.has(segmentNameKey(name))) ? [notPermitted('groups')] : [];
};

/** Where nobody is asked to confirm, nobody ever will: then it is forgotten at once. */
const keepProposal = async (ports: SubscribeByFormPorts, { contact, proposal, token }: SavedContact): Promise<void> => {
  if (!proposal || contact.email === undefined || !ports.asksForConfirmation) return;
  const key = { contactId: contact.id, addressHash: await addressHashOf(ports.signer, contact.email) };
  const until = hoursAfter(ports.now(), ports.linkDays * 24);
  await ports.proposals.add(key, { ...proposal, revision: token }, until);
};
