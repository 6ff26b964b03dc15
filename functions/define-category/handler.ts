import { apiKeys } from '#aws/api-key-store.ts';
import { categories } from '#aws/category-store.ts';
import { segments } from '#aws/segment-store.ts';
import { categoryBody, parseCategoryKey } from '#contract/categories.ts';
import { parseSegmentName } from '#contract/segments.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { defineCategory } from '#usecases/manage-categories.ts';

const live = { apiKeys, categories, segments, ...ambient };

/** `PUT /admin/v1/subscriptions/{key}`: defines a subscription category, or gives it another name. */
export const handler = endpoint('defineCategory', live, async (request) => {
  const key = parseCategoryKey(request.key());
  return json(categoryBody(await defineCategory(live, key, parseSegmentName(request.json()))));
});
