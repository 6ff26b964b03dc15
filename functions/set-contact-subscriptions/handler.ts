import { apiKeys } from '#aws/api-key-store.ts';
import { categories } from '#aws/category-store.ts';
import { contactReader } from '#aws/contact-reader.ts';
import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { segments } from '#aws/segment-store.ts';
import { parseContactSubscriptions } from '#contract/categories.ts';
import { nothing } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { setSubscriptions } from '#usecases/contact-subscriptions.ts';

const stores = { apiKeys, categories, contactReader, contacts, eventBus, segments };
const live = { ...stores, tellsSegmentChanges: settings.segmentEvents(), ...ambient };

/** `PUT /api/v1/contact/{id}/subscriptions` (contract 4.11). */
export const handler = endpoint('setContactSubscriptions', live, async (request) => {
  await setSubscriptions(live, request.id(), parseContactSubscriptions(request.json()));
  return nothing;
});
