import { busEvent, contactSubscribedEvent } from '../events/events.ts';

const subscriptionEvent = busEvent(contactSubscribedEvent);

/** Reads the event of a subscription off the bus (contract 5): who it was, at which address, by which form. */
export const subscriptionPublished = (body: unknown) => {
  const { eventId, eventTypeKey, contactId, params } = subscriptionEvent.parse(body).detail;
  const [, formType] = /^subscribe(?:Update)?FromApi-(.+)$/.exec(eventTypeKey) ?? [];
  const email = params.EmailAddress;
  return {
    eventId,
    contactId,
    ...(email !== undefined && email !== '' && { email }),
    ...(formType !== undefined && { formType }),
  };
};
