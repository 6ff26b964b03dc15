import type { Endpoints } from '#infra/local/engine/endpoints.ts';
import type { Invocation } from '#infra/local/function/local-function.ts';
import type { LocalStackOptions } from '#infra/local/start-local-stack.ts';
import type { Use } from '../cli/cost/use.ts';
import { type AnswerBody, addUsage, noUsage, type RequestBody, type Usage, usedSince } from './dynamodb-usage.ts';
import { type EngineProxy, type Observer, startEngineProxy } from './engine-proxy.ts';

/** What was used between two moments. */
export interface Work {
  /** Of the table, by kind of item and operation. */
  readonly table: Usage;
  /** Of everything, as AWS charges it. */
  readonly use: Use;
}

/** Counts what a stack uses of AWS, without its functions knowing. */
export interface WorkMeter {
  /** What the stack must be started with. */
  readonly options: Pick<LocalStackOptions, 'proxies' | 'onInvoked' | 'logLevel' | 'writeLog'>;
  /** What was used so far. */
  total(): Work;
  stop(): Promise<void>;
}

/** Starts a meter. */
export const startWorkMeter = (): WorkMeter => {
  const counted: Counted = { table: noUsage(), ...counters() };
  const proxies: EngineProxy[] = [];
  const before = (observer: Observer) => async (endpoint: string) => {
    const proxy = await startEngineProxy(endpoint, observer);
    proxies.push(proxy);
    return proxy.endpoint;
  };
  const observers = observersOf(counted);
  return {
    options: {
      proxies: Object.fromEntries(Object.entries(observers).map(([name, observer]) => [name, before(observer)])),
      onInvoked: (invocation) => countInvocation(counted, invocation),
      logLevel: 'INFO',
      writeLog: (line) => {
        counted.logBytes += Buffer.byteLength(line) + logEntryBytes;
      },
    },
    total: () => ({ table: structuredClone(counted.table), use: useOf(counted) }),
    stop: async () => {
      for (const proxy of proxies) await proxy.stop();
    },
  };
};

/** What was used after an earlier moment. */
export const workSince = (before: Work, now: Work): Work => ({
  table: usedSince(before.table, now.table),
  use: Object.fromEntries(
    (Object.keys(now.use) as (keyof Use)[]).map((name) => [name, now.use[name] - before.use[name]]),
  ) as unknown as Use,
});

const counters = () => ({
  events: 0,
  messagesSent: 0,
  messagesReceived: 0,
  requestsToSend: 0,
  requestsToReceive: 0,
  objectWrites: 0,
  objectReads: 0,
  objectBytes: 0,
  apiRequests: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  logBytes: 0,
  mails: 0,
});

interface Counted extends ReturnType<typeof counters> {
  readonly table: Usage;
}

const observersOf = (counted: Counted) =>
  ({
    dynamodb: {
      asked: (_, request) => ({ ...request, ReturnConsumedCapacity: 'INDEXES' }),
      answered: (operation, request, answer) =>
        addUsage(counted.table, operation, request as RequestBody, answer as AnswerBody),
    },
    eventBridge: {
      answered: (_, { Entries = [] }) => {
        counted.events += (Entries as unknown[]).length;
      },
    },
    sqs: {
      answered: (operation, { Entries = [undefined] }) => {
        counted.requestsToSend++;
        if (operation.startsWith('SendMessage')) counted.messagesSent += (Entries as unknown[]).length;
      },
    },
    s3: {
      passed: (method, bodyBytes) => {
        counted.objectBytes += bodyBytes;
        counted[method === 'GET' || method === 'HEAD' ? 'objectReads' : 'objectWrites']++;
      },
    },
    ses: {
      passed: () => {
        counted.mails++;
      },
    },
  }) satisfies { readonly [Name in keyof Endpoints]?: Observer };

/** Bytes that Amazon CloudWatch adds to each log event (its documentation of PutLogEvents). */
const logEntryBytes = 26;
/** What AWS Lambda writes about each run: START, END and REPORT. */
const bytesAboutRun = 400;
/** A line of the access log. */
const bytesAboutRequest = 350;
/** Messages that one request of a queue receives or deletes at most. */
const messagesPerRequest = 10;

const countInvocation = (counted: Counted, { plan, event, milliseconds }: Invocation): void => {
  const { Records = [], requestContext } = event as { Records?: unknown[]; requestContext?: object };
  counted.invocations++;
  counted.gigabyteSeconds += (milliseconds / 1000) * (plan.properties.MemorySize / 1024);
  counted.logBytes += bytesAboutRun;
  counted.messagesReceived += Records.length;
  counted.requestsToReceive += 2 * Math.ceil(Records.length / messagesPerRequest);
  if (requestContext === undefined) return;
  counted.apiRequests++;
  counted.logBytes += bytesAboutRequest;
};

const useOf = (counted: Counted): Use => ({
  tableWrites: Object.values(counted.table.writes).reduce((sum, { units }) => sum + units, 0),
  tableReads: counted.table.readUnits,
  events: counted.events,
  // What functions did not send came from rules, one request each.
  queueRequests:
    counted.requestsToSend + Math.max(0, counted.messagesReceived - counted.messagesSent) + counted.requestsToReceive,
  objectWrites: counted.objectWrites,
  objectReads: counted.objectReads,
  objectBytes: counted.objectBytes,
  apiRequests: counted.apiRequests,
  invocations: counted.invocations,
  gigabyteSeconds: counted.gigabyteSeconds,
  logBytes: counted.logBytes,
  mails: counted.mails,
});
