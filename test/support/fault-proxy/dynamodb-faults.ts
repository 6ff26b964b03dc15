import type { Body, FaultAnswer, PartialFault, Random, ServiceFaults } from './service-faults.ts';
import { oneOf, split } from './split.ts';

/** How DynamoDB fails: whole requests, or items and statements of a batch (developer guide, "Error handling"). */
export const dynamoDbFaults: ServiceFaults = {
  refuse: (operation, body, random) => {
    if (operation === 'TransactWriteItems' && random() < 0.5) return transactionConflict(body, random);
    return oneOf([throughputExceeded, throttled, internalError], random);
  },
  leaveUndone: (operation, body, random) => batches[operation]?.(body, random),
};

const error = (status: number, type: string, rest: object = {}): FaultAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: type, message: 'Injected by the fault proxy', ...rest }),
});

const service = 'com.amazonaws.dynamodb.v20120810#';
const throughputExceeded = error(400, `${service}ProvisionedThroughputExceededException`);
const throttled = error(400, 'com.amazon.coral.availability#ThrottlingException');
const internalError = error(500, `${service}InternalServerError`);

const transactionConflict = ({ TransactItems }: Body, random: Random): FaultAnswer => {
  const items = listOf(TransactItems);
  const at = Math.floor(random() * items.length);
  const reasons = items.map((_item, index) => ({ Code: index === at ? 'TransactionConflict' : 'None' }));
  return error(400, `${service}TransactionCanceledException`, { CancellationReasons: reasons });
};

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const recordOf = (value: unknown): Record<string, unknown> => ({ ...(value as object | undefined) });

const batchWrite = (body: Body, random: Random): PartialFault => {
  const tables = Object.entries(recordOf(body.RequestItems)).map(([table, requests]) => ({
    table,
    ...split(listOf(requests), random),
  }));
  const kept = tables.filter((table) => table.kept.length > 0);
  return {
    forward:
      kept.length > 0
        ? { ...body, RequestItems: Object.fromEntries(kept.map((it) => [it.table, it.kept])) }
        : undefined,
    merge: (answer) => {
      const already = recordOf(answer.UnprocessedItems);
      const undone = tables.map(({ table, withheld }) => [table, [...listOf(already[table]), ...withheld]]);
      return { ...answer, UnprocessedItems: Object.fromEntries(undone) };
    },
  };
};

const batchGet = (body: Body, random: Random): PartialFault => {
  const tables = Object.entries(recordOf(body.RequestItems)).map(([table, request]) => ({
    table,
    request: recordOf(request),
    ...split(listOf(recordOf(request).Keys), random),
  }));
  const kept = tables.filter((table) => table.kept.length > 0);
  const requestOf = ({ table, request, ...parts }: (typeof tables)[number], part: 'kept' | 'withheld') =>
    [table, { ...request, Keys: parts[part] }] as const;
  return {
    forward:
      kept.length > 0
        ? { ...body, RequestItems: Object.fromEntries(kept.map((it) => requestOf(it, 'kept'))) }
        : undefined,
    merge: (answer) => {
      const already = recordOf(answer.UnprocessedKeys);
      const undone = tables.map((it) => {
        const [table, request] = requestOf(it, 'withheld');
        return [table, { ...request, Keys: [...request.Keys, ...listOf(recordOf(already[table]).Keys)] }] as const;
      });
      return { Responses: {}, ...answer, UnprocessedKeys: Object.fromEntries(undone) };
    },
  };
};

const statementError = (random: Random) => ({
  Error: {
    Code: oneOf(['ThrottlingError', 'ProvisionedThroughputExceeded', 'InternalServerError'], random),
    Message: 'Injected by the fault proxy',
  },
});

const batchExecute = (body: Body, random: Random): PartialFault => {
  const statements = listOf(body.Statements);
  const { kept } = split(statements, random);
  return {
    forward: kept.length > 0 ? { ...body, Statements: kept } : undefined,
    merge: (answer) => {
      const answers = listOf(answer.Responses);
      const isKept = new Set(kept);
      const merged = statements.map((statement) => (isKept.has(statement) ? answers.shift() : statementError(random)));
      return { ...answer, Responses: merged };
    },
  };
};

const batches: Readonly<Record<string, (body: Body, random: Random) => PartialFault>> = {
  BatchWriteItem: batchWrite,
  BatchGetItem: batchGet,
  BatchExecuteStatement: batchExecute,
};
