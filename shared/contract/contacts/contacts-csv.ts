import { stringify } from 'csv-stringify/sync';
import type { Contact } from '#domain/contacts/contact.ts';
import { standingOf } from '#domain/contacts/contact-filter.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { contactColumnNames, contactColumns, originColumnNames } from '../files/contact-columns.ts';
import { sourceLabels } from './contact-response.ts';

const ownColumns = [...originColumnNames, 'source', 'state', 'createdAt', 'updatedAt'] as const;

/**
 * Contacts as a file that can be imported again: the columns of a file of contacts, a column for each custom field under
 * its id, and what an import does not read. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export const contactsCsv = (
  found: readonly { readonly contact: Contact; readonly suppression: Suppression | undefined }[],
  definitions: readonly CustomField[],
): string => {
  const columns = [...contactColumnNames, ...definitions.map(({ id }) => String(id)), ...ownColumns];
  const rows = found.map(({ contact, suppression }) => ({
    ...contactColumns(contact),
    source: sourceLabels[contact.source],
    state: standingOf(contact, suppression),
    createdAt: contact.createdAt,
    updatedAt: contact.updatedAt,
  }));
  return stringify(rows, {
    header: true,
    columns,
    record_delimiter: '\r\n',
    quote_record_delimiter: true,
    escape_formulas: true,
  });
};
