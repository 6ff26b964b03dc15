import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { arnOf, eventSource, queue, startSmallStack } from './small-stack.ts';

let stack: LocalStack;

/** Sends what it was called with to the queue `Seen`, by the SQS protocol itself. */
const reports = (rest: string) => `
const call = (operation, body) => fetch(process.env.AWS_ENDPOINT_URL_SQS, {
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.' + operation, authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request' },
  body: JSON.stringify(body),
});
export const handler = async (event) => {
  const bodies = event.Records.map(({ body }) => body);
  await call('SendMessage', { QueueUrl: process.env.SEEN, MessageBody: JSON.stringify(event.Records) });
  ${rest}
};`;

beforeAll(async () => {
  const seen = { Environment: { Variables: { SEEN: { Ref: 'Seen' } } } };
  stack = await startSmallStack(
    {
      functions: {
        Picky: reports(
          "return { batchItemFailures: event.Records.filter(({ body }) => body.startsWith('bad')).map(({ messageId }) => ({ itemIdentifier: messageId })) };",
        ),
        Fails: reports("throw new Error('on purpose');"),
        Gathers: reports(''),
        Strange: reports("return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };"),
        Waits: 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));',
      },
      functionProperties: { Picky: seen, Fails: seen, Gathers: seen, Strange: seen, Waits: { Timeout: 60 } },
      resources: {
        ...queue('Seen'),
        ...queue('Dead'),
        ...queue('PickyJobs', {
          VisibilityTimeout: 600,
          RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2 },
        }),
        ...eventSource('PickyJobs', 'Picky', { BatchSize: 10 }),
        ...queue('FailingJobs', {
          VisibilityTimeout: 600,
          RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 },
        }),
        ...eventSource('FailingJobs', 'Fails', { BatchSize: 1 }),
        ...queue('GatheredJobs', { VisibilityTimeout: 600 }),
        ...eventSource('GatheredJobs', 'Gathers', { BatchSize: 25, MaximumBatchingWindowInSeconds: 2 }),
        ...queue('StrangeJobs', {
          VisibilityTimeout: 600,
          RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 1 },
        }),
        ...eventSource('StrangeJobs', 'Strange'),
        ...queue('WaitingJobs', { VisibilityTimeout: 600 }),
        ...eventSource('WaitingJobs', 'Waits', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }),
      },
    },
    { redeliverAfterSeconds: 0 },
  );
});

afterAll(() => stack.stop());

interface Seen {
  readonly body: string;
  readonly messageId: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
  readonly eventSourceARN: string;
}

const batchesOf = async (queueName: string): Promise<Seen[][]> => {
  const { ready } = await stack.queues.peek('Seen');
  const batches = ready.map((body) => JSON.parse(body) as Seen[]);
  return batches.filter(([first]) => first?.eventSourceARN.endsWith(`:${queueName}`));
};

const dead = async (body: string) => (await stack.queues.peek('Dead')).ready.filter((it) => it === body).length;

const isEmpty = async (name: string) => {
  const { ready, inFlight } = await stack.queues.peek(name);
  return ready.length + inFlight.length === 0;
};

describe('a queue that feeds a function', () => {
  test('hands over records in the shape of Lambda', async () => {
    await stack.queues.send('PickyJobs', ['shape']);

    const [batch] = await waitFor('the batch', async () => {
      const found = (await batchesOf('PickyJobs')).filter(([first]) => first?.body === 'shape');
      return found.length > 0 && found;
    });
    expect(batch?.[0]).toMatchObject({
      messageId: expect.stringMatching(/^[\w-]{36}$/),
      receiptHandle: expect.any(String),
      body: 'shape',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
      messageAttributes: {},
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:PickyJobs',
      awsRegion: 'us-east-1',
    });
  });

  test('keeps only the messages that the function names as failed, and gives those up to the dead-letter queue', async () => {
    await stack.queues.send('PickyJobs', ['good one', 'bad one', 'good two']);

    await waitFor('the bad message is given up', async () => (await dead('bad one')) === 1);
    const bodies = (await batchesOf('PickyJobs')).flat().map(({ body }) => body);
    expect(bodies.filter((body) => body === 'good one')).toHaveLength(1);
    expect(bodies.filter((body) => body === 'good two')).toHaveLength(1);
    expect(bodies.filter((body) => body === 'bad one')).toHaveLength(2);
    expect(await isEmpty('PickyJobs')).toBe(true);
  });

  test('tries again as often as the queue says when the function throws', async () => {
    await stack.queues.send('FailingJobs', ['poison']);

    await waitFor('the message is given up', async () => (await dead('poison')) === 1);
    const counts = (await batchesOf('FailingJobs')).flat().map(({ attributes }) => attributes.ApproximateReceiveCount);
    expect(counts).toEqual(['1', '2', '3']);
  });

  test('takes all of a batch as failed when the function names a message that is not in it', async () => {
    await stack.queues.send('StrangeJobs', ['strange']);

    expect(await waitFor('the message is given up', async () => (await dead('strange')) === 1)).toBe(true);
  });

  test('gathers a batch larger than one receive within its window', async () => {
    await stack.queues.send(
      'GatheredJobs',
      Array.from({ length: 25 }, (_, at) => String(at)),
    );

    const batches = await waitFor('a full batch', async () => {
      const found = await batchesOf('GatheredJobs');
      return found.length > 0 && found;
    });
    expect(batches.map((batch) => batch.length)).toEqual([25]);
  });

  test('works on as many batches at once as its mapping allows', async () => {
    await stack.queues.send('WaitingJobs', ['1', '2', '3', '4']);

    await waitFor('two are at work', async () => (await stack.queues.peek('WaitingJobs')).inFlight.length === 2);
    expect(stack.fn('Waits').pending()).toBe(2);
    expect((await stack.queues.peek('WaitingJobs')).ready).toHaveLength(2);
    expect(await stack.fn('Waits').kill()).toBe(2);
    await waitFor('the killed ones come again', () => stack.fn('Waits').pending() === 2);
  });
});
