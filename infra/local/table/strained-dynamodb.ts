import { Agent, createServer, type IncomingMessage } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { type EngineAnswer, forwardTo } from '../engine/forward.ts';
import { listenOn } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import { type ConflictWatch, conflictWatch } from './conflict-watch.ts';
import { partitionMeter } from './hot-partitions.ts';
import { accessesOf } from './item-accesses.ts';
import { type ItemAccess, keyTextOf } from './item-keys.ts';
import type { KeyNames } from './key-names.ts';
import { type Metering, meterRequest } from './meter-request.ts';
import type { Body } from './partial-batch.ts';
import { canceled, conflict } from './strain-answers.ts';

/** What of DynamoDB under strain is shown, which no engine shows by itself. */
export interface TableStrain {
  /** Whether a partition key that gets more than its share is throttled. */
  readonly hotPartitions?: boolean;
  /** Whether transactions conflict with other work on their items. */
  readonly transactionConflicts?: boolean;
}

/** An engine that stands before the DynamoDB engine; until `open` it lets everything pass. */
export interface StrainedDynamoDb extends Engine {
  open(keys: KeyNames): void;
}

const maxBodyBytes = 32 * 1024 * 1024;

/** Starts an engine before the DynamoDB engine that refuses what DynamoDB refuses under strain. */
export const strainDynamoDb = async (target: string, strain: TableStrain): Promise<StrainedDynamoDb> => {
  const agent = new Agent({ keepAlive: true });
  const watch = conflictWatch();
  const meter = partitionMeter(() => performance.now());
  let keys: KeyNames = {};

  const answerRequest = async (request: IncomingMessage): Promise<EngineAnswer> => {
    const raw = (await readBody(request, maxBodyBytes)) ?? Buffer.alloc(0);
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const body = JSON.parse(raw.toString()) as Body;
    const accesses = accessesOf(operation, body);
    const send = (sent: Body) => forwardTo(target, agent, request, Buffer.from(JSON.stringify(sent)));
    const metering: Metering = strain.hotPartitions ? meterRequest({ operation, body, accesses }, keys, meter) : {};
    if (metering.refusal) return metering.refusal;
    const work = () => metered(metering, body, send);
    return strain.transactionConflicts ? withoutConflict(watch, { operation, accesses, keys }, work) : work();
  };
  const server = createServer((request, response) => {
    answerRequest(request).then(
      ({ status, headers, body }) =>
        response
          .writeHead(status, { 'content-type': String(headers['content-type'] ?? 'application/x-amz-json-1.0') })
          .end(body),
      () => request.socket.destroy(),
    );
  });
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    open: (names) => {
      keys = names;
    },
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const metered = async (
  { partial, charge }: Metering,
  body: Body,
  send: (sent: Body) => Promise<EngineAnswer>,
): Promise<EngineAnswer> => {
  const answer = partial?.forward === undefined && partial ? emptyAnswer : await send(partial?.forward ?? body);
  charge?.(Buffer.byteLength(answer.body));
  if (!partial || answer.status !== 200) return answer;
  return { ...answer, body: JSON.stringify(partial.merge(JSON.parse(answer.body.toString()) as Body)) };
};

const emptyAnswer: EngineAnswer = { status: 200, headers: {}, body: '{}' };

const writes: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

interface Asked {
  readonly operation: string;
  readonly accesses: readonly ItemAccess[];
  readonly keys: KeyNames;
}

const withoutConflict = async (
  watch: ConflictWatch,
  { operation, accesses, keys }: Asked,
  work: () => Promise<EngineAnswer>,
): Promise<EngineAnswer> => {
  const isTransaction = operation === 'TransactWriteItems';
  if (!isTransaction && !writes.has(operation)) return work();
  const begun = { isTransaction, keys: accesses.map((access) => keyTextOf(access, keys)) };
  const conflicts = watch.begin(begun);
  if (conflicts.length > 0) {
    return isTransaction ? canceled('TransactionConflict', conflicts, accesses.length) : conflict;
  }
  try {
    return await work();
  } finally {
    watch.end(begun);
  }
};
