import type { KeyNames } from './key-names.ts';

/** An item, or the key of one, as DynamoDB writes it. */
export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a request does to one item. */
export interface ItemAccess {
  readonly kind: 'read' | 'write';
  readonly table: string;
  /** The item or at least its key; absent for what is read by a query. */
  readonly item: Item;
  /** The entry of a batch that it is. */
  readonly entry?: object;
}

/** The item's primary key as a text, which no other item of the table has. */
export const keyTextOf = ({ table, item }: ItemAccess, keys: KeyNames): string => {
  const { partition = '', sort } = keys[table]?.[''] ?? {};
  return JSON.stringify([table, item[partition], sort === undefined ? undefined : item[sort]]);
};

/** The partition keys that an access goes to, of the table and, where it writes a whole item, of its indexes. */
export const partitionsOf = ({ table, item }: ItemAccess, keys: KeyNames): string[] =>
  Object.entries(keys[table] ?? {}).flatMap(([index, { partition }]) => {
    const value = item[partition];
    return value === undefined ? [] : [JSON.stringify([table, index, value])];
  });
