import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subscriptionQueueOn } from '#aws/subscriptions/subscription-queue.ts';
import { promisedSubscription } from '#contract/subscriptions/promised-subscription.ts';
import type { PromisedSubscription } from '#domain/subscriptions/subscription-event.ts';
import { clientFor, createQueue, type Engine, startSqs } from '#test/support/engines.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startSqs();
});
afterAll(() => engine.stop());

test('a promised subscription is read from the queue as it was sent, though sending failed at first', async () => {
  const client = new SQSClient(clientFor(engine));
  const url = await createQueue(client, engine);
  let failures = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      failures += 1;
      if (failures === 1) throw Object.assign(new Error('Rate exceeded'), { name: 'RequestThrottled' });
      return next(args);
    },
    { step: 'initialize' },
  );
  const promised: PromisedSubscription = {
    contactId: 7,
    token: 'request-1',
    segmentIds: [3],
    event: {
      eventId: 'subscribeFromApi:7',
      eventTypeKey: 'subscribeFromApi',
      keyValue: '7',
      contactId: 7,
      params: { ContactId: 7, EmailAddress: 'john@example.com' },
      occurredAt: '2026-01-05T09:00:00.000Z',
    },
  };

  await subscriptionQueueOn(client, url).send(promised);

  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5 }));
  expect(Messages.map(({ Body = '' }) => promisedSubscription.parse(JSON.parse(Body)))).toEqual([promised]);
});
