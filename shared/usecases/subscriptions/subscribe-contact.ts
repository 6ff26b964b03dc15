import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { EventBus } from '#domain/events/ports.ts';
import type { Problem } from '#domain/problem.ts';
import type { CategoryMemory, SubscriptionQueue, SuppressionStore } from '#domain/subscriptions/ports.ts';
import { type SubscriptionFact, subscriptionEvent } from '#domain/subscriptions/subscription-event.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { publishFieldChanges } from '../contacts/publish-field-changes.ts';
import {
  type CreationNotice,
  type SaveContactPorts,
  type SavedContact,
  type SingleContact,
  saveContact,
} from '../contacts/save-contact.ts';
import { changeMemberships, type MembershipPorts } from '../segments/change-memberships.ts';

export interface SubscribePorts extends SaveContactPorts, Pick<MembershipPorts, 'publishesSegmentChanges'> {
  readonly eventBus: EventBus;
  readonly subscriptionQueue: SubscriptionQueue;
  readonly categoryMemory: CategoryMemory;
  readonly suppressions: Pick<SuppressionStore, 'find' | 'add'>;
  /** Whether this stage asks new subscribers to confirm their address. */
  readonly asksForConfirmation: boolean;
}

/** What a subscription form sends. */
export interface Subscription extends SingleContact {
  /** Subscription categories that the contact joins; a key that no category has counts as the name of a segment. */
  readonly categoryKeys?: readonly string[];
  /** Whether it names a contact by its id, which no subscription may. */
  readonly namesId?: boolean;
  /** Which form it was; it becomes part of the event's name. */
  readonly formType?: string;
}

/** Contract 4.1. */
export type EmailStatus = 'NEED_CONFIRMATION' | 'SUBSCRIBED' | 'ALREADY_SUBSCRIBED' | 'BLACKLISTED';

/** What a subscription came to; without an e-mail address there is no status of it. */
export interface Subscribed {
  readonly id: number;
  readonly emailStatus?: EmailStatus;
  readonly warnings: readonly Problem[];
}

/**
 * Adds or updates the one contact behind a subscription form at once, unconfirmed if the address is new, then publishes
 * exactly one event (contract 4.1). The event of a new contact is promised to a queue before the contact is created, so
 * that it is published even if this function crashes.
 */
export const subscribeContact = async (ports: SubscribePorts, subscription: Subscription): Promise<Subscribed> => {
  const [saved, suppressed] = await Promise.all([
    saveContact(ports, await withCategories(ports, subscription), {
      ...savingOf(ports, subscription),
      dedupeOn: 'email_then_sms',
      restoreDeleted: true,
      guardsDeleted: true,
    }),
    suppressionOf(ports, subscription),
  ]);
  await publishSubscription(ports, subscription, saved);
  return subscribedAs(ports, subscription, saved, suppressed);
};

/** What every subscriber is saved by: unconfirmed, and promised to the queue before the birth. */
export const savingOf = (ports: Pick<SubscribePorts, 'subscriptionQueue'>, subscription: Subscription) =>
  ({
    source: 'SUBSCRIPTION',
    confirmed: false,
    promiseCreation: (creation: CreationNotice) => promiseEvent(ports, subscription, creation),
  }) as const;

/** Why the address of a subscription gets no bulk mail, if it does not. */
export const suppressionOf = async (
  { suppressions }: Pick<SubscribePorts, 'suppressions'>,
  { draft: { email } }: Subscription,
): Promise<Suppression['reason'] | undefined> =>
  email === undefined ? undefined : (await suppressions.find([email]))[0]?.reason;

/** Puts a subscriber into the segments and tells the workflows. */
export const publishSubscription = async (
  ports: SubscribePorts,
  subscription: Subscription,
  saved: SavedContact,
): Promise<void> => {
  await Promise.all([
    changeMemberships(ports, saved.membershipChanges, saved.token),
    ports.eventBus.publish([eventOf(subscription, factOf(ports, saved))]),
    publishFieldChanges({ ...ports, publishesFieldChanges: false }, [saved]),
  ]);
};

/** What a saved subscription came to. */
export const subscribedAs = (
  ports: Pick<SubscribePorts, 'asksForConfirmation'>,
  { draft: { email } }: Subscription,
  { contact, warnings }: SavedContact,
  suppressed: Suppression['reason'] | undefined,
): Subscribed => {
  const about = { id: contact.id, warnings };
  return email === undefined ? about : { ...about, emailStatus: emailStatusOf(ports, contact, suppressed) };
};

/** The categories of a subscription as the segments that mirror them, which are remembered. */
export const withCategories = async (
  { categoryMemory }: Pick<SubscribePorts, 'categoryMemory'>,
  { categoryKeys = [], ...contact }: Subscription,
): Promise<SingleContact> => {
  if (categoryKeys.length === 0) return contact;
  const mirrors = await categoryMemory.segmentIds();
  const askedForIds = categoryKeys.flatMap((key) => mirrors.get(key) ?? []);
  return {
    ...contact,
    groupIds: [...contact.groupIds, ...askedForIds],
    askedForIds,
    groupNames: [...contact.groupNames, ...categoryKeys.filter((key) => !mirrors.has(key))],
  };
};

const promiseEvent = (
  { subscriptionQueue }: Pick<SubscribePorts, 'subscriptionQueue'>,
  subscription: Subscription,
  { contactId, token, createdAt, segmentIds }: CreationNotice,
): Promise<void> => {
  const event = eventOf(subscription, { contactId, token, isNew: true, occurredAt: createdAt });
  return subscriptionQueue.send([{ contactId, token, segmentIds, event }]);
};

type SavedFact = Omit<SubscriptionFact, 'email' | 'formType'>;

const factOf = ({ now }: SubscribePorts, { contact, outcome, token }: SavedContact): SavedFact => {
  const isNew = outcome === 'created';
  return { contactId: contact.id, token, isNew, occurredAt: isNew ? contact.createdAt : now() };
};

const eventOf = ({ draft: { email }, formType }: Subscription, fact: SavedFact): ContactEvent =>
  subscriptionEvent({
    ...fact,
    ...(email !== undefined && { email }),
    ...(formType !== undefined && { formType }),
  });

const emailStatusOf = (
  { asksForConfirmation }: Pick<SubscribePorts, 'asksForConfirmation'>,
  { confirmed, state }: Contact,
  suppressedAs: Suppression['reason'] | undefined,
): EmailStatus => {
  if (suppressedAs === 'blacklisted') return 'BLACKLISTED';
  if (confirmed && state === 'active' && suppressedAs === undefined) return 'ALREADY_SUBSCRIBED';
  return asksForConfirmation ? 'NEED_CONFIRMATION' : 'SUBSCRIBED';
};
