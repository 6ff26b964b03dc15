import type { NamePrefixes } from './directory-entry.ts';
import type { Identity } from './identity.ts';

/** Which part of a list is to be shown. */
export interface RowsWindow {
  /** How many of them to pass over. */
  readonly skip: number;
  readonly take: number;
}

/** The part of a list of contacts, and in which order. */
export interface ContactRows extends RowsWindow {
  /** By when they were updated; otherwise by id. */
  readonly isByTime: boolean;
  readonly isAscending: boolean;
}

/** Who is looked for, and which part of them is to be shown. */
export interface ContactSearch extends ContactRows {
  /** All of these; none means any contact. */
  readonly identities: readonly Identity[];
  readonly names: NamePrefixes;
}
