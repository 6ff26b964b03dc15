import type { ImportSettings } from '#domain/imports/import-session.ts';

/** What one column of a file is: its name by contract 4.9 (a custom field's is its id), and what people call it. */
export interface FileColumn {
  readonly name: string;
  /** As in the file. */
  readonly header: string;
  /** Its place in a row, from 0. */
  readonly index: number;
}

/** The columns that are read, and what people should know of the others. */
export interface FoundColumns {
  readonly columns: readonly FileColumn[];
  readonly notes: readonly string[];
}

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

const maxLength = 40;

/** A header as a message quotes it. */
export const quotedHeader = (header: string): string =>
  `'${header.length > maxLength ? `${header.slice(0, maxLength).toWellFormed()}…` : header}'`;

const maxListed = 20;

/** Headers as a message lists them. */
export const listed = (headers: readonly string[]): string =>
  headers.length > maxListed
    ? `${headers.slice(0, maxListed).join(', ')} and ${headers.length - maxListed} more`
    : headers.join(', ');
