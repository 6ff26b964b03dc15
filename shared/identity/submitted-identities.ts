import { type Identity, maxExternalIdLength } from '#domain/contacts/identity.ts';
import type { RefusedRow } from '#domain/imports/import-session.ts';
import { normaliseEmail } from './email.ts';
import { normalisePhone } from './phone.ts';
import { bareIdentifier } from './spreadsheet-cell.ts';

/** How national phone numbers are read. */
interface PhoneRule {
  /** ISO 3166-1 alpha-2. */
  readonly defaultCountry: string;
}

/**
 * The identities that a refused row submits, in the form in which contacts have them. If it is not known which of its
 * cells is what, as in a row of a file with a delimiter too many, it is whatever any of them could be.
 */
export const submittedIdentities = (
  { values, cells = [] }: Pick<RefusedRow, 'values' | 'cells'>,
  rule: PhoneRule,
): Identity[] =>
  Object.keys(values).length > 0
    ? identitiesOfColumns(values, rule)
    : cells.flatMap((cell) => identitiesIn(cell, rule));

const identitiesIn = (cell: string, { defaultCountry }: PhoneRule): Identity[] => {
  const text = bareIdentifier(cell.replaceAll('"', ''));
  const emails = text.match(/(?<![^\s,;|<>()])[^\s,;|<>()]+@[^\s,;|<>()]+/g) ?? [];
  return [
    ...emails.flatMap((email) => named('EMAIL', normaliseEmail(email))),
    ...named('SMS', normalisePhone(text, defaultCountry)),
    ...(text.length <= maxExternalIdLength ? named('EXT', text) : []),
  ];
};

const identitiesOfColumns = (cells: Readonly<Record<string, string>>, { defaultCountry }: PhoneRule): Identity[] =>
  Object.entries(cells).flatMap(([column, cell]): Identity[] => {
    const text = cell.trim();
    switch (column) {
      case 'externalCustomerId':
        return named('EXT', text);
      case 'email':
        return named('EMAIL', normaliseEmail(text));
      case 'sms':
        return named('SMS', normalisePhone(text, defaultCountry));
      case 'mobilepush':
        return text.split(',').flatMap((token) => named('PUSH', token.trim()));
      case 'webpush':
        return text.split(',').flatMap((token) => named('WEBPUSH', token.trim()));
      default:
        return /^\d+$/.test(column) ? named('FIELD', `${column}#${text}`) : [];
    }
  });

const named = (type: Identity['type'], value: string | undefined): Identity[] => (value ? [{ type, value }] : []);
