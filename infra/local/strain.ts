import type { TableStrain } from './table/strained-dynamodb.ts';

/** What AWS does under strain and to new accounts. */
export interface Strain extends TableStrain {
  /** Whether Amazon SES sends as slowly as for an account that is new to it. */
  readonly newMailAccount?: boolean;
  /** Whether AWS Lambda runs as few functions at once as for an account that is new. */
  readonly newAccount?: boolean;
}

/** Each kind of strain, by its name. */
export const strainNames = [
  'hotPartitions',
  'transactionConflicts',
  'newMailAccount',
  'newAccount',
] as const satisfies readonly (keyof Strain)[];
