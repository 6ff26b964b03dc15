import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoundedSource } from '#csv/bounded-source.ts';
import { openFile, resumeFile } from '#csv/open-file.ts';
import type { FileFormat, FileRow, Position } from '#domain/files/contact-file.ts';
import { fileSource } from '#test/support/files/file-source.ts';
import { charactersOf } from '#test/support/files/single-byte.ts';
import { encodeText, gzipped, zipped } from '#test/support/files/written-file.ts';
import { sized } from '#test/support/soak.ts';

const pieceSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

const packings: Readonly<Record<FileFormat['compression'], (content: Buffer) => Buffer>> = {
  none: (content) => content,
  gzip: gzipped,
  zip: (content) => zipped([{ name: 'contacts.csv', content }]),
};
const packing = fc.constantFrom('none', 'gzip', 'zip');

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252', 'koi8-u'];

/** How a program writes a table: everything that programs differ in. */
const writing = fc.record({
  encoding: fc.constantFrom(...encodings),
  hasMark: fc.boolean(),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  quoted: fc.boolean(),
  endsWithNewline: fc.boolean(),
});
type Writing = typeof writing extends fc.Arbitrary<infer W> ? W : never;

const alphabetOf = (encoding: string): string[] =>
  encoding.startsWith('utf')
    ? [...'ab @Іжє€ßñ漢字😀\u00A0\u2028']
    : charactersOf(encoding).filter((character) => character > '\u007F');

/** Rows of two to five cells, the first of which is never blank; cells have whatever hurts. */
const tableFor = ({ encoding }: Writing): fc.Arbitrary<string[][]> => {
  const harmful = [',', ';', '\t', '|', '"', '""', '\n', '\r\n', '\r', ' ', "'", '=', 'a'];
  const cell = fc.string({ unit: fc.constantFrom(...harmful, ...alphabetOf(encoding)), maxLength: 12 });
  return fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))
    .map((rows) => rows.map(([first, ...others]) => [`x${first}`, ...others]));
};

const file = fc.tuple(writing, packing, pieceSizes).chain(([how, pack, pieces]) =>
  tableFor(how).map((rows) => {
    const header = (rows[0] ?? []).map((_, index) => `column ${index}`);
    const text = stringify([header, ...rows], {
      delimiter: how.delimiter,
      record_delimiter: how.newline,
      quoted: how.quoted,
      quoted_match: /[\r\n]|^ +$|^ *"/,
      eof: how.endsWithNewline,
    });
    return { how, header, rows, text, pieces, bytes: packings[pack](encodeText(text, how.encoding, how.hasMark)) };
  }),
);

const optionsOf = ({ encoding, delimiter }: Writing) => ({ encoding, delimiter });

const all = async (rows: AsyncIterable<FileRow>): Promise<FileRow[]> => {
  const read: FileRow[] = [];
  for await (const row of rows) read.push(row);
  return read;
};

/** Reads with a new reader after every so many rows, as if each had been killed; formats and positions go through JSON. */
const inStages = async (source: BoundedSource, opened: FileFormat, stages: readonly number[]): Promise<FileRow[]> => {
  const read: FileRow[] = [];
  const format: FileFormat = JSON.parse(JSON.stringify(opened));
  let position: Position | undefined;
  for (let stage = 0; ; stage += 1) {
    const before = read.length;
    const limit = stages[stage % stages.length] ?? 1;
    for await (const row of resumeFile(source, format).rows(position)) {
      read.push(row);
      position = JSON.parse(JSON.stringify(row.position));
      if (read.length - before === limit) break;
    }
    if (read.length - before < limit) return read;
  }
};

const stages = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });

describe('a table that a program wrote', () => {
  it('is read back cell by cell, however it is written and its bytes come', () =>
    fc.assert(
      fc.asyncProperty(file, async ({ how, header, rows, bytes, pieces }) => {
        const opened = await openFile(fileSource(bytes, pieces), optionsOf(how));
        const read = await all(opened.rows());

        expect(opened.format.header).toEqual(header);
        expect(read.map(({ cells }) => cells)).toEqual(rows);
        expect(read.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1));
        expect(read.flatMap(({ problem }) => problem ?? [])).toEqual([]);
      }),
      { numRuns: sized(300, 5000) },
    ));

  it('is read on as if nobody had stopped, from any row', () =>
    fc.assert(
      fc.asyncProperty(file, stages, async ({ how, bytes, pieces }, after) => {
        const source = fileSource(bytes, pieces);
        const { format, rows } = await openFile(source, optionsOf(how));

        expect(await inStages(source, format, after)).toEqual(await all(rows()));
      }),
      { numRuns: sized(100, 2000) },
    ));

  it('has the lines that csv-parse counts', () =>
    fc.assert(
      fc.asyncProperty(file, async ({ how, text, bytes, pieces }) => {
        const { rows } = await openFile(fileSource(bytes, pieces), optionsOf(how));
        const parsed = parse(text, { delimiter: how.delimiter, record_delimiter: how.newline, skip_empty_lines: true });

        expect((await all(rows())).map(({ cells }) => cells)).toEqual(parsed.slice(1));
      }),
      { numRuns: sized(100, 2000) },
    ));
});

describe('a text that no program would write', () => {
  const chaos = fc.string({ unit: fc.constantFrom('"', '""', ',', '\n', '\r\n', 'a', 'ж', ' '), maxLength: 120 });

  it('is the same rows however its bytes come and wherever one stops', () =>
    fc.assert(
      fc.asyncProperty(chaos, packing, pieceSizes, stages, async (text, pack, pieces, after) => {
        const bytes = packings[pack](Buffer.from(`email,name\n${text}`));
        const { format, rows } = await openFile(fileSource(bytes), { delimiter: ',' });
        const atOnce = await all(rows());

        expect(await all(resumeFile(fileSource(bytes, pieces), format).rows())).toEqual(atOnce);
        expect(await inStages(fileSource(bytes, pieces), format, after)).toEqual(atOnce);
      }),
      { numRuns: sized(300, 5000) },
    ));

  it('loses no line: each that has anything on it begins a row or lies within a good one', () =>
    fc.assert(
      fc.asyncProperty(chaos, async (text) => {
        const { rows } = await openFile(fileSource(`email,name\n${text}`), { delimiter: ',' });
        const read = await all(rows());
        const covered = new Set(
          read.flatMap(({ line, position }) =>
            Array.from({ length: position.line - line + 1 }, (_, index) => line + index),
          ),
        );

        const filled = text
          .split('\n')
          .map((content, index) => ({ content, line: index + 2 }))
          .filter(({ content }) => /[aж]/.test(content));
        expect(filled.filter(({ line }) => !covered.has(line))).toEqual([]);
        expect(
          read.filter(({ problem, line, position }) => problem?.code === 'BROKEN_QUOTE' && position.line > line),
        ).toEqual([]);
      }),
      { numRuns: sized(500, 5000) },
    ));
});
