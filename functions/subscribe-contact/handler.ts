import { queueTo } from '#aws/clients/queue.ts';
import { singleContacts as contacts } from '#aws/contacts/id-pool.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categoryMemory } from '#aws/subscriptions/category-memory.ts';
import { proposals } from '#aws/subscriptions/proposals.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import * as queues from '#contract/queues.ts';
import { silentAnswer } from '#contract/subscriptions/honeypot.ts';
import { subscribeContact as operation } from '#contract/subscriptions/operations.ts';
import { warningHeader, warningText } from '#contract/warning-header.ts';
import { keyIdOf } from '#domain/keys/api-key.ts';
import type { ApiRequest } from '#http/api-request.ts';
import { endpoint } from '#http/endpoint.ts';
import { logWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { answeredAlike } from '#usecases/subscriptions/answered-alike.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';
import { takeForm } from '#usecases/subscriptions/take-form.ts';
import { captchaOf } from '#web/captcha.ts';

const subscriptionQueue = queueTo(queues.subscriptions);
const stores = { apiKeys, categoryMemory, contacts, eventBus, fieldMemory, proposals, segments, subscriptionQueue };
const asksForConfirmation = settings.doubleOptIn();
const messageChannels = messageChannelsOf(settings.senders);
const captcha = settings.captcha();
const live = {
  ...stores,
  signer,
  suppressions,
  asksForConfirmation,
  confirmedSegment: settings.confirmedSegment(),
  linkDays: settings.confirmationLinkDays(),
  publishesSegmentChanges: settings.segmentEvents(),
  ...settings.reading(),
  phoneMatches: settings.phoneMatches(),
  honeypotField: settings.honeypotField(),
  ...settings.formRates(),
  ...(captcha && { captcha: captchaOf(captcha, settings.allowLoopbackLinks()) }),
  ...ambient,
};

/** `POST /api/v1/contact/subscribe` (contract 4.1). */
export const handler = endpoint(operation, live, (request) => {
  const isAlike = request.formPermit !== undefined && !settings.tellsForms();
  return isAlike ? answeredAlike(live, () => subscribe(request)) : subscribe(request);
});

const subscribe = async ({ body, apiKey, formPermit: permit, sourceIp }: ApiRequest<typeof operation>) => {
  const { isTrapped, captchaAnswer } = body;
  const subscription = { ...body.subscription, ...(apiKey && { keyId: keyIdOf(apiKey) }) };
  const silent = { body: silentAnswer(subscription.draft.email !== undefined, live.newId()), headers: {} };
  if (isTrapped) return silent;
  const subscribed = permit
    ? await takeForm(live, subscription, { permit, sourceIp, captchaAnswer })
    : await subscribeContact(live, subscription);
  logWarnings(subscribed);
  if (permit && !settings.tellsForms()) return silent;
  const missing = asksForConfirmation ? messageChannels.missing('email') : undefined;
  return { body: subscribed, headers: warningHeader(missing, warningText(subscribed.warnings)) };
};
