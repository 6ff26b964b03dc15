import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { subscriptionsBody } from '#contract/subscriptions/categories.ts';
import { listSubscriptions as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listCategories } from '#usecases/subscriptions/manage-categories.ts';

const live = { apiKeys, categories, segments, ...ambient };

/** `GET /api/v1/subscriptions` (contract 4.11). */
export const handler = endpoint(operation, live, async () => subscriptionsBody(await listCategories(live)));
