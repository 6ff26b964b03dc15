import type { Identity } from './identity.ts';

/** Who is looked for, and which part of them is to be shown. */
export interface ContactSearch {
  /** Every one of these; none: whoever. */
  readonly identities: readonly Identity[];
  /** What names begin with, in lower case. */
  readonly firstName?: string;
  readonly lastName?: string;
  /** By when they were updated; otherwise by id. */
  readonly isByTime: boolean;
  readonly isAscending: boolean;
  /** How many of them to pass over. */
  readonly skip: number;
  readonly take: number;
}
