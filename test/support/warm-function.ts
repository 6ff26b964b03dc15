import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { queueOn } from '#aws/clients/queue.ts';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { withIdPool } from '#aws/contacts/id-pool.ts';
import { eventBusOn } from '#aws/events/event-bus.ts';
import { rememberFields } from '#aws/fields/field-memory.ts';
import { fieldStore } from '#aws/fields/field-store.ts';
import { segmentStore } from '#aws/segments/segment-store.ts';
import { rememberCategories } from '#aws/subscriptions/category-memory.ts';
import { categoryStore } from '#aws/subscriptions/category-store.ts';
import { suppressionStore } from '#aws/subscriptions/suppression-store.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { ambient } from '#shared/ambient.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';
import { clientFor, createQueue, createTable, startDynamoDb, startSqs } from './engines.ts';
import { countRoundTrips } from './round-trips.ts';

/** One contact to save, which joins the segment Subscribers. */
export const single = (draft: ContactDraft) => ({
  draft,
  groupNames: ['Subscribers'],
  groupIds: [],
  warnings: [],
});

/** The engines behind functions, with a bus that accepts every event. */
export const startFunctionEngines = async () => {
  const [dynamodb, sqs] = await Promise.all([startDynamoDb(), startSqs()]);
  const bus = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: 'event' }] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => bus.once('listening', resolve));
  const { port } = bus.address() as AddressInfo;

  return {
    dynamodb,
    sqs,
    bus: { endpoint: `http://127.0.0.1:${port}` },
    stop: async () => {
      bus.closeAllConnections();
      bus.close();
      await Promise.all([dynamodb.stop(), sqs.stop()]);
    },
  };
};

/** Engines that were started. */
export type FunctionEngines = Awaited<ReturnType<typeof startFunctionEngines>>;

/**
 * The ports of a function that has answered before: the ids of its segments, its custom fields and a few contact ids are
 * at hand. `trips` counts its calls from now on.
 */
export const warmFunction = async (engines: FunctionEngines) => {
  const dynamodb = new DynamoDBClient(clientFor(engines.dynamodb));
  const sqs = new SQSClient(clientFor(engines.sqs));
  const eventBridge = new EventBridgeClient(clientFor(engines.bus));
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
    subscriptionQueue: queueOn(sqs, await createQueue(sqs, engines.sqs)),
    asksForConfirmation: true,
    publishesFieldChanges: true,
    publishesSegmentChanges: false,
    ...ambient,
  };
  await subscribeContact(ports, single({ email: 'warm@example.com', fields: [{ id: 2, value: 'M' }] }));
  trips.reset();
  return { ports, trips, clients: { dynamodb, sqs, eventBridge }, tableName };
};
