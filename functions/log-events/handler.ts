import { contacts } from '#aws/contacts/contact-store.ts';
import { eventLog } from '#aws/events/event-log.ts';
import * as queues from '#contract/queues.ts';
import { onAllMessages } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { keepEvents } from '#usecases/events/keep-events.ts';

const live = { contacts, eventLog, ...settings.identities() };

/** Keeps whatever passed over the bus in the event log, a batch of the queue at a time. */
export const handler = onAllMessages(queues.loggedEvents, (events) => keepEvents(live, events));
