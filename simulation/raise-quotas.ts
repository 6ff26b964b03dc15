import { parseSettings, type Settings } from '#infra/settings.ts';
import { type Answer, type Question, simulateStage } from './simulate-stage.ts';
import { readStage } from './stage.ts';
import { type Quotas, quotasOf, type WorldProps } from './world.ts';

/** A stage's settings and its account's quotas, with which a question is asked. */
export interface Setup extends Pick<WorldProps, 'figures' | 'seed'> {
  readonly settings: Settings;
  readonly region: string;
  /** Quotas that AWS was asked to raise. */
  readonly raised?: Partial<Quotas>;
}

/** What raising one quota or setting brings. */
export interface Raised {
  /** What was raised, from what to what. */
  readonly what: string;
  readonly answer: Answer;
}

/** Simulates a question on a setup. */
export const ask = (question: Question, { settings, region, raised = {}, figures, seed }: Setup): Answer => {
  const stage = stageOf(settings);
  const quotas = { ...quotasOf(stage, region), ...raised };
  return simulateStage(question, { stage, quotas, figures, seed });
};

/** A synthesis takes seconds, and many questions are asked of one. */
const stages = new Map<string, ReturnType<typeof readStage>>();

const stageOf = (settings: Settings) => {
  const name = JSON.stringify(settings);
  const stage = stages.get(name) ?? readStage(settings);
  stages.set(name, stage);
  return stage;
};

/** Asks the same question with each quota and setting raised that it may depend on. */
export const raiseEach = (question: Question, setup: Setup): Raised[] =>
  raisesOf(question, setup).map(({ what, setup: other }) => ({ what, answer: ask(question, other) }));

interface Raise {
  readonly what: string;
  readonly setup: Setup;
}

const raisesOf = ({ kind }: Question, setup: Setup): Raise[] => {
  const raises = raisesBy(setup);
  if (kind === 'import') {
    return [
      raises.accountConcurrency,
      raises.importConcurrency,
      raises.warmThroughput,
      raises.tableUnits,
      raises.putEvents,
      raises.busInvocations,
    ];
  }
  if (kind === 'subscribe') {
    return [
      raises.accountConcurrency,
      raises.warmThroughput,
      raises.busInvocations,
      raises.mailsPerSecond,
      raises.mailsPerDay,
    ];
  }
  return [raises.accountConcurrency, raises.messageConcurrency, raises.mailsPerSecond, raises.mailsPerDay];
};

const leastAccount = 1_000;

const raisesBy = (setup: Setup) => {
  const { settings, region, raised = {} } = setup;
  const set = (name: string, value: unknown, what: string): Raise => ({
    what,
    setup: {
      ...setup,
      settings: { ...parseSettings(settings.stage, { [settings.stage]: { ...inputOf(settings), [name]: value } }) },
    },
  });
  const quota = (name: keyof Quotas, times: number, what: string): Raise => {
    const before = { ...quotasOf(stageOf(settings), region), ...raised }[name];
    return {
      what: `${what} from ${count(before)} to ${count(before * times)}`,
      setup: { ...setup, raised: { ...raised, [name]: before * times } },
    };
  };
  const { accountConcurrency, importConcurrency = chunksOf(settings), messageConcurrency, warmThroughput } = settings;
  const account = Math.max(leastAccount, 2 * accountConcurrency);
  return {
    accountConcurrency: set(
      'accountConcurrency',
      account,
      `\`accountConcurrency\` and the quota behind it from ${count(accountConcurrency)} to ${count(account)}`,
    ),
    importConcurrency: set(
      'importConcurrency',
      2 * importConcurrency,
      `\`importConcurrency\` from ${importConcurrency} to ${2 * importConcurrency}`,
    ),
    messageConcurrency: set(
      'messageConcurrency',
      2 * messageConcurrency,
      `\`messageConcurrency\` from ${messageConcurrency} to ${2 * messageConcurrency}`,
    ),
    warmThroughput: set(
      'warmThroughput',
      { readsPerSecond: 40_000, writesPerSecond: 40_000 },
      `\`warmThroughput\` from ${count(warmThroughput?.writesPerSecond ?? 4_000)} to 40,000 writes a second`,
    ),
    tableUnits: quota('tableUnits', 2, 'units a second of a table'),
    putEvents: quota('putEvents', 2, '`PutEvents` requests a second'),
    busInvocations: quota('busInvocations', 2, 'events handed to targets a second'),
    mailsPerSecond: quota('mailsPerSecond', 10, 'e-mails a second'),
    mailsPerDay: quota('mailsPerDay', 100, 'e-mails a day'),
  };
};

const inputOf = ({ stage: _, ...settings }: Settings): Record<string, unknown> => settings;

const chunksOf = (settings: Settings): number =>
  stageOf(settings).queues.find(({ name }) => name === 'chunks')?.maxConcurrency ?? 2;

const count = (value: number): string => value.toLocaleString('en-US');

/** What a person would choose between: what was not done weighs most, then how late the last of it all was over. */
export const latenessOf = ({ total, meters, secondsInAll, seconds }: Answer): number =>
  seconds + secondsInAll / 1e6 + (1e9 * Math.max(0, total - meters.done)) / total;
