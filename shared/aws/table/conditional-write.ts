import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { withRetry } from '../clients/retry.ts';
import type { Item } from './item.ts';

/** One write with its condition. */
export type ConditionalWrite =
  | { readonly put: PutItemCommandInput }
  | { readonly update: UpdateItemCommandInput }
  | { readonly remove: DeleteItemCommandInput };

/** The item that was in the way of a condition, if any, and whether the request may have succeeded unheard before. */
export interface Obstacle {
  readonly existing: Item | undefined;
  readonly isRepeat: boolean;
}

/**
 * Writes one item on a condition; whether it held. A repeated request may meet its own effect when the first answer was
 * lost, so `isOurs` judges what was in the way.
 */
export const conditionalWrite = (
  client: DynamoDBClient,
  write: ConditionalWrite,
  isOurs: (obstacle: Obstacle) => boolean,
): Promise<boolean> =>
  withRetry(async (round) => {
    try {
      await send(client, write);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return isOurs({ existing: error.Item, isRepeat: round > 0 || (error.$metadata.attempts ?? 1) > 1 });
    }
  });

const send = async (client: DynamoDBClient, write: ConditionalWrite): Promise<void> => {
  const wanted = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if ('put' in write) await client.send(new PutItemCommand({ ...write.put, ...wanted }));
  else if ('update' in write) await client.send(new UpdateItemCommand({ ...write.update, ...wanted }));
  else await client.send(new DeleteItemCommand({ ...write.remove, ...wanted }));
};
