import type { CategoryMemory, CategoryStore } from '#domain/subscriptions/ports.ts';
import { lazily } from '../clients/connect.ts';
import { categories } from './category-store.ts';

const memoryMilliseconds = 60_000;

/** Which segment mirrors which category, remembered for a minute. */
export const rememberCategories = (store: Pick<CategoryStore, 'list'>, now = Date.now): CategoryMemory => {
  let remembered: ReadonlyMap<string, number> = new Map();
  let until = 0;
  return {
    segmentIds: async () => {
      if (now() < until) return remembered;
      remembered = new Map((await store.list()).map(({ key, segmentId }) => [key, segmentId]));
      until = now() + memoryMilliseconds;
      return remembered;
    },
  };
};

/** The subscription categories of this stage, remembered. */
export const categoryMemory: CategoryMemory = lazily(() => rememberCategories(categories));
