import { callAws } from '#infra/local/engine/call-aws.ts';
import type { TestStack } from '#test/support/local-stack.ts';

/** The bodies of all messages that a stack gave up, from every dead-letter queue. */
export const givenUp = async ({ environment, queues }: TestStack): Promise<string[]> => {
  const endpoint = environment.AWS_ENDPOINT_URL_SQS ?? '';
  const { QueueUrls } = (await callAws({ endpoint, target: 'AmazonSQS.ListQueues', body: {} })) as {
    readonly QueueUrls: readonly string[];
  };
  const names = QueueUrls.map((url) => url.split('/').at(-1) ?? '').filter((name) => name.endsWith('dead-letter'));
  if (names.length < 10) throw new Error(`There are more dead-letter queues than ${names.join(', ')}`);
  const found = await Promise.all(names.map((name) => queues.peek(name)));
  return found.flatMap(({ ready, inFlight }) => [...ready, ...inFlight]);
};

/** How many messages wait in a queue, are held back or are worked on. */
export const restIn = async ({ queues }: TestStack, queue: string): Promise<number> => {
  const { ready, inFlight } = await queues.peek(queue);
  return ready.length + inFlight.length;
};
