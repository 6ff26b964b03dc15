import { randomSeries } from '#test/support/fault-proxy.ts';

/** Choices that look random and repeat with the seed. */
export interface Luck {
  /** A whole number from 0 to below this. */
  below(most: number): number;
  /** Whether something of this probability happens. */
  hits(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item;
}

/** The choices of a seed. */
export const luckOf = (seed: number): Luck => {
  const random = randomSeries(seed);
  const below = (most: number) => Math.floor(random() * most);
  return {
    below,
    hits: (probability) => random() < probability,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
  };
};
