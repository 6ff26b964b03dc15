import { describe, expect, it } from 'vitest';
import { limitSegments, maxRowSegments } from '#domain/files/row-segments.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';

const tagged = (row: number, ...segmentNames: string[]): ImportRow => ({
  row,
  draft: { email: `${row}@x.x`, ...(segmentNames.length > 0 && { segmentNames }) },
});

const namesIn = (rows: readonly ImportRow[]) =>
  rows.map((row) => ('draft' in row ? row.draft.segmentNames : undefined));

describe('the segments of the rows of a file', () => {
  it('are written as they came first, also in an earlier window', () => {
    const { rows, names } = limitSegments([tagged(1, 'vip', 'Blog'), tagged(2, 'BLOG'), tagged(3)], ['VIP']);

    expect(namesIn(rows)).toEqual([['VIP', 'Blog'], ['Blog'], undefined]);
    expect(names).toEqual(['VIP', 'Blog']);
  });

  it('are left out with a warning where the file has too many of them', () => {
    const before = Array.from({ length: maxRowSegments }, (_, index) => `tag ${index}`);

    const { rows, names } = limitSegments([tagged(1, 'tag 7', 'one more')], before);

    expect(namesIn(rows)).toEqual([['tag 7']]);
    expect(rows).toMatchObject([{ warnings: [{ code: 'SEGMENT_LEFT_OUT' }] }]);
    expect(names).toEqual(before);
  });
});
