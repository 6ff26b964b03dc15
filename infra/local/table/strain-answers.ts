import type { EngineAnswer } from '../engine/forward.ts';
import type { StatementError } from './partial-batch.ts';

const refused = (type: string, message: string, rest: object = {}): EngineAnswer => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...rest }),
});

const tooMuch = 'Throughput exceeds the current capacity of your table or index.';

/** What DynamoDB says of a request to a partition key that is hot. */
export const hotPartition = (kind: 'read' | 'write'): EngineAnswer => {
  const reason = kind === 'read' ? 'TableReadKeyRangeThroughputExceeded' : 'TableWriteKeyRangeThroughputExceeded';
  return refused('ThrottlingException', tooMuch, { ThrottlingReasons: [{ reason }] });
};

/** What it says of one statement of a batch to such a key. */
export const hotStatement: StatementError = { Error: { Code: 'ThrottlingError', Message: tooMuch } };

/** What it says of a transaction of so many items; `code` is the reason at the positions that are to blame. */
export const canceled = (
  code: 'TransactionConflict' | 'ThrottlingError',
  positions: readonly number[],
  count: number,
): EngineAnswer => {
  const codes = Array.from({ length: count }, (_, at) => (positions.includes(at) ? code : 'None'));
  return refused(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    { CancellationReasons: codes.map((Code) => ({ Code })) },
  );
};

/** What it says of a write of an item that a transaction works on. */
export const conflict = refused('TransactionConflictException', 'Transaction is ongoing for the item');
