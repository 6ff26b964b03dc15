import { parseArgs } from 'node:util';

/** What `npm run bench` explains to a person. */
export const usage = `Measures the local stack beside its bounds and its ceilings.

  npm run bench                            everything, some minutes
  npm run bench -- --quick                 small sizes, under a minute
  npm run bench -- --rows 10000,100000     the sizes of the imports to time

Exits with 1 where a bound is broken. The numbers are kept as JSON under bench/results/.`;

/** How much is measured. */
export interface BenchOptions {
  /** Rows of each import that is timed, ascending. */
  readonly rows: readonly number[];
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

/** Reads the arguments; `undefined` where a person only asked for help. Throws `UsageError`. */
export const readOptions = (args: readonly string[]): BenchOptions | undefined => {
  const { quick = false, rows, help } = parse(args);
  if (help) return undefined;
  const sizes = rows?.split(',').map(sizeOf) ?? (quick ? [6_000] : [10_000, 100_000]);
  return {
    rows: sizes.sort((one, other) => one - other),
    acceptRounds: quick ? 3 : 8,
    subscribeRounds: quick ? 100 : 1_000,
    importRounds: quick ? 1 : 5,
  };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean' }, rows: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
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
