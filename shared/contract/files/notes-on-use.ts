import type { ColumnRule } from '#domain/files/contact-file.ts';
import type { FileColumn } from './found-columns.ts';
import { listed, quotedHeader } from './quoted-header.ts';

/** What people may not expect of columns that are known. */
export const notesOnUse = (columns: readonly FileColumn[], { settings }: ColumnRule): string[] => {
  const isNewOnly = ({ name }: FileColumn) => /^\d+$/.test(name) && !settings.customFieldsIDs.includes(Number(name));
  const fields = columns.filter(isNewOnly).map(({ header }) => quotedHeader(header));
  const id = columns.find(({ name }) => name === 'id' && settings.dedupeOn !== 'id');
  return [
    ...(fields.length > 0
      ? [`Written to new contacts only, as customFieldsIDs does not list them: ${listed(fields)}`]
      : []),
    ...(id ? [`${quotedHeader(id.header)} is not read, as dedupeOn is not id`] : []),
  ];
};
