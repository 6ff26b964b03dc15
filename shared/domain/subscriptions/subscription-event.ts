import type { ContactEvent } from '../events/event.ts';

/** What a subscription came to, as far as its event says. */
export interface SubscriptionFact {
  readonly contactId: number;
  readonly isNew: boolean;
  /** The address that was sent; absent if only a phone number or a token was. */
  readonly email?: string;
  readonly formType?: string;
  /** Tells one request from another about the same contact. */
  readonly token: string;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
}

/** The one event of a subscription (contract 4.1): who is new starts another workflow than who was known. */
export const subscriptionEvent = (fact: SubscriptionFact): ContactEvent => {
  const { contactId, isNew, email, formType, token, occurredAt } = fact;
  const name = isNew ? 'subscribeFromApi' : 'subscribeUpdateFromApi';
  const eventTypeKey = formType === undefined ? name : `${name}-${formType}`;
  return {
    eventId: isNew ? `${eventTypeKey}:${contactId}` : `${eventTypeKey}:${contactId}:${token}`,
    eventTypeKey,
    keyValue: String(contactId),
    contactId,
    params: { ContactId: contactId, ...(email !== undefined && { EmailAddress: email }) },
    occurredAt,
  };
};

/** What is due once a contact was created, written down before it is. */
export interface PromisedSubscription {
  readonly contactId: number;
  /** The `createdBy` of the contact, if it was this request that bore it. */
  readonly token: string;
  readonly segmentIds: readonly number[];
  readonly event: ContactEvent;
}
