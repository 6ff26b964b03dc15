import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { eventLog } from '#aws/event-log.ts';
import { segments } from '#aws/segment-store.ts';
import { promisedSubscription } from '#contract/promised-subscription.ts';
import { ambient } from '#shared/ambient.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { tellSubscription } from '#usecases/tell-subscription.ts';

const tellsSegmentChanges = settings.segmentEvents();
const live = { contacts, eventBus, eventLog, segments, tellsSegmentChanges, ...ambient };

/** Tells of each new subscriber whose own request did not live to. */
export const handler = onEachMessage(
  (body) => promisedSubscription.parse(body),
  (promised) => tellSubscription(live, promised),
);
