import { randomUUID } from 'node:crypto';
import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { isTransientCode, refused, withRetry } from '../clients/retry.ts';

/**
 * Writes all of the items or none; whether every condition held. A request token makes a repeat after a lost answer
 * safe for ten minutes; a transaction that was cancelled for a conflict or throttling starts again under a new token.
 */
export const transactWrite = async (client: DynamoDBClient, TransactItems: TransactWriteItem[]): Promise<boolean> => {
  let ClientRequestToken: string = randomUUID();
  return withRetry(async () => {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
      return true;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code).filter((code) => code !== 'None');
      if (codes.includes('ConditionalCheckFailed')) return false;
      if (!codes.some(isTransientCode)) throw refused(error);
      ClientRequestToken = randomUUID();
      throw Object.assign(new Error('The transaction met another'), { name: 'TransactionConflict', cause: error });
    }
  });
};
