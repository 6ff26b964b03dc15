import { apiKeys } from '#aws/keys/api-key-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { categories } from '#aws/subscriptions/category-store.ts';
import { parseSegmentName } from '#contract/segments/segments.ts';
import { categoryBody, parseCategoryKey } from '#contract/subscriptions/categories.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { defineCategory } from '#usecases/subscriptions/manage-categories.ts';

const live = { apiKeys, categories, segments, ...ambient };

/** `PUT /admin/v1/subscriptions/{key}`: defines a subscription category, or gives it another name. */
export const handler = endpoint('defineCategory', live, async (request) => {
  const key = parseCategoryKey(request.key());
  return json(categoryBody(await defineCategory(live, key, parseSegmentName(request.json()))));
});
