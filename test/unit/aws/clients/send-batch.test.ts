import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { sendBatch } from '#aws/clients/send-batch.ts';

test('a message has no character that Amazon SQS refuses, and says what it was asked to say', async () => {
  const sent: string[] = [];
  const client = {
    send: async ({ input: { Entries = [] } }: SendMessageBatchCommand) => {
      sent.push(...Entries.map(({ MessageBody = '' }) => MessageBody));
      return {};
    },
  } as unknown as SQSClient;
  const bodies = [{ text: 'a\uFFFEb\uFFFFc\u0000d\uD800e 🎉' }, { text: 'plain' }];

  await sendBatch(client, 'queue', bodies);

  // The characters that the documentation of SendMessage allows.
  expect(sent.join('')).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
  expect(sent.map((text) => JSON.parse(text))).toEqual(bodies);
});
