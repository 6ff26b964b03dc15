import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Backlog } from '#domain/sweep.ts';
import { queueUrl } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { withRetry } from '../clients/retry.ts';
import { sqs } from '../clients/sqs-client.ts';

/** What waits in some queues, approximately, as SQS knows no better. */
export const backlogOf = (client: SQSClient, queueUrls: readonly string[]): Backlog => ({
  hasMessages: async () => {
    const counts = await Promise.all(queueUrls.map((QueueUrl) => countOf(client, QueueUrl)));
    return counts.some((count) => count > 0);
  },
});

const countOf = async (client: SQSClient, QueueUrl: string): Promise<number> => {
  const { Attributes = {} } = await withRetry(() =>
    client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counted] })),
  );
  return counted.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};

const counted = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** What waits in queues of this stage. */
export const backlogIn = (queues: readonly { readonly name: string }[]): Backlog => {
  const urls = queues.map(({ name }) => queueUrl(name));
  return lazily(() =>
    backlogOf(
      sqs(),
      urls.map((url) => url()),
    ),
  );
};
