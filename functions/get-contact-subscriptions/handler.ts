import { apiKeys } from '#aws/api-key-store.ts';
import { categories } from '#aws/category-store.ts';
import { contactReader } from '#aws/contact-reader.ts';
import { segments } from '#aws/segment-store.ts';
import { contactSubscriptions } from '#contract/categories.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { getSubscriptions } from '#usecases/contact-subscriptions.ts';

const live = { apiKeys, categories, contactReader, segments, ...ambient };

/** `GET /api/v1/contact/{id}/subscriptions` (contract 4.11). */
export const handler = endpoint('getContactSubscriptions', live, async (request) => {
  const subscriptions = await getSubscriptions(live, request.id());
  return json(contactSubscriptions.parse({ subscriptions }));
});
