/** Calls of one operation that are under way together. */
const callsAtOnce = 16;

/** Consecutive runs of at most `size` items. */
export const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/**
 * Works on every item, a few at a time, and returns the results in order. After a failure nothing new is begun, what is
 * under way is waited for, and the first error is thrown.
 */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = callsAtOnce,
): Promise<Result[]> => {
  const results: Result[] = [];
  const errors: unknown[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (errors.length > 0) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return results;
};

/** The first item of each key, in order. */
export const distinctBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => {
  const first = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
};
