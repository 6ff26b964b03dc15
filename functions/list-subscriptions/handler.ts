import { apiKeys } from '#aws/api-key-store.ts';
import { categories } from '#aws/category-store.ts';
import { segments } from '#aws/segment-store.ts';
import { subscriptionsBody } from '#contract/categories.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listCategories } from '#usecases/manage-categories.ts';

const live = { apiKeys, categories, segments, ...ambient };

/** `GET /api/v1/subscriptions` (contract 4.11). */
export const handler = endpoint('listSubscriptions', live, async () =>
  json(subscriptionsBody(await listCategories(live))),
);
