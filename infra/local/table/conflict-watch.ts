/** Watches which items are worked on at the same time (developer guide, "Transaction conflict handling"). */
export interface ConflictWatch {
  /**
   * Begins work on items, by texts of their keys. Where others work on some of them so that the work conflicts, it is not
   * begun, and their positions are returned.
   */
  begin(work: ItemWork): number[];
  /** Ends work that was begun. */
  end(work: ItemWork): void;
}

/** Work on items: a transaction conflicts with all other work on them, any other write with transactions alone. */
export interface ItemWork {
  readonly isTransaction: boolean;
  readonly keys: readonly string[];
}

/** A watch over one table engine. */
export const conflictWatch = (): ConflictWatch => {
  const inTransactions = new Map<string, number>();
  const inWrites = new Map<string, number>();
  const add = (counts: Map<string, number>, keys: readonly string[], by: number): void => {
    for (const key of keys) {
      const count = (counts.get(key) ?? 0) + by;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    }
  };

  return {
    begin: ({ isTransaction, keys }) => {
      const conflicts = keys.flatMap((key, at) =>
        inTransactions.has(key) || (isTransaction && inWrites.has(key)) ? [at] : [],
      );
      if (conflicts.length === 0) add(isTransaction ? inTransactions : inWrites, keys, 1);
      return conflicts;
    },
    end: ({ isTransaction, keys }) => add(isTransaction ? inTransactions : inWrites, keys, -1),
  };
};
