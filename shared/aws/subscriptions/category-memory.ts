import type { CategoryMemory, CategoryStore } from '#domain/subscriptions/ports.ts';
import { lazily } from '../clients/connect.ts';
import { remembered } from '../clients/remembered.ts';
import { categories } from './category-store.ts';

/** Which segment mirrors which category, remembered for a minute. */
export const rememberCategories = (store: Pick<CategoryStore, 'list'>, now?: () => number): CategoryMemory => {
  const byKey = async () => new Map((await store.list()).map(({ key, segmentId }) => [key, segmentId]));
  const memory = remembered<ReadonlyMap<string, number>>(byKey, new Map(), now);
  return { segmentIds: () => memory.recall() };
};

/** The subscription categories of this stage, remembered. */
export const categoryMemory: CategoryMemory = /* @__PURE__ */ lazily(() => rememberCategories(categories));
