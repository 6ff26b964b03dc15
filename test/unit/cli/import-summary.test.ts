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
      warnings: { INVALID_PHONE: 1, INVALID_NAME: 18_942 },
    });

    expect(summary).toContain('18,942 x INVALID_NAME. The name');
    expect(summary.indexOf('INVALID_NAME')).toBeLessThan(summary.indexOf('INVALID_PHONE'));
  });
});
