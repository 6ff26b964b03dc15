import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueOn } from '#aws/clients/queue.ts';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { countStore } from '#aws/counts/count-store.ts';
import { tellingCreations, tellingStates } from '#aws/counts/counted-contacts.ts';
import { deadLetterReader } from '#aws/counts/dead-letter-reader.ts';
import { readCountJob } from '#contract/counts/count-job.ts';
import type { CountJob } from '#domain/counts/count-job.ts';
import { clientFor, createQueue, createTable, type Engine, startDynamoDb, startSqs } from '#test/support/engines.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { restoreContact } from '#usecases/contacts/restore-contact.ts';
import { countContacts } from '#usecases/counts/count-contacts.ts';

let engines: readonly [Engine, Engine];
beforeAll(async () => {
  engines = await Promise.all([startDynamoDb(), startSqs()]);
});
afterAll(() => Promise.all(engines.map((engine) => engine.stop())));

/** A stage of contacts whose changes are told to a queue. */
const open = async () => {
  const [dynamodb, sqs] = engines;
  const client = new DynamoDBClient(clientFor(dynamodb));
  const tableName = await createTable(client);
  const queues = new SQSClient(clientFor(sqs));
  const QueueUrl = await createQueue(queues, sqs);
  const countQueue = queueOn<CountJob>(queues, QueueUrl);
  const plain = contactStore(client, tableName);
  const contacts = tellingStates(tellingCreations(plain, countQueue), countQueue);
  const counts = countStore(client, tableName);
  const ports = { ...memoryPorts(), contacts, counts, countQueue };

  /** Takes the next message from the queue, and counts what it tells. */
  const countNext = async (): Promise<CountJob> => {
    for (;;) {
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      const [message] = Messages;
      if (!message) continue;
      const job = readCountJob(JSON.parse(message.Body ?? ''));
      await countContacts(ports, [job]);
      await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      return job;
    }
  };
  return { ports, countNext, queues, QueueUrl };
};

describe('contacts', () => {
  test('that are added, deleted and restored are counted by what the queue is told', async () => {
    const { ports, countNext } = await open();
    const counted = async () => (await ports.counts.read('2000-01-01')).contacts;

    const { id } = await addContact(ports, { draft: { email: 'a@x.x' }, groupNames: [], groupIds: [], warnings: [] });
    const told = await countNext();
    const added = await counted();
    await deleteContact(ports, { id });
    await countNext();
    const deleted = await counted();
    await restoreContact(ports, id);
    await countNext();

    expect(told).toEqual({ changed: [id] });
    expect([added, deleted, await counted()]).toEqual([{ API: 1 }, { API: 0 }, { API: 1 }]);
  });
});

test('messages that were given up are seen in their queue', async () => {
  const { queues, QueueUrl } = await open();
  const cut = QueueUrl.lastIndexOf('/') + 1;
  const watched = { queue: QueueUrl.slice(cut), alarm: 'counts-given-up', runbook: 'counts-are-missing' };
  await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));

  const found = await deadLetterReader(queues, { origin: QueueUrl.slice(0, cut), queues: [watched] }).list();

  expect(found).toEqual([{ ...watched, waiting: 1 }]);
});
