import { parseArgs } from 'node:util';
import type { Question } from './simulate-stage.ts';

/** What `npm run simulate` explains to a person. */
export const usage = `Simulates a stage that was just deployed, from its template and from what was measured.

  npm run simulate -- --rows 1000000 --stage prod     imports a million new contacts
  npm run simulate -- --rows 1000000 --unchanged      imports contacts that are known and as the file has them
  npm run simulate -- --subscribes 100 --hours 24     a hundred new subscribers a second for a day
  npm run simulate -- --members 1000000               a message to a segment of a million

  --set importConcurrency=50    another value of a setting of the stage; may be repeated
  --region eu-west-1            whose quotas hold; eu-central-1 if absent
  --seed 7                      other chances; the same seed gives the same course
  --only-this                   does not try what raising each quota would bring

The course is written as a picture and as JSON under simulation/results/. simulation/assumptions.ts says what is assumed.`;

/** What is simulated. */
export interface SimulationOptions {
  readonly stage: string;
  readonly question: Question;
  readonly region: string;
  readonly seed: number;
  /** Settings of the stage that are to be others. */
  readonly set: Readonly<Record<string, unknown>>;
  /** Whether it is simulated again with each quota raised. */
  readonly triesRaising: boolean;
}

/** The arguments cannot be understood; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Reads the arguments; `undefined` if a person only asked for help. Throws `UsageError`. */
export const readOptions = (args: readonly string[]): SimulationOptions | undefined => {
  const values = parse(args);
  if (values.help) return undefined;
  return {
    stage: values.stage,
    question: questionOf(values),
    region: values.region,
    seed: numberOf('--seed', values.seed),
    set: Object.fromEntries(values.set.map(settingOf)),
    triesRaising: !values['only-this'],
  };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string', default: 'prod' },
        rows: { type: 'string' },
        unchanged: { type: 'boolean', default: false },
        subscribes: { type: 'string' },
        hours: { type: 'string', default: '24' },
        members: { type: 'string' },
        region: { type: 'string', default: 'eu-central-1' },
        seed: { type: 'string', default: '1' },
        set: { type: 'string', multiple: true, default: [] },
        'only-this': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const questionOf = ({ rows, unchanged, subscribes, hours, members }: ReturnType<typeof parse>): Question => {
  if ([rows, subscribes, members].filter((one) => one !== undefined).length !== 1) {
    throw new UsageError('One of --rows, --subscribes and --members says what is simulated');
  }
  if (rows !== undefined) return { kind: 'import', rows: numberOf('--rows', rows), areNew: !unchanged };
  if (members !== undefined) return { kind: 'message', members: numberOf('--members', members) };
  const seconds = 3600 * numberOf('--hours', hours);
  return { kind: 'subscribe', perSecond: numberOf('--subscribes', subscribes ?? ''), seconds };
};

const numberOf = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError(`${name} takes a whole number, not ${text}`);
};

const settingOf = (text: string): [string, unknown] => {
  const [name = '', value] = text.split(/=(.*)/s);
  if (value === undefined) throw new UsageError(`--set takes name=value, not ${text}`);
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
};
