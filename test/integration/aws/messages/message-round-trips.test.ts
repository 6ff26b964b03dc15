import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueOn } from '#aws/clients/queue.ts';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { messageStoreOn } from '#aws/messages/message-store.ts';
import { suppressionStore } from '#aws/subscriptions/suppression-store.ts';
import { unfinishedNotesIn } from '#aws/sweep/unfinished-notes.ts';
import { transactionalReach } from '#domain/messages/message.ts';
import { ambient } from '#shared/ambient.ts';
import { clientFor, createQueue, createTable, type Engine, startDynamoDb, startSqs } from '#test/support/engines.ts';
import { countRoundTrips } from '#test/support/round-trips.ts';
import { sendMessages } from '#usecases/messages/send-messages.ts';

let dynamoDb: Engine;
let sqs: Engine;
beforeAll(async () => {
  [dynamoDb, sqs] = await Promise.all([startDynamoDb(), startSqs()]);
});
afterAll(() => Promise.all([dynamoDb.stop(), sqs.stop()]));

const open = async () => {
  const [table, queue] = [new DynamoDBClient(clientFor(dynamoDb)), new SQSClient(clientFor(sqs))];
  const tableName = await createTable(table);
  const queueUrl = await createQueue(queue, sqs);
  const trips = countRoundTrips(table, queue);
  const ports = {
    contacts: contactStore(table, tableName),
    messages: messageStoreOn(table, tableName, { retentionDays: 30 }),
    messageQueue: queueOn(queue, queueUrl),
    suppressions: suppressionStore(table, tableName),
    messageChannels: { missing: () => undefined },
    unfinished: unfinishedNotesIn(table, tableName),
    ...ambient,
  };
  return { ports, trips };
};

const requestTo = (count: number) => ({
  content: { channel: 'email', from: {}, subject: 'Hello', text: 'Hello' } as const,
  recipients: Array.from({ length: count }, (_, index) => {
    const address = `reader-${index}@example.com`;
    return { locator: address, to: { address }, params: {} };
  }),
  reach: transactionalReach,
  isPersonal: true,
});

describe('a message to 1,000 recipients', () => {
  test('waits for batches and not for people, whether they are unknown or known', async () => {
    const { ports, trips } = await open();

    const unknown = await sendMessages(ports, requestTo(1000));
    const [callsForUnknown, waitsForUnknown] = [trips.waves.flat().length, trips.sequential];
    trips.reset();
    const known = await sendMessages(ports, requestTo(1000));

    expect(unknown.map(({ contactId }) => contactId)).toEqual(known.map(({ contactId }) => contactId));
    expect(new Set(known.map(({ contactId }) => contactId)).size).toBe(1000);
    expect(callsForUnknown).toBeLessThanOrEqual(290);
    expect(waitsForUnknown).toBeLessThanOrEqual(25);
    expect(trips.waves.flat().length).toBeLessThanOrEqual(220);
    expect(trips.sequential).toBeLessThanOrEqual(20);
  });
});

test('a message to one person waits ten times, eight where the person is known', async () => {
  const { ports, trips } = await open();

  await sendMessages(ports, requestTo(1));
  const forUnknown = trips.sequential;
  trips.reset();
  await sendMessages(ports, requestTo(1));

  expect(forUnknown).toBe(10);
  expect(trips.waves).toEqual([
    ['BatchGetItem'],
    ['BatchGetItem'],
    ['BatchGetItem'],
    ['PutItem', 'PutItem'],
    ['BatchWriteItem'],
    ['BatchExecuteStatement'],
    ['SendMessageBatch'],
    ['DeleteItem'],
  ]);
});
