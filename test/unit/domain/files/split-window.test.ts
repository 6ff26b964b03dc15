import { describe, expect, it } from 'vitest';
import type { FileRow } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { maxChunksPerWindow } from '#domain/files/ports.ts';
import { chunksOfWindow, type FileWindow, windowsOf } from '#domain/files/split-window.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';

const columns = { readRow: ({ row }: FileRow): ImportRow => ({ row, draft: { email: `${row}@x.x` } }) };

async function* rowsOf(count: number, cells: readonly string[], error?: Error): AsyncGenerator<FileRow> {
  for (let row = 1; row <= count; row++) {
    yield { row, line: row, cells, position: { row, line: row, byte: row } };
  }
  if (error) throw error;
}

const windowsIn = async (rows: AsyncGenerator<FileRow>, size?: number): Promise<FileWindow[]> => {
  const windows: FileWindow[] = [];
  for await (const window of windowsOf(rows, columns, size)) windows.push(window);
  return windows;
};

describe('windows of a file', () => {
  it('have so many rows each, and the last one, which may be empty, has no place to go on', async () => {
    const windows = await windowsIn(rowsOf(4, ['a']), 2);

    expect(windows.map(({ rows }) => rows.map(({ row }) => row))).toEqual([[1, 2], [3, 4], []]);
    expect(windows.map(({ position }) => position?.row)).toEqual([2, 4, undefined]);
  });

  it.each([
    ['long cells', ['x'.repeat(100_000)]],
    ['many cells', Array.from({ length: 9_100 }, () => '')],
  ])('have fewer rows where these have %s', async (_, cells) => {
    const [first] = await windowsIn(rowsOf(60, cells));

    expect(first?.rows.length).toBeGreaterThan(40);
    expect(first?.rows.length).toBeLessThan(60);
  });

  it('end where the file cannot be read any further, with its rows before and the place', async () => {
    const error = new FileError('ARCHIVE_DAMAGED', 'It is damaged');

    const windows = await windowsIn(rowsOf(3, ['a'], error), 2);

    expect(windows.map(({ rows }) => rows.length)).toEqual([2, 1]);
    expect(windows[1]).toMatchObject({ error, position: { row: 3 } });
  });

  it('pass on what is no fault of the file', async () => {
    await expect(windowsIn(rowsOf(3, ['a'], new Error('The bucket is away')), 2)).rejects.toThrow('The bucket is away');
  });
});

describe('chunks of a window', () => {
  it('are never more than are added at once, however its rows are linked', () => {
    // Families of 126 rows: no two of them fit one chunk of 250.
    const rows = Array.from(
      { length: 10_000 },
      (_, index): ImportRow => ({
        row: index + 1,
        draft: { email: `${Math.floor(index / 126)}@x.x` },
      }),
    );

    const chunks = chunksOfWindow(rows, { dedupeOn: 'email' });

    expect(chunks.length).toBeLessThanOrEqual(maxChunksPerWindow);
    expect(chunks.flat()).toHaveLength(10_000);
  });
});
