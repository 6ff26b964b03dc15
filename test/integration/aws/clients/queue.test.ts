import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueOn } from '#aws/clients/queue.ts';
import { erasureJobs } from '#domain/erasure/erasure.ts';
import { clientFor, createQueue, type Engine, startSqs } from '#test/support/engines.ts';

describe('queues', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startSqs();
  });
  afterAll(() => engine.stop());

  const received = async (client: SQSClient, QueueUrl: string, count: number): Promise<unknown[]> => {
    const bodies: unknown[] = [];
    while (bodies.length < count) {
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      for (const { Body = '', ReceiptHandle } of Messages) {
        bodies.push(JSON.parse(Body));
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
    return bodies;
  };

  test('a message is sent for every chunk, also when some entries fail at first', async () => {
    const client = new SQSClient(clientFor(engine));
    const url = await createQueue(client, engine);
    let failures = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as SendMessageBatchCommand['input'];
        const [first, ...rest] = input.Entries ?? [];
        if (!first || rest.length === 0) return next(args);
        failures += 1;
        const result = await next({ ...args, input: { ...input, Entries: rest } });
        const Failed = [{ Id: first.Id, SenderFault: false, Code: 'InternalError' }];
        return { ...result, output: { ...result.output, Failed } };
      },
      { step: 'initialize' },
    );
    const chunks = Array.from({ length: 23 }, (_, index) => ({ sessionId: 'session', number: index + 1 }));

    await queueOn(client, url).send(chunks);

    const bodies = await received(client, url, 23);
    expect(bodies).toHaveLength(23);
    expect(bodies).toEqual(expect.arrayContaining(chunks));
    expect(failures).toBe(3);
  });

  test('a job is sent at once, or when its delay is over', async () => {
    const client = new SQSClient(clientFor(engine));
    const url = await createQueue(client, engine);
    const job = { erasures: [{ contactId: 7, fingerprints: ['a', 'b'] }] };

    await queueOn(client, url).send([{ ...job, cursor: 'later' }], 1);
    await queueOn(client, url).send([job]);

    expect(await received(client, url, 2)).toEqual([job, { ...job, cursor: 'later' }]);
  });

  test('erasures are shared out so that every message fits, however many come together', async () => {
    const client = new SQSClient(clientFor(engine));
    const url = await createQueue(client, engine);
    const fingerprints = Array.from({ length: 45 }, () => 'f'.repeat(64));
    const erasures = Array.from({ length: 120 }, (_, index) => ({ contactId: index + 1, fingerprints }));

    for (const job of erasureJobs({ erasures })) await queueOn(client, url).send([job]);

    const bodies = (await received(client, url, 3)) as { erasures: typeof erasures }[];
    expect(bodies.flatMap((body) => body.erasures.map(({ contactId }) => contactId)).sort((a, b) => a - b)).toEqual(
      erasures.map(({ contactId }) => contactId),
    );
    expect(Math.max(...bodies.map((body) => JSON.stringify(body).length))).toBeLessThan(262_144);
  });

  test('a job is sent again that the queue had no capacity for', async () => {
    const client = new SQSClient(clientFor(engine));
    const url = await createQueue(client, engine);
    let calls = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        calls += 1;
        if (calls === 1) throw Object.assign(new Error('Rate exceeded'), { name: 'RequestThrottled' });
        return next(args);
      },
      { step: 'initialize' },
    );

    await queueOn(client, url).send([{ sessionId: 'session', number: 3 }]);

    expect(await received(client, url, 1)).toEqual([{ sessionId: 'session', number: 3 }]);
  });
});
