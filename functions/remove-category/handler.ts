import { apiKeys } from '#aws/keys/api-key-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { removeCategory as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { removeCategory } from '#usecases/subscriptions/manage-categories.ts';

const live = { apiKeys, categories, ...ambient };

/** `DELETE /admin/v1/subscriptions/{key}`: removes a subscription category; its segment stays. */
export const handler = endpoint(operation, live, async ({ path }) => removeCategory(live, path.key));
