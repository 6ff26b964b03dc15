import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { conditionalWrite } from '../table/conditional-write.ts';
import { toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** Updates a session if its state allows it, and leaves it alone otherwise. */
export const updateSession = async (
  client: DynamoDBClient,
  TableName: string,
  sessionId: string,
  {
    values,
    ...expressions
  }: Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ConditionExpression'> & { values: object },
): Promise<void> => {
  await conditionalWrite(
    client,
    {
      update: {
        TableName,
        Key: toKey(keys.importSession(sessionId)),
        ...expressions,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: toValues(values),
      },
    },
    () => true,
  );
};
