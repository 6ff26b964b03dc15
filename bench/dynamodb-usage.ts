import type { AttributeValue, BatchStatementRequest, ConsumedCapacity, WriteRequest } from '@aws-sdk/client-dynamodb';
import { type ItemKind, itemKind } from './item-kind.ts';

/** What requests to DynamoDB cost. */
export interface Usage {
  /** By operation. */
  readonly requests: Record<string, number>;
  /** Items asked to be written and the write units that the engine charged for them and their index entries. */
  readonly writes: Record<ItemKind, { items: number; units: number }>;
  readUnits: number;
}

/** Nothing used yet. */
export const noUsage = (): Usage => ({
  requests: {},
  writes: {
    contact: { items: 0, units: 0 },
    claim: { items: 0, units: 0 },
    membership: { items: 0, units: 0 },
    event: { items: 0, units: 0 },
    'event pointer': { items: 0, units: 0 },
    bookkeeping: { items: 0, units: 0 },
  },
  readUnits: 0,
});

/** What was used after an earlier moment. */
export const usedSince = (before: Usage, now: Usage): Usage => {
  const used = structuredClone(now);
  for (const operation of Object.keys(used.requests)) {
    used.requests[operation] = (now.requests[operation] ?? 0) - (before.requests[operation] ?? 0);
  }
  for (const [kind, write] of Object.entries(used.writes)) {
    const { items, units } = before.writes[kind as ItemKind];
    write.items -= items;
    write.units -= units;
  }
  used.readUnits -= before.readUnits;
  return used;
};

type Attributes = Readonly<Record<string, AttributeValue>>;

interface Keyed {
  readonly Item?: Attributes | undefined;
  readonly Key?: Attributes | undefined;
}

/** A request's body, as far as it names keys. */
export interface RequestBody extends Keyed {
  readonly RequestItems?: Readonly<Record<string, readonly WriteRequest[]>>;
  readonly Statements?: readonly BatchStatementRequest[];
  readonly TransactItems?: readonly Readonly<Record<string, Keyed>>[];
}

/** An answer, as far as it says what was consumed. */
export interface AnswerBody {
  readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[];
  readonly __type?: string;
}

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

/**
 * Adds one request. The engine says what it consumed; if a condition failed it says nothing, while AWS charges what the
 * write would have cost: a unit an item, or two in a transaction.
 */
export const addUsage = (usage: Usage, operation: string, request: RequestBody, answer: AnswerBody): void => {
  usage.requests[operation] = (usage.requests[operation] ?? 0) + 1;
  const consumed = [answer.ConsumedCapacity ?? []].flat();
  const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  if (reads.has(operation)) {
    usage.readUnits += units;
    return;
  }
  const kinds = writtenKeys(operation, request).map(itemKind);
  const isFailure = answer.__type !== undefined;
  const charged = isFailure ? kinds.length * (operation === 'TransactWriteItems' ? 2 : 1) : units;
  for (const kind of kinds) {
    usage.writes[kind].items += isFailure ? 0 : 1;
    usage.writes[kind].units += charged / kinds.length;
  }
};

/** The keys that a request writes; those of one batch are alike, so that its units can be shared out evenly. */
const writtenKeys = (operation: string, request: RequestBody) => {
  const { RequestItems = {}, Statements = [], TransactItems = [] } = request;
  const batched = Object.values(RequestItems).flat();
  const writes: Keyed[] = [
    request,
    ...batched.flatMap(({ PutRequest, DeleteRequest }) => [PutRequest ?? {}, DeleteRequest ?? {}]),
    ...Statements.map((statement) => ({ Key: insertedKey(statement) })),
    ...TransactItems.flatMap((write) => Object.values(write)),
  ];
  const keys = writes.flatMap(({ Item, Key }) => {
    const { pk, sk } = Item ?? Key ?? {};
    return pk?.S === undefined || sk?.S === undefined ? [] : [{ pk: pk.S, sk: sk.S }];
  });
  if (keys.length === 0) throw new Error(`${operation} names no key that the benchmark can read`);
  return keys;
};

/** The key of `INSERT INTO … VALUE {'name': ?, …}`. */
const insertedKey = ({ Statement = '', Parameters = [] }: BatchStatementRequest): Attributes => {
  const names = [...Statement.matchAll(/'([^']+)': \?/g)].map(([, name]) => name ?? '');
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const value = Parameters[index];
      return value ? [[name, value]] : [];
    }),
  );
};
