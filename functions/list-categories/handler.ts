import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { categoryBody } from '#contract/subscriptions/categories.ts';
import { listCategories as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listCategories } from '#usecases/subscriptions/manage-categories.ts';

const live = { apiKeys, categories, segments, ...ambient };

/** `GET /admin/v1/subscriptions`, by key. */
export const handler = endpoint(operation, live, async () => ({
  items: (await listCategories(live)).map(categoryBody),
}));
