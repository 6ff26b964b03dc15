import { expect, it } from 'vitest';
import { slowestTen } from '#test/support/slowest-ten.ts';

it('names the slowest ten files of a run, the slowest first', () => {
  const files = [4, 12, 1, 8, 3, 11, 6, 10, 2, 7, 9, 5].map((seconds) => ({
    name: `test/${seconds}.test.ts`,
    ms: seconds * 1000,
  }));

  const [title, first, ...others] = slowestTen(files).split('\n');

  expect(title).toBe('The slowest files:');
  expect(first).toBe('   12.0 s  test/12.test.ts');
  expect(others.map((line) => line.trim())).toEqual(
    [11, 10, 9, 8, 7, 6, 5, 4, 3].map((seconds) => `${seconds}.0 s  test/${seconds}.test.ts`),
  );
});
