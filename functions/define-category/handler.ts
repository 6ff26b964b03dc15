import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { categoryBody } from '#contract/subscriptions/categories.ts';
import { defineCategory as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { defineCategory } from '#usecases/subscriptions/manage-categories.ts';

const live = { apiKeys, categories, segments, ...ambient };

/** `PUT /admin/v1/subscriptions/{key}`: defines a subscription category, or gives it another name. */
export const handler = endpoint(operation, live, async ({ path, body: { name } }) =>
  categoryBody(await defineCategory(live, path.key, name)),
);
