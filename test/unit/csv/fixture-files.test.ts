import { describe, expect, it } from 'vitest';
import { readColumns } from '#contract/files/file-columns.ts';
import { openFile } from '#csv/open-file.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import { personalFields } from '#domain/fields/personal-fields.ts';
import type { ImportRow, ImportSettings } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { fileFixtures } from '#test/fixtures/files/all-fixtures.ts';
import type { ExpectedRow, FileFixture } from '#test/fixtures/files/file-fixture.ts';
import { fileSource } from '#test/support/files/file-source.ts';

const settings: ImportSettings = {
  dedupeOn: 'email',
  customFieldsIDs: [],
  groupNames: [],
  groupNamesExclude: [],
  restoreDeleted: false,
};

const bonus: CustomField = {
  id: 12345,
  group: 'Loyalty',
  name: 'Bonus',
  key: 'BONUS',
  type: 'number',
  identifier: false,
};
const definitions = new Map([...personalFields, bonus].map((field) => [field.id, field]));

const published = (problems: readonly Problem[] = []): string[] =>
  problems.map(({ code, field }) => `${code} ${field}`);

const shown = (row: ImportRow): ExpectedRow =>
  'draft' in row
    ? {
        line: row.line ?? 0,
        draft: row.draft,
        ...(row.refusals && { refusals: row.refusals }),
        ...(row.warnings && { warnings: published(row.warnings) }),
      }
    : { line: row.line ?? 0, errors: published(row.errors) };

const read = async ({ bytes, options = {}, settings: about }: FileFixture) => {
  const { format, rows } = await openFile(fileSource(bytes, [1000, 7, 300]), options);
  const sample: (readonly string[])[] = [];
  for await (const { cells, problem } of rows()) if (!problem) sample.push(cells);
  const rule = { settings: { ...settings, ...about }, options, definitions, defaultCountry: 'UA' };
  const columns = readColumns(format, rule, sample);
  const shownRows: ExpectedRow[] = [];
  for await (const row of rows()) shownRows.push(shown(columns.readRow(row)));
  return { ...format, notes: [...format.notes, ...columns.notes], rows: shownRows };
};

describe('files as people have them', () => {
  it('are at least forty', () => {
    expect(fileFixtures.length).toBeGreaterThanOrEqual(40);
  });

  it.each(fileFixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const { expected } = fixture;

    if ('error' in expected) {
      await expect(read(fixture)).rejects.toMatchObject({
        code: expected.error,
        message: expect.stringMatching(expected.message),
      });
      return;
    }
    const { rows, notes, encoding, delimiter } = await read(fixture);
    expect(rows).toEqual(expected.rows);
    // Most files say nothing of consent, and each is told so.
    const told = notes.filter((note) => !note.startsWith('No column says who may be written to'));
    if (expected.notes) expect(told).toEqual(expected.notes.map((note) => expect.stringMatching(note)));
    expect({ encoding, delimiter }).toMatchObject({
      ...(expected.encoding && { encoding: expected.encoding }),
      ...(expected.delimiter && { delimiter: expected.delimiter }),
    });
  });
});
