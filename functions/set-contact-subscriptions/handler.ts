import { contactReader } from '#aws/contacts/contact-reader.ts';
import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { setContactSubscriptions as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { setSubscriptions } from '#usecases/subscriptions/contact-subscriptions.ts';

const stores = { apiKeys, categories, contactReader, contacts, eventBus, segments };
const live = { ...stores, publishesSegmentChanges: settings.segmentEvents(), ...ambient };

/** `PUT /api/v1/contact/{id}/subscriptions` (contract 4.11). */
export const handler = endpoint(operation, live, async ({ path, body: keys }) => setSubscriptions(live, path.id, keys));
