import type { ImportSettings } from '#domain/imports/import-session.ts';
import type { ConsentColumn } from '../consent/consent-column.ts';
import { targetOf } from '../consent/consent-targets.ts';
import type { UnclearConsent } from './find-consent.ts';
import type { Kit } from './kits.ts';

/** What one column of a file is: its name by contract 4.9 (a custom field's is its id), and what people call it. */
export interface FileColumn {
  readonly name: string;
  /** As in the file. */
  readonly header: string;
  /** Its place in a row, from 0. */
  readonly index: number;
  /** The address of a person that it is a part of, where there may be several. */
  readonly block?: string;
  /** The column that says what kind of phone it is. */
  readonly labelIndex?: number;
}

/** The columns that are read, and what people should know of the others. */
export interface FoundColumns {
  /** Of several with one name the first that has a value counts. */
  readonly columns: readonly FileColumn[];
  readonly consent: readonly ConsentColumn[];
  /** Why it is not clear who may be written to: then nothing is imported. */
  readonly unclear: readonly UnclearConsent[];
  readonly kit?: Kit | undefined;
  readonly notes: readonly string[];
}

/** What columns became, by their place in a row: a member, what they say of consent, or a custom field by its id. */
export const targetsOf = ({ columns, consent }: Pick<FoundColumns, 'columns' | 'consent'>): Map<number, string> =>
  new Map([
    ...columns.map(({ index, name }) => [index, name] as const),
    ...consent.map((column) => [column.index, targetOf(column)] as const),
  ]);

/** The columns that say which contact a row means (contract 4.9). */
export const identifyingColumns = ({ dedupeOn, fieldId }: ImportSettings): readonly string[] => {
  switch (dedupeOn) {
    case 'email_or_sms':
      return ['sms', 'email', 'externalCustomerId'];
    case 'push':
      return ['mobilepush', 'externalCustomerId'];
    case 'fieldId':
      return [String(fieldId), 'externalCustomerId'];
    case 'externalCustomerId':
      return ['externalCustomerId'];
    default:
      return [dedupeOn, 'externalCustomerId'];
  }
};
