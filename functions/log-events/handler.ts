import { contacts } from '#aws/contact-store.ts';
import { eventLog } from '#aws/event-log.ts';
import { busEvent, contactEvent } from '#contract/events.ts';
import { onAllMessages } from '#shared/queue.ts';
import { keepEvents } from '#usecases/keep-events.ts';

const live = { contacts, eventLog };

const loggedEvent = busEvent(contactEvent);

/** Keeps whatever passed over the bus in the event log, a batch of the queue at a time. */
export const handler = onAllMessages(
  (body) => loggedEvent.parse(body).detail,
  (events) => keepEvents(live, events),
);
