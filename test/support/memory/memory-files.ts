import type { FileReader, FileRow, FileSource, Position, ReadColumns } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { UploadedFiles } from '#domain/files/ports.ts';
import { fileFormat } from '../makers.ts';
import type { Step } from './step.ts';

/** Uploaded files in memory, by their key. */
export const memoryUploadedFiles = (objects: Map<string, string>, step: Step): UploadedFiles => ({
  open: ({ key, size }) => ({
    size,
    read: async (from, to = size) => {
      await step(`readFile ${from}`);
      const text = objects.get(key);
      if (text === undefined) throw new FileError('FILE_GONE', 'The file is not there any more');
      return bytesOf(Buffer.from(text).subarray(from, to));
    },
  }),
  remove: async ({ key }) => {
    await step(`removeFile ${key}`);
    objects.delete(key);
  },
});

/** A reader of files whose lines are rows without quotes; a line `!` is where the file turns out to be damaged. */
export const lineReader: FileReader = {
  openFile: async (source) => ({ format: lineFormat, rows: (after) => rowsOf(source, after) }),
  resumeFile: (source, format) => ({ format, rows: (after) => rowsOf(source, after) }),
};

/** The columns of such a file: an e-mail address and a first name. */
export const lineColumns: ReadColumns = () => ({
  header: ['email', 'firstName'],
  notes: ['The second column is a first name'],
  readRow: ({ row, line, cells: [email = '', firstName = ''] }) =>
    email.includes('@')
      ? { row, line, draft: { email, ...(firstName && { firstName }) } }
      : { row, line, values: { email }, errors: [{ code: 'INVALID_EMAIL', field: 'email', message: 'It is none' }] },
});

const lineFormat = fileFormat({ delimiter: ';', width: 2 });

async function* rowsOf(source: FileSource, after: Position = lineFormat.start): AsyncGenerator<FileRow, void> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await source.read(after.byte ?? 0)) pieces.push(piece);
  let { row, byte = 0 } = after;
  for (const line of Buffer.concat(pieces).toString().split('\n')) {
    if (line === '') continue;
    if (line === '!') throw new FileError('ARCHIVE_DAMAGED', `The file is damaged after row ${row}`);
    row += 1;
    byte += Buffer.byteLength(line) + 1;
    yield { row, line: row, cells: line.split(';'), position: { row, line: row, byte } };
  }
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}
