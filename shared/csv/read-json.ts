import type { FileFormat, JsonForm, Position } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { BoundedSource } from './bounded-source.ts';
import { decoderOf } from './decoder.ts';
import { jsonCutter } from './json-cutter.ts';
import { readContent } from './read-content.ts';
import { linesFrom, type PlacedRecord } from './read-placed-records.ts';
import { tooLong } from './read-records.ts';
import { isCutBeforeDecoding } from './text-decoder.ts';

/** What the only column is called under which the texts of contacts in JSON stand. */
export const jsonHeader: readonly string[] = ['contact'];

/** The contacts of a file of JSON from a position on, each as its text. */
export const readJson = (
  source: BoundedSource,
  format: FileFormat,
  after: Position,
): AsyncGenerator<PlacedRecord[], void> => {
  const { jsonForm = 'lines' } = format;
  return jsonForm === 'lines'
    ? readJsonLines(source, format, after)
    : readJsonList(source, { format, jsonForm }, after);
};

async function* readJsonLines(
  source: BoundedSource,
  format: FileFormat,
  after: Position,
): AsyncGenerator<PlacedRecord[], void> {
  const isDirect = format.compression === 'none' && isCutBeforeDecoding(format.encoding);
  const from = isDirect ? after.byte : undefined;
  let line = from === undefined ? 0 : after.line;
  for await (const lines of linesFrom(source, { ...format, newline: '\n' }, from)) {
    const records: PlacedRecord[] = [];
    for (const { text, isCut, end } of lines) {
      line += 1;
      const next = { line, ...(isDirect && { byte: (from ?? 0) + end }) };
      if (line > after.line) records.push(recordOf(text, { line, lastLine: line, end, next }, isCut));
    }
    if (records.length > 0) yield records;
  }
}

async function* readJsonList(
  source: BoundedSource,
  { format, jsonForm }: { readonly format: FileFormat; readonly jsonForm: Exclude<JsonForm, 'lines'> },
  after: Position,
): AsyncGenerator<PlacedRecord[], void> {
  const cutter = jsonCutter(jsonForm);
  const decoder = decoderOf(format.encoding);
  let toSkip = after.row;
  for await (const bytes of readContent(source, format)) {
    const elements = cutter.cut(decoder.decode(bytes, { stream: true }));
    const fresh = toSkip > 0 ? elements.slice(toSkip) : elements;
    toSkip -= elements.length - fresh.length;
    if (fresh.length === 0) continue;
    yield fresh.map(({ text, line, isCut }) => recordOf(text, { line, lastLine: line, end: 0, next: { line } }, isCut));
  }
  const line = cutter.openLine();
  if (line === undefined) return;
  throw new FileError(
    'FILE_DAMAGED',
    `The JSON has no end: what begins on line ${line} is never closed. Send all of it`,
  );
}

const recordOf = (text: string, place: Omit<PlacedRecord, 'cells'>, isCut = false): PlacedRecord => ({
  ...place,
  cells: [text],
  ...(isCut && { problem: tooLong }),
});
