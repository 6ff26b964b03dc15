import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { eventLog } from '#aws/event-log.ts';
import { promisedSubscription } from '#contract/promised-subscription.ts';
import { onEachMessage } from '#shared/queue.ts';
import { tellSubscription } from '#usecases/tell-subscription.ts';

const live = { contacts, eventBus, eventLog };

/** Tells of each new subscriber whose own request did not live to. */
export const handler = onEachMessage(
  (body) => promisedSubscription.parse(body),
  (promised) => tellSubscription(live, promised),
);
