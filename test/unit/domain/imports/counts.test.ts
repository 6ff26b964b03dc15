import { describe, expect, it } from 'vitest';
import { addUp, countOutcomes, maxColumnWarnings, noCounts, otherColumns, sumCounts } from '#domain/imports/counts.ts';
import type { Outcome } from '#domain/imports/import-session.ts';

const outcomesOf = (...outcomes: Outcome[]) => outcomes.map((outcome) => ({ outcome }));

describe('the counts of an import', () => {
  it('tell how many rows ended how', () => {
    const counts = countOutcomes(
      outcomesOf('created', 'created', 'created', 'updated', 'updated', 'unchanged', 'skipped', 'failed'),
    );

    expect(counts).toEqual({ read: 8, created: 3, updated: 2, unchanged: 1, skipped: 1, failed: 1 });
  });

  it('are the sum of its chunks', () => {
    const chunks = [countOutcomes(outcomesOf('created', 'failed')), countOutcomes(outcomesOf('updated', 'skipped'))];

    expect(sumCounts(chunks)).toEqual({ read: 4, created: 1, updated: 1, unchanged: 0, skipped: 1, failed: 1 });
    expect(sumCounts([])).toEqual(noCounts);
  });

  it('tell how many warnings of each code there are, also of rows that count as imported', () => {
    const lost = { code: 'INVALID_NAME', field: 'firstName', message: 'no' } as const;
    const unreachable = { code: 'INVALID_PHONE', field: 'sms', message: 'no' } as const;
    const chunks = [
      countOutcomes([
        { outcome: 'created', warnings: [lost, { ...lost, field: 'lastName' }] },
        { outcome: 'updated', warnings: [unreachable] },
      ]),
      countOutcomes([{ outcome: 'created', warnings: [lost] }, { outcome: 'created' }]),
    ];

    expect(sumCounts(chunks)).toMatchObject({
      read: 4,
      failed: 0,
      warned: 3,
      warnings: { INVALID_NAME: 3, INVALID_PHONE: 1 },
      columnWarnings: [
        { column: 'firstName', code: 'INVALID_NAME', count: 2 },
        { column: 'lastName', code: 'INVALID_NAME', count: 1 },
        { column: 'sms', code: 'INVALID_PHONE', count: 1 },
      ],
    });
  });

  it('count elements of a list together, and columns beyond the limit as others, so that none is lost', () => {
    const inColumn = (field: string) => ({ code: 'INVALID_MEMBER', field, message: 'no' }) as const;
    const many = Array.from({ length: maxColumnWarnings + 3 }, (_, index) => inColumn(`column ${index}`));

    const { columnWarnings = [], warnings } = sumCounts([
      countOutcomes([{ outcome: 'created', warnings: many }]),
      countOutcomes([{ outcome: 'created', warnings: [inColumn('channels[0].value'), inColumn('channels[7].value')] }]),
    ]);

    expect(columnWarnings).toContainEqual({ column: 'channels.value', code: 'INVALID_MEMBER', count: 2 });
    expect(columnWarnings.find(({ column }) => column === otherColumns)?.count).toBeGreaterThanOrEqual(3);
    expect(columnWarnings.reduce((sum, { count }) => sum + count, 0)).toBe(warnings?.INVALID_MEMBER);
  });

  it.each([
    {
      title: 'where every row has one outcome',
      counts: { ...noCounts, read: 2, created: 1, failed: 1 },
      total: 2,
      expected: true,
    },
    { title: 'for no rows', counts: noCounts, total: 0, expected: true },
    { title: 'not where rows were not read', counts: { ...noCounts, read: 2, created: 2 }, total: 3, expected: false },
    {
      title: 'not where a read row has no outcome',
      counts: { ...noCounts, read: 3, created: 2 },
      total: 3,
      expected: false,
    },
    {
      title: 'not where a row has two',
      counts: { ...noCounts, read: 2, created: 2, failed: 1 },
      total: 2,
      expected: false,
    },
  ])('add up $title', ({ counts, total, expected }) => {
    expect(addUp(counts, total)).toBe(expected);
  });
});
