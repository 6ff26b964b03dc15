import { parseArgs } from 'node:util';
import type { Workload } from './month.ts';
import { type Region, regions } from './prices.ts';

/** What `npm run cost` explains to a person. */
export const usage = `Forecasts what a stage costs in a month.

  npm run cost -- --contacts 1000000 --imports 12 --subscribes 100000 --mails 2000000

  --contacts <number>    contacts that the stage has
  --imports <number>     how often a month all of them are sent again (0)
  --changed <percent>    how many of a hundred have changed each time (5)
  --subscribes <number>  new subscribers of forms in the month (0)
  --mails <number>       e-mails to members of segments in the month (0)
  --region <region>      ${regions.join(', ')} (${regions[0]})
  --stage <stage>        the stage whose settings are taken (prod)

It needs no AWS account. docs/cost.md explains what it reckons with.`;

/** What a person asked for. */
export interface CostRequest {
  readonly workload: Workload;
  readonly region: Region;
  readonly stage: string;
}

/** The arguments cannot be understood; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Reads the arguments of `npm run cost`; `undefined` if a person only asked for help. Throws `UsageError`. */
export const readCostArguments = (args: readonly string[]): CostRequest | undefined => {
  const { help, contacts, imports, changed, subscribes, mails, region, stage = 'prod' } = parse(args);
  if (help) return undefined;
  if (contacts === undefined) throw new UsageError('--contacts is missing: how many contacts does the stage have?');
  return {
    workload: {
      contacts: numberOf('contacts', contacts),
      imports: numberOf('imports', imports),
      changedPercent: percentOf(changed),
      subscribes: numberOf('subscribes', subscribes),
      mails: numberOf('mails', mails),
    },
    region: regionOf(region),
    stage,
  };
};

const parse = (args: readonly string[]) => {
  const { values, positionals } = parsed(args);
  if (positionals[0] !== undefined) throw new UsageError(`There is no argument ${positionals[0]}`);
  return values;
};

const parsed = (args: readonly string[]) => {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args: joined(args),
      allowPositionals: true,
      options: {
        contacts: text,
        imports: text,
        changed: text,
        subscribes: text,
        mails: text,
        region: text,
        stage: text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // What follows the first sentence is about arguments that begin with a dash.
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
};

/** Negative numbers as part of their options, which they would otherwise be taken for. */
const joined = (args: readonly string[]): string[] =>
  args.flatMap((arg, at) => {
    const isNegative = (text = '') => /^-\d/.test(text);
    if (isNegative(arg) && args[at - 1]?.startsWith('--')) return [];
    return arg.startsWith('--') && isNegative(args[at + 1]) ? [`${arg}=${args[at + 1]}`] : [arg];
  });

/** More than anybody has, so that a slip of the finger is noticed. */
const most = 100_000_000_000;

const numberOf = (name: string, text = '0'): number => {
  const value = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(
    `--${name} takes a whole number from 0 to ${most.toLocaleString('en')}, not ${text || 'nothing'}`,
  );
};

const percentOf = (text = '5'): number => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 100) return value;
  throw new UsageError(`--changed takes a number from 0 to 100, not ${text || 'nothing'}`);
};

const regionOf = (text: string = regions[0]): Region => {
  const region = regions.find((one) => one === text);
  if (region) return region;
  throw new UsageError(`There are no prices of ${text || 'no region'}: --region takes ${regions.join(', ')}`);
};
