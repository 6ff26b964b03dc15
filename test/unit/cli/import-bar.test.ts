import { describe, expect, test } from 'vitest';
import { barOn, importLine, sendingLine } from '../../../cli/import-bar.ts';

const streamOf = (isTTY: boolean) => {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, written };
};

describe('the progress of an import', () => {
  test.each([
    [
      { read: 2500, total: 10_000, isComplete: true, rowsPerSecond: 1250 },
      `${'█'.repeat(7)}${'░'.repeat(23)}  25 %  2,500 of 10,000 rows, 1,250 rows a second, 0:06 left`,
    ],
    [
      { read: 1, total: 1_000_000, isComplete: true, rowsPerSecond: 200 },
      `${'░'.repeat(30)}   0 %  1 of 1,000,000 rows, 200 rows a second, 1:23:20 left`,
    ],
    [{ read: 0, total: 5, isComplete: true }, `${'░'.repeat(30)}   0 %  0 of 5 rows`],
    [{ read: 0, total: 0, isComplete: true }, `${'█'.repeat(30)} 100 %  0 of 0 rows`],
    [{ read: 250, total: 20_000, isComplete: true, isPaused: true, rowsPerSecond: 50 }, 'Paused at 250 of 20,000 rows'],
    [
      { read: 100, total: 10_000, isComplete: false, rowsPerSecond: 50 },
      'Reading the file: 10,000 rows so far, 100 done, 50 rows a second',
    ],
  ])('%j is one line', (progress, line) => {
    expect(importLine(progress)).toBe(line);
  });

  test('of what is sent is told in MB', () => {
    expect(sendingLine(1_048_576, 4_194_304)).toBe('Sending the file: 25 % of 4.0 MB');
  });

  test('is one line that changes on a terminal', () => {
    const { stream, written } = streamOf(true);
    const bar = barOn(stream);

    for (const line of ['one', 'two', 'two']) bar.show(line);
    bar.end();

    expect(written).toEqual(['\r\u001b[Kone', '\r\u001b[Ktwo', '\r\u001b[K']);
  });

  test('is a plain line now and then elsewhere', () => {
    const { stream, written } = streamOf(false);
    let time = 0;
    const bar = barOn(stream, () => time);

    for (const line of ['one', 'two', 'three', 'three', 'four']) {
      bar.show(line);
      time += 3000;
    }
    bar.end();

    expect(written).toEqual(['one\n', 'three\n', 'four\n']);
  });
});
