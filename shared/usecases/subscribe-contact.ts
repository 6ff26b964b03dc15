import type { EventBus, Suppression, SuppressionStore } from '#domain/ports.ts';
import { subscriptionEvent } from '#domain/subscription-event.ts';
import { type SaveContactPorts, type SavedContact, type SingleContact, saveContact } from './save-contact.ts';

export interface SubscribePorts extends SaveContactPorts {
  readonly eventBus: EventBus;
  readonly suppressions: Pick<SuppressionStore, 'find'>;
  /** Whether this stage asks new subscribers to confirm their address. */
  readonly asksForConfirmation: boolean;
}

/** What a subscription form sends. */
export interface Subscription extends SingleContact {
  /** Which form it was; it becomes part of the event's name. */
  readonly formType?: string;
}

/** Contract 4.1. */
export type EmailStatus = 'NEED_CONFIRMATION' | 'SUBSCRIBED' | 'ALREADY_SUBSCRIBED' | 'BLACKLISTED';

/**
 * Adds or updates the one contact behind a subscription form at once, unconfirmed where the address is new, then tells
 * the workflows by exactly one event (contract 4.1).
 */
export const subscribeContact = async (
  ports: SubscribePorts,
  subscription: Subscription,
): Promise<{ id: number; emailStatus?: EmailStatus }> => {
  const { email } = subscription.draft;
  const [saved, suppressed] = await Promise.all([
    saveContact(ports, subscription, {
      dedupeOn: 'email_then_sms',
      source: 'SUBSCRIPTION',
      confirmed: false,
      restoreDeleted: true,
    }),
    email === undefined ? [] : ports.suppressions.find([email]),
  ]);
  await Promise.all([
    ports.contacts.changeMemberships(saved.memberships),
    ports.eventBus.publish([eventOf(ports, saved, subscription)]),
  ]);
  const { id } = saved.contact;
  return email === undefined ? { id } : { id, emailStatus: emailStatusOf(ports, saved, suppressed[0]?.reason) };
};

const eventOf = (ports: SubscribePorts, { contact, outcome, token }: SavedContact, { draft, formType }: Subscription) =>
  subscriptionEvent({
    contactId: contact.id,
    isNew: outcome === 'created',
    ...(draft.email !== undefined && { email: draft.email }),
    ...(formType !== undefined && { formType }),
    token,
    occurredAt: outcome === 'created' ? contact.createdAt : ports.now(),
  });

const emailStatusOf = (
  ports: SubscribePorts,
  { contact }: SavedContact,
  suppressedAs: Suppression['reason'] | undefined,
): EmailStatus => {
  if (suppressedAs === 'blacklisted') return 'BLACKLISTED';
  if (contact.confirmed && suppressedAs === undefined) return 'ALREADY_SUBSCRIBED';
  return ports.asksForConfirmation ? 'NEED_CONFIRMATION' : 'SUBSCRIBED';
};
