import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceNames } from '#contract/files/kits.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import { refusals } from '#test/fixtures/exports/refusals.ts';
import { moveIn } from '#test/support/files/moved-in.ts';
import { sized } from '#test/support/soak.ts';

interface Refusal {
  readonly header: string;
  readonly cell: string;
}

const refusalsOf = (text: string): Refusal[] =>
  text.split('|').map((one) => {
    const [header = '', cell = ''] = one.replace(/\s+/g, ' ').split(' = ');
    return { header: header.trim(), cell: cell.trim() };
  });

/** `None` is no answer, as an empty cell is: another column may have one. */
const all = Object.values(refusals)
  .flatMap(refusalsOf)
  .filter(({ cell }) => !/^(none|not set)$/i.test(cell));

/** Whether e-mail may go to the person of a row at once. */
const isOpen = (row: ImportRow | undefined): boolean =>
  row !== undefined && 'draft' in row && row.refusals?.email === undefined && row.draft.confirmed !== false;

const sheet = (rows: readonly (readonly string[])[], delimiter = ','): string =>
  rows.map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter)).join('\r\n');

/** What a file comes to; `stopped` where it says what is to be said of it first. */
const read = (file: Buffer, source?: string) =>
  moveIn(file, { options: source === undefined ? {} : { source } }).then(
    ({ rows }) => rows,
    (error: unknown) => {
      if (!(error instanceof FileError)) throw error;
      return 'stopped' as const;
    },
  );

describe.each(Object.entries(refusals))('an export of %s, or a column in that language', (_, text) => {
  it.each(refusalsOf(text))('makes nobody sendable by $header = $cell', async ({ header, cell }) => {
    const rows = await read(
      Buffer.from(
        sheet([
          ['Email', 'First name', 'Phone', header],
          ['no@example.com', 'Noa', '+380671230201', cell],
          ['empty@example.com', 'Eve', '+380671230202', ''],
        ]),
      ),
    );

    if (rows !== 'stopped') expect(isOpen(rows[0])).toBe(false);
  });
});

const people = ([header = [], ...rows]: Table) =>
  rows.map((cells) => Object.fromEntries(header.map((name, place) => [name, cells[place] ?? ''])));

type Table = readonly (readonly string[])[];

/** The same table as programs write it. */
const forms: readonly ((table: Table, delimiter: string) => Buffer)[] = [
  (table, delimiter) => Buffer.from(sheet(table, delimiter)),
  (table, delimiter) => Buffer.from(`\uFEFF${sheet(table, delimiter)}`),
  (table, delimiter) => Buffer.from(`\uFEFF${sheet(table, delimiter)}`, 'utf16le'),
  (table) => Buffer.from(JSON.stringify(people(table))),
  (table) =>
    Buffer.from(
      people(table)
        .map(({ Email: value, ...members }) => JSON.stringify({ channels: [{ type: 'email', value }], ...members }))
        .join('\n'),
    ),
];

const fillers: Readonly<Record<string, string>> = {
  'First Name': 'Ann',
  City: 'Kyiv',
  Tags: 'VIP',
  Notes: 'met in May',
  'Created at': '2023-01-01',
  Orders: '3',
  consent: 'yes',
  subscribed: 'true',
  Status: 'active',
};

describe('columns that say no, between others that say yes or nothing', () => {
  it('make nobody sendable, in any order, form, encoding and program', async () => {
    const said = fc.uniqueArray(fc.constantFrom(...all), {
      minLength: 1,
      maxLength: 3,
      selector: ({ header }) => header,
    });
    const others = fc.subarray(Object.entries(fillers));

    await fc.assert(
      fc.asyncProperty(
        said,
        others,
        fc.infiniteStream(fc.nat()),
        fc.constantFrom(...forms),
        fc.constantFrom(',', ';', '\t'),
        fc.option(fc.constantFrom(...sourceNames), { nil: undefined }),
        async (no, rest, luck, write, delimiter, source) => {
          const isSaid = new Set(no.map(({ header }) => header.toLowerCase()));
          const columns = [
            ['Email', 'no@example.com', 'other@example.com'],
            ...no.map(({ header, cell }) => [header, cell, '']),
            ...rest
              .filter(([header]) => !isSaid.has(header.toLowerCase()))
              .map(([header, cell]) => [header, cell, cell]),
          ]
            .map((column) => ({ column, at: luck.next().value ?? 0 }))
            .toSorted((one, other) => one.at - other.at)
            .map(({ column }) => column);
          const table = [0, 1, 2].map((row) => columns.map((column) => column[row] ?? ''));

          const rows = await read(write(table, delimiter), source);

          if (rows !== 'stopped') expect(isOpen(rows[0]), sheet(table)).toBe(false);
        },
      ),
      { numRuns: sized(600, 5000) },
    );
  }, 60_000);
});
