import { describe, expect, test } from 'vitest';
import { invocationsIn, newTrace, withInvocation } from '#infra/local/function/trace.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { arnOf, eventSource, queue, startSmallStack } from './small-stack.ts';

/** Sends each of its messages on to its own queue, as the SDK does: with the tracing header of the invocation. */
const again = `
import { request } from 'node:http';
const send = (body) => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL_SQS);
  const headers = {
    'x-amz-target': 'AmazonSQS.SendMessage',
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-security-token': process.env.AWS_SESSION_TOKEN,
    'x-amzn-trace-id': process.env._X_AMZN_TRACE_ID,
  };
  const sent = request({ host: hostname, port: Number(port), method: 'POST', path: '/', headers }, (response) => {
    response.resume().on('end', resolve);
  });
  sent.on('error', reject);
  sent.end(JSON.stringify({ QueueUrl: 'http://sqs/000000000000/Loop', MessageBody: body }));
});
export const handler = async ({ Records }) => {
  for (const { body } of Records) if (Number(body) < 40) await send(String(Number(body) + 1));
};`;

const loop = (properties: object, queueProperties: object = {}) => {
  const lines: string[] = [];
  const stack = startSmallStack(
    {
      functions: { Again: again },
      functionProperties: { Again: properties },
      resources: { ...queue('Dead'), ...queue('Loop', queueProperties), ...eventSource('Loop', 'Again') },
    },
    { onRefused: (line) => lines.push(line) },
  );
  return stack.then((running) => ({ ...running, lines }));
};

describe('a chain of messages from a function to its own queue', () => {
  test('is stopped after 16 invocations, and its message goes to the dead-letter queue', async () => {
    const stack = await loop({}, { RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 } });
    try {
      await stack.queues.send('Loop', ['1']);

      const dead = await waitFor('the message is given up', async () => {
        const { ready } = await stack.queues.peek('Dead');
        return ready.length > 0 && ready;
      });
      expect(dead).toEqual(['17']);
      expect(stack.lines).toEqual([expect.stringMatching(/^\[recursion\] Lambda stops Again .* they are in Dead$/)]);
    } finally {
      await stack.stop();
    }
  });

  test('is dropped where there is no dead-letter queue', async () => {
    const stack = await loop({});
    try {
      await stack.queues.send('Loop', ['1']);

      await waitFor('the message is dropped', () => stack.lines.length > 0);
      expect(stack.lines).toEqual([expect.stringMatching(/they are lost$/)]);
      await waitFor('the queue is empty', async () => {
        const { ready, inFlight } = await stack.queues.peek('Loop');
        return [...ready, ...inFlight].length === 0;
      });
    } finally {
      await stack.stop();
    }
  });

  test('goes on where the function allows it', async () => {
    const stack = await loop({ RecursiveLoop: 'Allow' });
    try {
      await stack.queues.send('Loop', ['1', '30']);

      await waitFor('the last message is done', async () => {
        const { ready, inFlight } = await stack.queues.peek('Loop');
        return [...ready, ...inFlight].length === 0 && stack.fn('Again').pending() === 0;
      });
      expect(stack.lines).toEqual([]);
    } finally {
      await stack.stop();
    }
  });
});

test('a trace counts the invocations of each function', () => {
  const trace = ['a', 'b', 'a', 'c', 'a'].reduce(withInvocation, newTrace());

  expect(['a', 'b', 'c', 'd'].map((name) => invocationsIn(trace, name))).toEqual([3, 1, 1, 0]);
  expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0;Lineage=a:3\|b:1\|c:1$/);
});
