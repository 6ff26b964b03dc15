import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { EndedChunk } from '#domain/imports/ports.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { transactWrite } from '../table/transaction.ts';

/**
 * Ends a chunk once: its marker goes and its outcome comes in one transaction. A chunk that failed and is done after
 * all, by a redrive, has no marker any more and is changed on the condition that it still counts as failed.
 */
export const endChunk = async (
  client: DynamoDBClient,
  tableName: string,
  chunk: EndedChunk,
  { isUntouched }: { readonly isUntouched: boolean },
): Promise<boolean> => {
  const isEnded = await transactWrite(client, [
    {
      Delete: {
        TableName: tableName,
        Key: toKey(keys.openChunk(chunk)),
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
    {
      Update: {
        ...outcomeOf(tableName, chunk),
        ...(isUntouched && { ConditionExpression: 'attribute_not_exists(isBegun)' }),
      },
    },
  ]);
  if (isEnded || isUntouched || chunk.state === 'failed') return isEnded;
  return conditionalWrite(
    client,
    { update: { ...outcomeOf(tableName, chunk, 'failed'), ConditionExpression: '#state = :before' } },
    ({ existing }) => existing?.state?.S === chunk.state && existing.outcomesKey?.S === chunk.outcomesKey,
  );
};

const outcomeOf = (
  TableName: string,
  { sessionId, number, state, counts, outcomesKey }: EndedChunk,
  before?: 'failed',
): UpdateItemCommandInput & { UpdateExpression: string; TableName: string } => ({
  TableName,
  Key: toKey(keys.chunk({ sessionId, number })),
  UpdateExpression: 'SET #state = :state, counts = :counts, outcomesKey = :outcomesKey',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: toValues({
    ':state': state,
    ':counts': counts,
    ':outcomesKey': outcomesKey,
    ':before': before,
  }),
});
