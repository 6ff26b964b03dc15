import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importRowBody } from '#contract/imports/import-response.ts';
import { answerBytesOf, rowsCsv } from '#contract/imports/rows-csv.ts';
import { openFile } from '#csv/open-file.ts';
import type { FileRow } from '#domain/files/contact-file.ts';
import type { ImportRow, RowOutcome } from '#domain/imports/import-session.ts';
import { problemCodes } from '#domain/problem.ts';
import { withoutGuard } from '#identity/spreadsheet-cell.ts';
import { submittedIdentities } from '#identity/submitted-identities.ts';
import { fileSource } from '#test/support/files/file-source.ts';

const facts = (header: readonly string[], delimiter = ';') => ({
  header,
  delimiter,
  encoding: 'windows-1251',
  notes: [],
  isComplete: true,
});

const refusedRow = (row: number, line: number, cells: readonly string[]): { row: ImportRow; outcome: RowOutcome } => {
  const error = { code: 'RAGGED_ROW', field: 'row', message: problemCodes.RAGGED_ROW } as const;
  return { row: { row, line, cells, errors: [error], values: {} }, outcome: { row, line, outcome: 'failed', error } };
};

const readAgain = async (text: string, encoding?: string): Promise<{ header: readonly string[]; rows: FileRow[] }> => {
  const { format, rows } = await openFile(fileSource(text), encoding === undefined ? {} : { encoding });
  const read: FileRow[] = [];
  for await (const row of rows()) read.push(row);
  return { header: format.header ?? [], rows: read };
};

describe('rows.csv of a file', () => {
  it('has the columns and cells of the file after line and error, with its delimiter', () => {
    const csv = rowsCsv([refusedRow(1, 2, ['a@example.com', 'Smith; Ann', '=1+1'])], {
      file: facts(['E-mail', 'Name', '=x']),
    });

    expect(csv).toBe(
      [
        "\uFEFFline;error;E-mail;Name;'=x",
        '2;RAGGED_ROW: The row has more or fewer cells than the header;a@example.com;"Smith; Ann";\'=1+1',
        '',
      ].join('\r\n'),
    );
  });

  it('keeps a row of too many or too few cells one, until it is mended', async () => {
    const csv = rowsCsv(
      [refusedRow(1, 2, ['a@example.com', 'Smith', 'Ann', 'Kyiv']), refusedRow(2, 3, ['b@example.com'])],
      { file: facts(['email', 'name', 'town']) },
    );

    const { rows } = await readAgain(csv);

    expect(rows.map(({ problem }) => problem?.code)).toEqual(['RAGGED_ROW', 'RAGGED_ROW']);
  });

  it('does not grow when it is imported and exported again', () => {
    const once = rowsCsv([refusedRow(1, 5, ['17', 'RAGGED_ROW: x', 'a@example.com'])], {
      file: facts(['line', 'error', 'email']),
    });

    expect(once.split('\r\n')[0]).toBe('\uFEFFline;error;email');
    expect(once.split('\r\n')[1]).toMatch(/^5;RAGGED_ROW: [^;]*;a@example.com$/);
  });

  it('is read again as it was, in whatever encoding its caller says', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.string({ unit: fc.constantFrom(...'=+-@\'"; ,\n\tаїa1') }), { minLength: 2, maxLength: 2 }),
          { minLength: 1 },
        ),
        async (table) => {
          const rows = table.map((cells, index) => refusedRow(index + 1, index + 2, cells));

          const again = await readAgain(rowsCsv(rows, { file: facts(['email', "ім'я"]) }), 'windows-1251');

          expect(again.header).toEqual(['line', 'error', 'email', "ім'я"]);
          expect(again.rows.map(({ cells }) => cells.slice(2).map(withoutGuard))).toEqual(
            table.map((cells) => cells.map(withoutGuard)),
          );
        },
      ),
      { numRuns: 200 },
    ));

  it('says in its last line where the rows are that it lacks, in a row that an import reads and fails', async () => {
    const csv = rowsCsv([refusedRow(1, 2, ['a@example.com', 'Ann'])], {
      file: facts(['email', 'name']),
      next: '/next',
    });

    const { rows } = await readAgain(csv);

    expect(csv.split('\r\n').at(-2)).toBe(';MORE_ROWS: This file is not complete. The next rows are at /next;;');
    expect(rows.at(-1)).toMatchObject({ cells: ['', expect.stringContaining('MORE_ROWS'), '', ''] });
    expect(rows.at(-1)?.problem).toBeUndefined();
  });

  it('is as large in the JSON of an answer as its rows were said to be, or smaller', () =>
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 })), (table) => {
        const rows = table.map((cells, index) => refusedRow(index + 1, index + 2, cells));
        const file = facts(['a', 'b', 'c', 'd']);
        const bytes = rows.map((row) => answerBytesOf(row, file)).reduce((sum, one) => sum + one, 0);

        const answer = JSON.stringify(rowsCsv(rows, { file }));

        const header = 50;
        expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(bytes + header);
      }),
    ));

  it('has the number of a row that was erased and nothing else of it', () => {
    const { outcome } = refusedRow(1, 2, []);

    const csv = rowsCsv([{ row: { row: 1, errors: [], values: {} }, outcome }], { file: facts(['email']) });

    expect(csv.split('\r\n')[1]).toMatch(/^2;RAGGED_ROW: [^;]*$/);
  });
});

describe('a row of a file', () => {
  it('is shown with its line and its column', () => {
    const error = { code: 'INVALID_EMAIL', field: 'Ел. пошта', message: "'x' is not valid email" } as const;

    expect(importRowBody({ row: 17, line: 19, outcome: 'failed', error })).toEqual({
      row: 17,
      line: 19,
      outcome: 'failed',
      code: 'INVALID_EMAIL',
      field: 'Ел. пошта',
      message: "'x' is not valid email",
    });
  });

  it('is found by whatever its cells could be where nobody knows what they are', () => {
    const cells = ['"Smith', ' Ann "Ann@Example.com"', "'+38 094 258 36 91", 'C-17'];

    const identities = submittedIdentities({ values: {}, cells }, { defaultCountry: 'UA' });

    expect(identities).toEqual(
      expect.arrayContaining([
        { type: 'EMAIL', value: 'ann@example.com' },
        { type: 'SMS', value: '380942583691' },
        { type: 'EXT', value: 'C-17' },
      ]),
    );
  });
});
