import { contactReader } from '#aws/contacts/contact-reader.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { getContactSubscriptions as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getSubscriptions } from '#usecases/subscriptions/contact-subscriptions.ts';

const live = { apiKeys, categories, contactReader, segments, ...ambient };

/** `GET /api/v1/contact/{id}/subscriptions` (contract 4.11). */
export const handler = endpoint(operation, live, async ({ path }) => ({
  subscriptions: await getSubscriptions(live, path.id),
}));
