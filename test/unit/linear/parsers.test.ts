import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { outsideParsers } from './outside-parsers.ts';

/** Linear work takes a fraction of a second for one text; quadratic work takes minutes. */
const longestMilliseconds = 60_000;

/** The text that a parser did not come to an end with; `undefined` if it read all of them. */
const slowTextOf = async (parser: string): Promise<string | undefined> => {
  const worker = new Worker(new URL('./read-outside-texts.ts', import.meta.url), { workerData: parser });
  let current: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const isStuck = new Promise<true>((resolve) => {
    worker.on('message', (name: string) => {
      current = name;
      clearTimeout(timer);
      timer = setTimeout(() => resolve(true), longestMilliseconds);
    });
  });
  const slow = await Promise.race([isStuck, once(worker, 'exit').then(() => false)]);
  clearTimeout(timer);
  await worker.terminate();
  return slow ? current : undefined;
};

describe('a very long text of the worst kind, read as', () => {
  it.each(Object.keys(outsideParsers))('%s', { timeout: 20 * longestMilliseconds }, async (parser) => {
    expect(await slowTextOf(parser)).toBeUndefined();
  });
});
