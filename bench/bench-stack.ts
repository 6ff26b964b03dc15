import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { importStore } from '#aws/imports/import-store.ts';
import { toKey } from '#aws/table/item.ts';
import { keys } from '#aws/table/keys.ts';
import type { ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '#infra/local/start-local-stack.ts';
import { environmentNames } from '#names/environment.ts';
import { apiClient } from '../cli/api-client.ts';
import { startImport } from '../cli/import-run.ts';
import { seedKey } from '../cli/seed-key.ts';
import { sendFile } from '../cli/send-file.ts';
import { segmentName } from './bulk-request.ts';

/** A running stack as the measurements use it: called over HTTP, watched beside the functions and any proxy. */
export interface BenchStack {
  /** Sends a bulk request; the session, and milliseconds until the answer was read. */
  send(body: string): Promise<{ sessionId: string; milliseconds: number }>;
  /** Sends a file, and returns the id of its upload. */
  offerFile(path: string): Promise<string>;
  /** Sends a file of contacts that join the segment of bulk requests, and has it imported; the session. */
  sendFile(path: string): Promise<string>;
  /** The session once it is over. Throws if it did not FINISH. */
  untilFinished(sessionId: string): Promise<ImportSession>;
  /** Resolves once no queue has a message left, not even one that is held back. */
  untilQuiet(): Promise<void>;
  /** Posts JSON to the API, or reads a path of it; the answer. Throws if it is refused. */
  ask(path: string, body?: object): Promise<unknown>;
  /** Contact ids that were handed out so far. */
  idsLeased(): Promise<number>;
  readonly imports: ImportStore;
  readonly engineEndpoint: string;
  readonly tableName: string;
  /** How another process reaches the engines and what is in them. */
  readonly environment: Environment;
}

const key = 'local-key';

/** Starts a stack in memory on a free port, works with it and stops it. */
export const withStack = async <Result>(
  options: Pick<LocalStackOptions, 'proxies' | 'settings' | 'source' | 'onInvoked' | 'logLevel' | 'writeLog'>,
  work: (stack: BenchStack) => Promise<Result>,
): Promise<Result> => {
  const stack = await startLocalStack({ port: 0, logLevel: 'ERROR', ...options });
  const client = clientOf(stack.environment);
  try {
    await seedKey(stack.environment, key);
    return await work(benchStack(stack, client));
  } finally {
    client.destroy();
    await stack.stop();
  }
};

type Environment = Readonly<Record<string, string>>;

const clientOf = ({ AWS_ENDPOINT_URL_DYNAMODB = '', AWS_REGION = '' }: Environment): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: AWS_ENDPOINT_URL_DYNAMODB,
    region: AWS_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

const benchStack = (
  { url, environment, queues }: Pick<LocalStack, 'url' | 'environment' | 'queues'>,
  client: DynamoDBClient,
): BenchStack => {
  const tableName = environment[environmentNames.tableName] ?? '';
  const imports = importStore(client, tableName, { retentionDays: 1 });
  const api = apiClient(url, key, pause);

  return {
    imports,
    tableName,
    environment,
    engineEndpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    send: (body) => sendContacts(url, body),
    offerFile: (path) => sendFile(api, path, () => {}),
    sendFile: async (path) => {
      const uploadId = await sendFile(api, path, () => {});
      return startImport(api, uploadId, { groupNames: [segmentName] });
    },
    untilFinished: async (sessionId) => {
      const deadline = Date.now() + patienceSeconds * 1000;
      while (Date.now() < deadline) {
        const session = await imports.find(sessionId);
        if (session?.state === 'FINISHED') return session;
        if (session?.state === 'ERROR') throw new Error(`An import ended in ERROR: ${session.reason}`);
        await pause(pollMilliseconds);
      }
      throw new Error(`The import ${sessionId} did not end within ${patienceSeconds} s`);
    },
    untilQuiet: async () => {
      const deadline = Date.now() + patienceSeconds * 1000;
      for (let quiet = 0; quiet < looksUntilQuiet && Date.now() < deadline; await pause(pollMilliseconds)) {
        const left = await Promise.all(queues.names.map((name) => queues.peek(name)));
        quiet = left.every(({ ready, inFlight }) => ready.length + inFlight.length === 0) ? quiet + 1 : 0;
      }
    },
    ask: async (path, body) => {
      const response = await request(url, path, body && JSON.stringify(body));
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
    idsLeased: async () => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: toKey(keys.sequence('contact')), ConsistentRead: true }),
      );
      return Number(Item?.lastId?.N ?? 0);
    },
  };
};

/** Sessions end one after the other, so this is far more than each request needs; a file of a million rows takes half an hour. */
const patienceSeconds = 7_200;

/** Queues are empty for a moment while a function or a rule hands on what it took from one of them. */
const looksUntilQuiet = 5;

/** Often enough for the measurements, which take the times that the sessions say themselves. */
const pollMilliseconds = 50;

const request = (url: string, path: string, body: string | undefined) =>
  fetch(`${url}${path}`, {
    headers: { authorization: `Basic ${btoa(`:${key}`)}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body }),
  });

const sendContacts = async (url: string, body: string) => {
  const startedAt = performance.now();
  const response = await request(url, '/api/v1/contacts', body);
  const answer = (await response.json()) as { asyncSessionId?: string; failedContacts?: unknown[] };
  const milliseconds = performance.now() - startedAt;
  if (answer.asyncSessionId === undefined || answer.failedContacts?.length !== 0) {
    throw new Error(`POST /api/v1/contacts answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
  }
  return { sessionId: answer.asyncSessionId, milliseconds };
};
