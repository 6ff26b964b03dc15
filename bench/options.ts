import { parseArgs } from 'node:util';
import type { Way } from './measure-rate.ts';

/** What `npm run bench` explains to a person. */
export const usage = `Measures the local stack beside its bounds and its ceilings.

  npm run bench                            everything, some minutes
  npm run bench -- --quick                 small sizes, under a minute
  npm run bench -- --rows 10000,100000     the sizes of the imports to time
  npm run bench -- --file                  times imports of one file each instead of requests
  npm run bench -- --keep                  measures what npm run cost reckons with, and keeps it
  npm run bench -- --only rate             measures that alone: bundles, cost, accept, subscribe, split or rate

A million rows against ten thousand: npm run bench -- --only rate --file --rows 10000,1000000

Exits with 1 where a bound is broken. The numbers are kept as JSON under bench/results/.`;

/** What can be measured alone. */
const parts = ['bundles', 'cost', 'accept', 'subscribe', 'split', 'rate'] as const;

export type Part = (typeof parts)[number];

/** How much is measured. */
export interface BenchOptions {
  /** Rows of each import that is timed, ascending. */
  readonly rows: readonly number[];
  /** How the contacts of these imports are sent. */
  readonly way: Way;
  /** What is measured; everything if empty. */
  readonly only: readonly Part[];
  /** Whether what work uses is measured and kept for the forecast of a month, and nothing else is. */
  readonly keep: boolean;
  /** MB of the file that is cut into chunks. */
  readonly splitMegabytes: number;
  /** Requests of which the time until the answer is taken. */
  readonly acceptRounds: number;
  /** Contacts that subscribe one after the other, new ones and then known ones. */
  readonly subscribeRounds: number;
  /** Fresh processes that import each bundle. */
  readonly importRounds: number;
}

/** The arguments cannot be understood; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Reads the arguments; `undefined` if a person only asked for help. Throws `UsageError`. */
export const readOptions = (args: readonly string[]): BenchOptions | undefined => {
  const { quick = false, rows, file = false, only = [], keep = false, help } = parse(args);
  if (help) return undefined;
  const sizes = rows?.split(',').map(sizeOf) ?? (quick ? [6_000] : [10_000, 100_000]);
  return {
    rows: sizes.sort((one, other) => one - other),
    way: file ? 'file' : 'requests',
    only: only.flatMap((text) => text.split(',')).map(partOf),
    keep,
    splitMegabytes: quick ? 30 : 300,
    acceptRounds: quick ? 3 : 8,
    subscribeRounds: quick ? 100 : 1_000,
    importRounds: quick ? 1 : 5,
  };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        rows: { type: 'string' },
        file: { type: 'boolean' },
        keep: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const sizeOf = (text: string): number => {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1) return size;
  throw new UsageError(`--rows takes whole numbers separated by commas, not ${text}`);
};

const partOf = (text: string): Part => {
  const part = parts.find((one) => one === text);
  if (part) return part;
  throw new UsageError(`--only takes ${parts.join(', ')}, not ${text}`);
};
