import type { Context, SQSEvent } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { log } from '#shared/log.ts';
import { onAllMessages, onEachMessage } from '#shared/queue.ts';

vi.spyOn(log, 'error').mockImplementation(() => {});

const batchOf = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:queue',
    awsRegion: 'eu-central-1',
  })),
});

const numbers = {
  read: (body: unknown): number => {
    if (typeof body === 'number') return body;
    throw new Error('Not a number');
  },
};

const failedIn = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort();

describe('a queue that works on each message', () => {
  it('reports the messages that failed, and only those', async () => {
    const seen: number[] = [];
    const handler = onEachMessage(numbers, async (message) => {
      if (message === 2) throw new Error('No twos');
      seen.push(message);
    });

    const answer = await handler(batchOf('1', '2', 'not JSON', '"text"', '5'), {} as Context);

    expect(seen).toEqual([1, 5]);
    expect(failedIn(answer)).toEqual(['message-1', 'message-2', 'message-3']);
  });

  it('tells each how long the function may still run', async () => {
    const times: number[] = [];
    const handler = onEachMessage(numbers, async (_, remainingTime) => {
      times.push(remainingTime());
    });
    let left = 900;

    await handler(batchOf('1', '2'), { getRemainingTimeInMillis: () => left-- } as Context);

    expect(times).toEqual([900, 899]);
  });

  it('reports all where all failed, instead of throwing', async () => {
    const handler = onEachMessage(numbers, async () => {
      throw new Error('Nothing works');
    });

    expect(failedIn(await handler(batchOf('1', '2'), {} as Context))).toEqual(['message-0', 'message-1']);
  });
});

describe('a queue that works on all messages at once', () => {
  it('hands over what can be parsed, and reports the rest', async () => {
    const seen: number[] = [];
    const handler = onAllMessages(numbers, async (messages) => void seen.push(...messages));

    expect(failedIn(await handler(batchOf('1', '{', '3')))).toEqual(['message-1']);
    expect(seen).toEqual([1, 3]);
  });

  it('reports all where the work failed', async () => {
    const handler = onAllMessages(numbers, async () => {
      throw new Error('Nothing works');
    });

    expect(failedIn(await handler(batchOf('1', 'x', '3')))).toEqual(['message-0', 'message-1', 'message-2']);
  });

  it('works on each that comes again by itself, so that one that always fails costs itself only', async () => {
    const seen: (readonly number[])[] = [];
    const handler = onAllMessages(numbers, async (messages) => {
      if (messages.includes(2)) throw new Error('No twos');
      seen.push(messages);
    });
    const { Records } = batchOf('1', '2', '3', '4', '5');
    const again = Records.map((record, index) =>
      index < 3 ? { ...record, attributes: { ...record.attributes, ApproximateReceiveCount: '2' } } : record,
    );

    expect(failedIn(await handler({ Records: again }))).toEqual(['message-1']);
    expect(seen).toEqual([[4, 5], [1], [3]]);
  });

  it('does nothing where nothing can be parsed', async () => {
    const work = vi.fn(async () => {});

    await onAllMessages(numbers, work)(batchOf('x'));

    expect(work).not.toHaveBeenCalled();
  });
});
