/** Awaited before every single item operation, with what it is and what it is about, e.g. `insertContact 7`. */
export type Step = (name: string) => Promise<void>;

/** Runs one operation an item, in order, each behind the step: a batch is not atomic, as on the real table. */
export const itemByItem = async <Item, Result>(
  items: readonly Item[],
  step: (item: Item) => Promise<void>,
  operation: (item: Item) => Result,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (const item of items) {
    await step(item);
    results.push(operation(item));
  }
  return results;
};

/** One page of a list that is sorted already; the cursor is the sort key of the last item of the page before. */
export const pageOf = <Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, cursor }: { limit: number; cursor?: string },
): { items: Item[]; cursor?: string } => {
  const start = cursor === undefined ? 0 : sorted.findIndex((item) => keyOf(item) === cursor) + 1;
  const items = sorted.slice(start, start + limit);
  const last = items.at(-1);
  return last && start + limit < sorted.length ? { items, cursor: keyOf(last) } : { items };
};
