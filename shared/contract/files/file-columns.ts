import type { ColumnRule, FileColumns, FileFormat, FileSample } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { fileRowReader } from './file-row.ts';
import { type FileColumn, identifyingColumns, targetsOf } from './found-columns.ts';
import { columnsByHeader } from './header-columns.ts';
import { jsonColumns } from './json-columns.ts';
import { plainSource } from './kits.ts';
import { notesOnUse } from './notes-on-use.ts';
import { columnsByOrder } from './ordered-columns.ts';
import { listed, quotedHeader } from './quoted-header.ts';

/**
 * Finds out what the columns of a file mean: by its header and a sample of its rows, or, where it has none, by the order in which `contactFields` and
 * `customFieldsIDs` name them (contract 4.9).
 * @throws FileError INVALID_HEADER where no row could say which contact it means, or `fieldMapping` cannot be followed; CONSENT_COLUMN_UNCLEAR.
 */
export const readColumns = (format: FileFormat, given: ColumnRule, sample: FileSample): FileColumns => {
  if (format.kind === 'json') return jsonColumns(format, given, sample);
  const rule = { ...given, options: optionsOf(format, given.options) };
  const { header, width } = format;
  const found = header ? columnsByHeader(header, rule, sample) : columnsByOrder(width, rule);
  const { columns, notes } = found;
  const [unclear] = found.unclear;
  if (unclear) throw new FileError('CONSENT_COLUMN_UNCLEAR', unclear.message);
  refuseUnidentified(columns, format, rule);
  const names = new Map(columns.map(({ index, name }) => [index, name]));
  const targets = targetsOf(found);
  const titles = header ?? Array.from({ length: width }, (_, index) => names.get(index) ?? `column ${index + 1}`);
  return {
    header: titles,
    targets: titles.map((_, index) => targets.get(index) ?? ''),
    notes: [...notes, ...notesOnUse(columns, rule)],
    readRow: fileRowReader(found, rule, sample),
  };
};

/** What vCards are read into looks like the export of a program, and is none. */
export const optionsOf = ({ kind }: Pick<FileFormat, 'kind'>, options: FileOptions): FileOptions =>
  kind === 'vcard' ? { source: plainSource, ...options } : options;

const refuseUnidentified = (
  columns: readonly FileColumn[],
  { header, kind, notes }: FileFormat,
  { settings }: ColumnRule,
): void => {
  const wanted = identifyingColumns(settings);
  if (columns.some(({ name }) => wanted.includes(name) || name === 'channelValue')) return;
  // A first line in which nothing is known may be somebody's data, and is not repeated.
  const cells = columns.length > 0 && header ? header.filter((name) => name.trim() !== '').map(quotedHeader) : [];
  const found =
    cells.length > 0 ? `; its columns are ${listed(cells)}, and fieldMapping can say what they mean` : remedy;
  const phones =
    settings.dedupeOn === 'email' && columns.some(({ name }) => name === 'sms')
      ? '. dedupeOn email_or_sms knows contacts by their phones, too'
      : '';
  const elsewhere = kind === 'workbook' ? notes.filter((note) => note.includes('heet')).map((note) => `. ${note}`) : [];
  const message = `No column of the file is ${wanted.join(' or ')}, to know contacts by${found}${phones}${elsewhere.join('')}`;
  throw new FileError('INVALID_HEADER', message);
};

/** A first line may be a title, or a contact: then it is not repeated. */
const remedy = '. Its first line has to name the columns; if it does, fieldMapping can say what they mean';
