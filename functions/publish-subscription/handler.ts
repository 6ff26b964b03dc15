import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { eventLog } from '#aws/events/event-log.ts';
import { segments } from '#aws/segments/segment-store.ts';
import * as queues from '#contract/queues.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { publishSubscription } from '#usecases/subscriptions/publish-subscription.ts';

const publishesSegmentChanges = settings.segmentEvents();
const live = { contacts, eventBus, eventLog, segments, publishesSegmentChanges, ...ambient };

/** Tells of each new subscriber whose own request did not live to. */
export const handler = onEachMessage(queues.subscriptions, (promised) => publishSubscription(live, promised));
