import type { FileFormat, Position } from '#domain/files/contact-file.ts';
import type { BoundedSource } from './bounded-source.ts';
import { readJson } from './read-json.ts';
import { type PlacedRecord, readPlacedRecords } from './read-placed-records.ts';
import { readSheet } from './read-sheet.ts';
import { readVcards } from './read-vcards.ts';

/** The records of a file of any kind after a position. */
export const readFormat = (
  source: BoundedSource,
  format: FileFormat,
  after: Position,
): AsyncGenerator<PlacedRecord[], void> => {
  if (format.kind === 'json') return readJson(source, format, after);
  if (format.kind === 'vcard') return readVcards(source, format, after);
  return format.place ? readSheet(source, format.place, after) : readPlacedRecords(source, format, after);
};
