import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { contactReaderOn } from '#aws/contacts/contact-reader.ts';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { awaitedEventsOn } from '#aws/events/awaited-events.ts';
import { fieldStore } from '#aws/fields/field-store.ts';
import { messageStoreOn } from '#aws/messages/message-store.ts';
import { segmentSendingsOn } from '#aws/messages/segment-sendings.ts';
import { orderStoreOn } from '#aws/orders/order-store.ts';
import { segmentStore } from '#aws/segments/segment-store.ts';
import { proposalsOn } from '#aws/subscriptions/proposals.ts';
import { suppressionStore } from '#aws/subscriptions/suppression-store.ts';
import { unfinishedNotesIn } from '#aws/sweep/unfinished-notes.ts';
import { workflowLaunchesOn } from '#aws/workflows/workflow-launches.ts';
import { workflowRunsOn } from '#aws/workflows/workflow-runs.ts';
import { workflowStoreOn } from '#aws/workflows/workflow-store.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { environmentNames } from '#names/environment.ts';
import { Crash } from '#test/support/imports/import-runs.ts';
import { submittedOrder } from '#test/support/orders/order-makers.ts';
import { eventOf } from '#test/support/workflows/workflow-ports.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';
import { dispatchMessage } from '#usecases/messages/dispatch-message.ts';
import { sendMessages } from '#usecases/messages/send-messages.ts';
import { addOrders } from '#usecases/orders/add-orders.ts';
import { launchWorkflows } from '#usecases/workflows/launch-workflows.ts';

const content = { channel: 'email', from: {}, subject: 'Hello', text: 'Hello' } as const;
const reach = { unconfirmed: true, unsubscribed: true };

/** What functions of a running stack leave that died two hours ago, before they reached a queue, the bus or an execution. */
export const dyingFunctions = ({ environment }: LocalStack) => {
  const variable = (name: string): string => environment[name] ?? '';
  const client = new DynamoDBClient({
    region: variable('AWS_REGION'),
    endpoint: variable('AWS_ENDPOINT_URL_DYNAMODB'),
    credentials: { accessKeyId: variable('AWS_ACCESS_KEY_ID'), secretAccessKey: variable('AWS_SECRET_ACCESS_KEY') },
  });
  const tableName = variable(environmentNames.tableName);
  const die = async () => Promise.reject(new Crash());
  const deadly = { send: die, publish: die, start: die, wake: die };
  const workflows = workflowStoreOn(client, tableName);
  const ports = {
    contacts: contactStore(client, tableName),
    contactReader: contactReaderOn(client, tableName),
    fields: fieldStore(client, tableName),
    segments: segmentStore(client, tableName),
    proposals: proposalsOn(client, tableName),
    suppressions: suppressionStore(client, tableName),
    orders: orderStoreOn(client, tableName),
    messages: messageStoreOn(client, tableName, { retentionDays: 30 }),
    segmentSendings: segmentSendingsOn(client, tableName, { retentionDays: 30 }),
    workflows,
    workflowRuns: workflowRunsOn(client, tableName),
    workflowLaunches: workflowLaunchesOn(client, tableName),
    awaitedEvents: awaitedEventsOn(client, tableName),
    unfinished: unfinishedNotesIn(client, tableName),
    bindings: workflows.bindings,
    messageChannels: { missing: () => undefined },
    messageQueue: deadly,
    segmentSendingQueue: deadly,
    eventBus: deadly,
    executions: deadly,
    currency: 'UAH',
    defaultCountry: 'UA',
    runRetentionDays: 30,
    now: () => new Date(Date.now() - 2 * 3_600_000).toISOString(),
    newId: () => crypto.randomUUID(),
    pause: async () => {},
  };
  const died = async (work: Promise<unknown>): Promise<void> => {
    const end = await work.catch((error: unknown) => error);
    if (!(end instanceof Crash)) throw new Error('The function of the test did not die', { cause: end });
  };

  return {
    unfinished: ports.unfinished,
    messages: ports.messages,
    orders: ports.orders,
    runs: ports.workflowRuns,
    addOrder: (externalOrderId: string, email: string) =>
      died(addOrders(ports, [submittedOrder({ externalOrderId, email })])),
    sendTo: (address: string) => {
      const recipients = [{ locator: address, to: { address }, params: {} }];
      return died(sendMessages(ports, { content, recipients, reach, isPersonal: false }));
    },
    sendToSegment: (segmentId: number) =>
      died(dispatchMessage(ports, { content, reach, isPersonal: false, audience: { segmentId }, params: {} })),
    /** Both promises are lost, and the function did not die, as nothing of its work is behind them. */
    erase: (contactId: number) => eraseContact({ ...ports, erasureQueue: { send: async () => {} } }, { id: contactId }),
    launch: (eventTypeKey: string, contactId: number) =>
      died(launchWorkflows(ports, eventOf({ eventId: crypto.randomUUID(), eventTypeKey, contactId }))),
    close: () => client.destroy(),
  };
};
