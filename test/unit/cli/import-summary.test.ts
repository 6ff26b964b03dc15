import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../cli/import-summary.ts';

describe('the summary of an import', () => {
  it('tells of what was left out of rows that did not fail', () => {
    const summary = summaryOf({
      sessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90',
      state: 'FINISHED',
      upload: { notes: [], segments: [], isComplete: true },
      total: 20_000,
      read: 20_000,
      created: 20_000,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      failed: 0,
      columnWarnings: [
        { column: 'Ім’я', code: 'INVALID_NAME', count: 18_942 },
        { column: 'Phone', code: 'INVALID_PHONE', count: 1 },
        { column: 'Last', code: 'INVALID_NAME', count: 1 },
      ],
      warned: 18_943,
    });

    expect(summary).toContain('FINISHED: 20,000 rows, with 18,944 warnings\n');
    expect(summary).toMatch(
      /Warnings in 18,943 rows:\n {2}INVALID_NAME: The name.*\n {4}18,942 x in Ім’я\n {4}1 x in Last\n {2}INVALID_PHONE: .*\n {4}1 x in Phone\n/,
    );
  });

  it('says which segments tags became, or would become', () => {
    const segments = [
      { name: 'VIP', isNew: true },
      { name: 'Blog', isNew: true },
      { name: 'Old', isNew: false },
    ];
    const counts = { total: 1, read: 1, created: 1, updated: 0, unchanged: 0, skipped: 0, failed: 0, warned: 0 };
    const session = { sessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90', state: 'FINISHED' } as const;
    const done = { ...session, ...counts, columnWarnings: [], upload: { notes: [], segments, isComplete: true } };

    expect(summaryOf(done)).toContain('Segments of tags, made: VIP, Blog\nSegments of tags, there before: Old\n');
    expect(summaryOf({ ...done, dryRun: true })).toContain('Segments of tags, would be made: VIP, Blog\n');
  });
});
