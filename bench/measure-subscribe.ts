import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type ConsumedCapacity,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { single, startFunctionEngines, warmFunction } from '#test/support/warm-function.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';
import type { Figure } from './figure.ts';
import type { Progress } from './progress.ts';

/**
 * What must be written of a new subscriber with e-mail, phone and one segment: the contact and its line in the directory,
 * two claims, the membership and its entry in the segment's list.
 */
const entriesPerSubscriber = 6;

/** Times of one kind of call, in milliseconds, and how many calls followed one another at most. */
interface Timed {
  readonly times: readonly number[];
  readonly sequential: number;
}

/**
 * Subscribes contacts one after the other on a warm function, new ones and then the same with another name, beside the
 * same calls made bare: without a plan, conditions or memory, by the same SDK against the same engines.
 */
export const measureSubscribe = async (rounds: number, progress: Progress): Promise<Figure[]> => {
  progress.step('Subscribing contacts');
  const engines = await startFunctionEngines();
  try {
    const warm = await warmFunction(engines);
    const writes = countWriteUnits(warm.clients.dynamodb);
    const subscribe = (firstName: string) => (round: number) =>
      subscribeContact(warm.ports, single({ ...channelsOf(round), firstName }));
    await timed(warm, rounds, subscribe('Warm'), warmingOffset);
    const before = writes.units;
    const created = await timed(warm, rounds, subscribe('John'));
    const units = (writes.units - before) / rounds;
    const known = await timed(warm, rounds, subscribe('Ann'));
    const bareNew = await timed(warm, rounds, bareCreation(warm), bareOffset);
    const bareKnown = await timed(warm, rounds, bareUpdate(warm), bareOffset);
    return [
      ...figuresOf('a new contact', created, bareNew),
      ...figuresOf('a known contact', known, bareKnown),
      {
        what: 'subscribe: write units for a new contact',
        value: units,
        unit: 'WU',
        bound: { most: 1.05 * entriesPerSubscriber },
        ceiling: { value: entriesPerSubscriber, unit: 'WU' },
        detail: 'items and index entries that must exist; ids are leased by twenties',
      },
    ];
  } finally {
    await engines.stop();
  }
};

type Warm = Awaited<ReturnType<typeof warmFunction>>;

/** The first numbers of contacts that are not measured or were written bare. */
const warmingOffset = 1_000_000;
const bareOffset = 2_000_000;

const channelsOf = (round: number) => ({
  email: `subscriber-${round}@example.com`,
  sms: String(380_670_000_000 + round),
});

const timed = async (
  { trips }: Warm,
  rounds: number,
  work: (round: number) => Promise<unknown>,
  offset = 0,
): Promise<Timed> => {
  const times: number[] = [];
  let sequential = 0;
  for (let round = 0; round < rounds; round++) {
    trips.reset();
    const startedAt = performance.now();
    await work(offset + round);
    times.push(performance.now() - startedAt);
    sequential = Math.max(sequential, trips.sequential);
  }
  return { times, sequential };
};

/** Sums the write units that the engine says were consumed. */
const countWriteUnits = (client: DynamoDBClient): { units: number } => {
  const counted = { units: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const { ConsumedCapacity = [] } = result.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] };
        const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        if (!/^(BatchGetItem|GetItem|Query)/.test(commandName)) counted.units += units;
        return result;
      },
    { step: 'initialize', name: 'countWriteUnits' },
  );
  return counted;
};

/** The calls of a creation, bare. */
const bareCreation = (warm: Warm) => async (round: number) => {
  const { email, sms } = channelsOf(round);
  const { dynamodb } = warm.clients;
  await readItems(warm, [`EMAIL#${email}`, `SMS#${sms}`], 'IDENTITY');
  const claims = [`EMAIL#${email}`, `SMS#${sms}`].map((pk) => insertion(warm, pk, 'IDENTITY'));
  await dynamodb.send(new BatchExecuteStatementCommand({ Statements: claims }));
  await dynamodb.send(
    new BatchExecuteStatementCommand({ Statements: [insertion(warm, `CONTACT#${round}`, 'CONTACT')] }),
  );
  const Item = { pk: { S: `CONTACT#${round}` }, sk: { S: 'SEGMENT#1' } };
  await Promise.all([
    dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [warm.tableName]: [{ PutRequest: { Item } }] } })),
    putEvent(warm),
  ]);
};

/** The calls of an update, bare. */
const bareUpdate = (warm: Warm) => async (round: number) => {
  const { email, sms } = channelsOf(round);
  await readItems(warm, [`EMAIL#${email}`, `SMS#${sms}`], 'IDENTITY');
  await readItems(warm, [`CONTACT#${round}`], 'CONTACT');
  const Item = { pk: { S: `CONTACT#${round}` }, sk: { S: 'CONTACT' }, said: { S: said } };
  await warm.clients.dynamodb.send(new PutItemCommand({ TableName: warm.tableName, Item }));
  await putEvent(warm);
};

/** About as much as is stored of a subscriber. */
const said = 'x'.repeat(300);

const readItems = ({ clients, tableName }: Warm, partitions: readonly string[], sk: string) => {
  const Keys = partitions.map((pk) => ({ pk: { S: pk }, sk: { S: sk } }));
  return clients.dynamodb.send(
    new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
  );
};

const insertion = ({ tableName }: Warm, pk: string, sk: string) => ({
  Statement: `INSERT INTO "${tableName}" VALUE {'pk': ?, 'sk': ?, 'said': ?}`,
  Parameters: [{ S: pk }, { S: sk }, { S: said }],
});

const putEvent = ({ clients }: Warm) =>
  clients.eventBridge.send(
    new PutEventsCommand({
      Entries: [{ EventBusName: 'bus', Source: 'bench', DetailType: 'bare', Detail: JSON.stringify({ said }) }],
    }),
  );

const figuresOf = (who: string, product: Timed, bare: Timed): Figure[] => [
  {
    what: `subscribe: calls to AWS that follow one another, ${who}`,
    value: product.sequential,
    unit: '',
    bound: { most: 4 },
    detail: 'memory warm',
  },
  ...([50, 99] as const).map((percent) => ({
    what: `subscribe: ${who}, p${percent} of ${product.times.length}`,
    value: percentile(product.times, percent),
    unit: 'ms',
    ceiling: { value: percentile(bare.times, percent), unit: 'ms' },
    detail: 'beside the same calls made bare',
  })),
];

const percentile = (times: readonly number[], percent: number): number => {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
};
