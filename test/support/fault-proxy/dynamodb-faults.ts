import { entriesOf, leaveUndone } from '#infra/local/table/partial-batch.ts';
import type { Body, FaultAnswer, Random, ServiceFaults } from './service-faults.ts';
import { oneOf, split } from './split.ts';

/** How DynamoDB fails: whole requests, or items and statements of a batch (developer guide, "Error handling"). */
export const dynamoDbFaults: ServiceFaults = {
  refuse: (operation, body, random) => {
    if (operation === 'TransactWriteItems' && random() < 0.5) return transactionConflict(body, random);
    return oneOf([throughputExceeded, throttled, internalError], random);
  },
  leaveUndone: (operation, body, random) => {
    const entries = entriesOf(operation, body).map(({ entry }) => entry);
    if (entries.length === 0) return undefined;
    const { withheld } = split(entries, random);
    return leaveUndone(operation, body, new Map(withheld.map((entry) => [entry, statementError(random)])));
  },
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

const statementError = (random: Random) => ({
  Error: {
    Code: oneOf(['ThrottlingError', 'ProvisionedThroughputExceeded', 'InternalServerError'], random),
    Message: 'Injected by the fault proxy',
  },
});
