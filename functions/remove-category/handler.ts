import { apiKeys } from '#aws/api-key-store.ts';
import { categories } from '#aws/category-store.ts';
import { parseCategoryKey } from '#contract/categories.ts';
import { nothing } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { removeCategory } from '#usecases/manage-categories.ts';

const live = { apiKeys, categories, ...ambient };

/** `DELETE /admin/v1/subscriptions/{key}`: removes a subscription category; its segment stays. */
export const handler = endpoint('removeCategory', live, async (request) => {
  await removeCategory(live, parseCategoryKey(request.key()));
  return nothing;
});
