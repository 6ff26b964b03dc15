import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rememberCategories } from '#aws/category-memory.ts';
import { categoryStore } from '#aws/category-store.ts';
import { contactStore } from '#aws/contact-store.ts';
import { eventBusOn } from '#aws/event-bus.ts';
import { rememberFields } from '#aws/field-memory.ts';
import { fieldStore } from '#aws/field-store.ts';
import { withIdPool } from '#aws/id-pool.ts';
import { segmentStore } from '#aws/segment-store.ts';
import { subscriptionQueueOn } from '#aws/subscription-queue.ts';
import { suppressionStore } from '#aws/suppression-store.ts';
import type { ContactDraft } from '#domain/contact.ts';
import { ambient } from '#shared/ambient.ts';
import { clientFor, createQueue, createTable, type Engine, startDynamoDb, startSqs } from '#test/support/engines.ts';
import { countRoundTrips } from '#test/support/round-trips.ts';
import { addContact } from '#usecases/add-contact.ts';
import { subscribeContact } from '#usecases/subscribe-contact.ts';
import { updateContact } from '#usecases/update-contact.ts';

let engines: { dynamodb: Engine; sqs: Engine };
let bus: Server;

beforeAll(async () => {
  const [dynamodb, sqs] = await Promise.all([startDynamoDb(), startSqs()]);
  engines = { dynamodb, sqs };
  bus = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: 'event' }] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => bus.once('listening', resolve));
});

afterAll(async () => {
  bus.closeAllConnections();
  bus.close();
  await Promise.all([engines.dynamodb.stop(), engines.sqs.stop()]);
});

const single = (draft: ContactDraft) => ({ draft, groupNames: ['Subscribers'], groupIds: [], warnings: [] });

/** The ports of a function that has answered before: its segments, custom fields and a few ids are at hand. */
const warmPorts = async () => {
  const dynamodb = new DynamoDBClient(clientFor(engines.dynamodb));
  const sqs = new SQSClient(clientFor(engines.sqs));
  const { port } = bus.address() as AddressInfo;
  const eventBridge = new EventBridgeClient(clientFor({ ...engines.sqs, endpoint: `http://127.0.0.1:${port}` }));
  const trips = countRoundTrips(dynamodb, sqs, eventBridge);

  const tableName = await createTable(dynamodb);
  const fields = fieldStore(dynamodb, tableName);
  const ports = {
    fields,
    contacts: withIdPool(contactStore(dynamodb, tableName)),
    segments: segmentStore(dynamodb, tableName),
    fieldMemory: rememberFields(fields),
    categoryMemory: rememberCategories(categoryStore(dynamodb, tableName)),
    suppressions: suppressionStore(dynamodb, tableName),
    eventBus: eventBusOn(eventBridge, 'bus'),
    subscriptionQueue: subscriptionQueueOn(sqs, await createQueue(sqs, engines.sqs)),
    asksForConfirmation: true,
    tellsFieldChanges: true,
    tellsSegmentChanges: false,
    ...ambient,
  };
  await subscribeContact(ports, single({ email: 'warm@example.com', fields: [{ id: 2, value: 'M' }] }));
  trips.reset();
  return { ports, trips };
};

const john = {
  email: 'mail@example.com',
  sms: '380942583691',
  firstName: 'John',
  fields: [{ id: 12345, value: '...' }],
};

describe('a warm function follows one call by another', () => {
  test('four times for a new subscriber: claims, claiming, the contact, event and segment', async () => {
    const { ports, trips } = await warmPorts();

    await subscribeContact(ports, single({ ...john, fields: [{ id: 2, value: 'M' }] }));

    expect(trips.waves).toEqual([
      ['BatchGetItem', 'BatchGetItem', 'BatchGetItem'],
      ['BatchExecuteStatement', 'SendMessage'],
      ['BatchExecuteStatement'],
      ['BatchWriteItem', 'PutEvents'],
    ]);
  });

  test('four times where a custom field is looked for that does not exist', async () => {
    const { ports, trips } = await warmPorts();

    await subscribeContact(ports, single(john));

    expect(trips.sequential).toBe(4);
    expect(trips.waves[0]).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'Query']);
  });

  test('four times for a known subscriber who changes, three where nothing changes', async () => {
    const { ports, trips } = await warmPorts();
    await subscribeContact(ports, single(john));

    trips.reset();
    await subscribeContact(ports, single({ ...john, firstName: 'Ann' }));
    expect(trips.waves).toEqual([
      ['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'Query'],
      ['BatchGetItem'],
      ['PutItem'],
      ['PutEvents'],
    ]);

    trips.reset();
    await subscribeContact(ports, single({ ...john, firstName: 'Ann' }));
    expect(trips.sequential).toBe(3);
  });

  test('four times for a known subscriber who gains a phone number', async () => {
    const { ports, trips } = await warmPorts();
    await subscribeContact(ports, single({ email: 'mail@example.com' }));

    trips.reset();
    await subscribeContact(ports, single(john));

    expect(trips.sequential).toBe(4);
  });

  test('five times for one whose phone number is replaced: the claim that it loses is read, too', async () => {
    const { ports, trips } = await warmPorts();
    await subscribeContact(ports, single(john));

    trips.reset();
    await subscribeContact(ports, single({ ...john, sms: '380671234567' }));

    expect(trips.waves.map(([first]) => first)).toEqual([
      'BatchGetItem',
      'BatchGetItem',
      'BatchGetItem',
      'TransactWriteItems',
      'PutEvents',
    ]);
  });

  test('five times for a new one whose address others have under other ids: they are read, too', async () => {
    const { ports, trips } = await warmPorts();
    await subscribeContact(ports, single({ ...john, externalCustomerId: 'A' }));

    trips.reset();
    await subscribeContact(ports, single({ email: john.email, externalCustomerId: 'B' }));

    expect(trips.sequential).toBe(5);
  });

  test('four times for a contact that is added, three for one that is updated', async () => {
    const { ports, trips } = await warmPorts();

    const { id } = await addContact(ports, single(john));
    expect(trips.sequential).toBe(4);

    trips.reset();
    await updateContact(ports, id, { ...single({ firstName: 'Ann' }), groupNames: [] });
    expect(trips.waves).toEqual([['BatchGetItem'], ['PutItem'], ['PutEvents']]);
  });
});
