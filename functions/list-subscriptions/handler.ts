import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { subscriptionsBody } from '#contract/subscriptions/categories.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listCategories } from '#usecases/subscriptions/manage-categories.ts';

const live = { apiKeys, categories, segments, ...ambient };

/** `GET /api/v1/subscriptions` (contract 4.11). */
export const handler = endpoint('listSubscriptions', live, async () =>
  json(subscriptionsBody(await listCategories(live))),
);
