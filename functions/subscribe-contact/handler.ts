import { singleContacts as contacts } from '#aws/contacts/id-pool.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categoryMemory } from '#aws/subscriptions/category-memory.ts';
import { subscriptionQueue } from '#aws/subscriptions/subscription-queue.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import { trappedAnswer } from '#contract/subscriptions/honeypot.ts';
import { subscribeContact as operation } from '#contract/subscriptions/operations.ts';
import { warningHeader } from '#contract/warning-header.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

const stores = { apiKeys, categoryMemory, contacts, eventBus, fieldMemory, segments, subscriptionQueue, suppressions };
const asksForConfirmation = settings.doubleOptIn();
const messageChannels = messageChannelsOf(settings);
const live = {
  ...stores,
  asksForConfirmation,
  publishesSegmentChanges: settings.segmentEvents(),
  ...settings.reading(),
  honeypotField: settings.honeypotField(),
  ...ambient,
};

/** `POST /api/v1/contact/subscribe` (contract 4.1). */
export const handler = endpoint(operation, live, async ({ body: { subscription, isTrapped } }) => {
  if (isTrapped) return { body: trappedAnswer(subscription.draft.email !== undefined, live.newId()), headers: {} };
  const subscribed = await subscribeContact(live, subscription);
  logWarnings(subscribed);
  const missing = asksForConfirmation ? messageChannels.missing('email') : undefined;
  return { body: subscribed, headers: warningHeader(missing) };
});
