import { bareIdentifier, wholeNumber } from './spreadsheet-cell.ts';

/** An `externalCustomerId` without what spreadsheets and links add to it, as files and requests have it alike: `1001.0`. */
export const bareExternalId = (text: string): string => wholeNumber(bareIdentifier(text));
