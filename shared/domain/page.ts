export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent at the end of the list. */
  readonly cursor?: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** A part of a list of ids: those that follow one, in the order that is asked for. */
export interface IdsPage {
  readonly limit: number;
  readonly isAscending: boolean;
  /** Absent: from the beginning. */
  readonly after?: number;
}

/** A page with something made of each of its items. */
export const mapPage = <Item, Other>({ items, ...rest }: Page<Item>, other: (item: Item) => Other): Page<Other> => ({
  items: items.map(other),
  ...rest,
});
