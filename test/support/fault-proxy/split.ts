import type { Random } from './service-faults.ts';

/** Parts a list at random; at least one item is withheld. */
export const split = <Item>(items: readonly Item[], random: Random): { kept: Item[]; withheld: Item[] } => {
  const always = Math.floor(random() * items.length);
  const isWithheld = items.map((_item, at) => at === always || random() < 0.4);
  return {
    kept: items.filter((_item, at) => !isWithheld[at]),
    withheld: items.filter((_item, at) => isWithheld[at]),
  };
};

/** One of some values. */
export const oneOf = <Item>(items: readonly [Item, ...Item[]], random: Random): Item =>
  items[Math.floor(random() * items.length)] ?? items[0];
