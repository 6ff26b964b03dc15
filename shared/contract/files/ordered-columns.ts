import type { ColumnRule } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { columnNamed } from './column-name.ts';
import type { FoundColumns } from './found-columns.ts';

type OrderRule = Pick<ColumnRule, 'settings' | 'definitions' | 'options'>;

/**
 * The columns of a file without a header: those that `contactFields` and then `customFieldsIDs` name, in their order
 * (contract 4.9). Without them, only a single column of e-mail addresses is certain.
 * @throws FileError INVALID_HEADER if it is not said what the columns are, or more are named than there are.
 */
export const columnsByOrder = (
  width: number,
  { settings: { contactFields, customFieldsIDs, dedupeOn }, definitions, options: { fieldMapping } }: OrderRule,
): FoundColumns => {
  const isListOfEmails = width === 1 && (dedupeOn === 'email' || dedupeOn === 'email_or_sms');
  if (!contactFields && isListOfEmails)
    return { columns: [{ name: 'email', header: 'email', index: 0 }], consent: [], unclear: [], notes: [] };
  if (!contactFields) {
    const message = `The first line is a contact and no header, and contactFields does not say what its ${width} columns are`;
    throw new FileError('INVALID_HEADER', message);
  }
  const names = [...contactFields, ...customFieldsIDs.map(String)];
  if (names.length > width) {
    const message = `contactFields and customFieldsIDs name ${names.length} columns, and the file without a header has ${width}`;
    throw new FileError('INVALID_HEADER', message);
  }
  const columns = names.flatMap((given, index) => {
    const name = columnNamed(given, definitions);
    return name === undefined ? [] : [{ name, header: name, index }];
  });
  const rest = width - names.length;
  const notes =
    rest > 0 ? [`The last ${rest} columns are not read, as contactFields and customFieldsIDs do not name them`] : [];
  return {
    columns,
    consent: [],
    unclear: [],
    notes: [
      'The file has no header: its columns are those of contactFields and customFieldsIDs',
      ...notes,
      ...(fieldMapping ? ['fieldMapping is not followed, as the file has no header'] : []),
    ],
  };
};
