import type { FileFormat, FilePart, ZipEntry } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { audienceStatus } from './audience-status.ts';
import type { NamedEntry } from './find-archive.ts';

/** What the columns are called that say in which file a row is, and what everybody in that file is. */
const statusColumn = 'Status';
const fileColumn = 'File';

/**
 * Makes one table of the files of an audience: the columns of all of them, and two that say what everybody in a file is and which
 * file it is. A file without rows is left out.
 * @throws FileError NOT_CSV or INVALID_HEADER if one of them is no table.
 */
export const openAudience = async (
  files: readonly NamedEntry[],
  open: (entry: ZipEntry) => Promise<FileFormat>,
): Promise<FileFormat> => {
  const opened: { readonly file: NamedEntry; readonly format: FileFormat }[] = [];
  for (const file of files) {
    const format = await openOne(file, open);
    if (format) opened.push({ file, format });
  }
  const [first] = opened;
  if (!first) throw new FileError('EMPTY_FILE', 'No file of the archive has a line with anything in it');
  const header = [...new Set(opened.flatMap(({ format }) => namedColumns(format)))];
  const parts = opened.map(({ file, format }) => partOf(file, format, header));
  return {
    ...first.format,
    compression: 'zip',
    header: [...header.map((column) => column.replace(/ \(\d+\)$/, '')), statusColumn, fileColumn],
    width: header.length + 2,
    start: { row: 0, line: 0 },
    notes: [`Read from ${parts.map(({ name, status }) => `'${name}' (${status})`).join(', ')}`],
    parts,
  };
};

const openOne = async (
  { name, entry }: NamedEntry,
  open: (entry: ZipEntry) => Promise<FileFormat>,
): Promise<FileFormat | undefined> => {
  try {
    const format = await open(entry);
    if (format.header && !format.kind) return format;
  } catch (error) {
    if (error instanceof FileError && error.code === 'EMPTY_FILE') return undefined;
    throw error instanceof FileError ? new FileError(error.code, `In '${name}': ${error.message}`) : error;
  }
  throw new FileError('INVALID_HEADER', `'${name}' has no header; send that file by itself`);
};

/** The columns of a table, each with a name of its own. */
const namedColumns = ({ header = [] }: FileFormat): string[] => {
  const counts = new Map<string, number>();
  return header.map((cell) => {
    const count = (counts.get(cell) ?? 0) + 1;
    counts.set(cell, count);
    return count === 1 ? cell : `${cell} (${count})`;
  });
};

const partOf = ({ name, entry }: NamedEntry, format: FileFormat, header: readonly string[]): FilePart => {
  const own = namedColumns(format);
  const { encoding, delimiter, newline, width, surplus, start } = format;
  return {
    ...{ entry, name, encoding, delimiter, newline, width, start },
    ...(surplus !== undefined && { surplus }),
    status: audienceStatus(name) ?? '',
    header: format.header ?? [],
    columns: header.map((column) => own.indexOf(column)),
  };
};
