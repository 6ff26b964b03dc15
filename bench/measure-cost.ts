import { setTimeout as pause } from 'node:timers/promises';
import { type BenchStack, withStack } from './bench-stack.ts';
import { bulkRequest, contactsPerRequest, eventTypeKey } from './bulk-request.ts';
import { type AnswerBody, addUsage, noUsage, type RequestBody, type Usage, usedSince } from './dynamodb-usage.ts';
import { type EngineProxy, startEngineProxy } from './engine-proxy.ts';
import type { Figure } from './figure.ts';
import type { Progress } from './progress.ts';

/**
 * What must exist of a contact with e-mail, phone and one segment: the contact, two claims, the membership and its
 * entry in the segment's list. If another index must exist, add it here.
 */
const entriesPerContact = 6;
/** What must exist of an event: itself, its entries in two lists, and the pointer from its contact. */
const entriesPerEvent = 4;

/** What the engines saw between two moments. */
interface Cost {
  readonly usage: Usage;
  readonly events: number;
}

/**
 * Counts what one bulk request of new contacts costs, and what the same request costs again. The engine's own consumed
 * capacity is summed by a proxy before it, so the functions are the ones that deploy.
 */
export const measureCost = async (progress: Progress): Promise<Figure[]> => {
  progress.step('Counting write units and requests');
  const proxies: EngineProxy[] = [];
  const counter = countCalls();
  const before = (observe: 'dynamodb' | 'eventBridge') => async (endpoint: string) => {
    const proxy = await startEngineProxy(endpoint, counter[observe]);
    proxies.push(proxy);
    return proxy.endpoint;
  };
  try {
    return await withStack(
      { proxies: { dynamodb: before('dynamodb'), eventBridge: before('eventBridge') } },
      async (stack) => {
        // The segment and the first ids are there before anything is counted, as they are in a stage that is used.
        await costOf(stack, counter, bulkRequest(contactsPerRequest, 1, { eventKeyForNewContacts: eventTypeKey }));
        const request = bulkRequest(0, contactsPerRequest, { eventKeyForNewContacts: eventTypeKey });
        const created = await costOf(stack, counter, request);
        const unchanged = await costOf(stack, counter, request);
        return [...figuresOfNew(created), ...figuresOfUnchanged(unchanged)];
      },
    );
  } finally {
    for (const proxy of proxies) await proxy.stop();
  }
};

const countCalls = () => {
  const total = { usage: noUsage(), events: 0 };
  return {
    total,
    dynamodb: {
      asked: (_: string, request: object) => ({ ...request, ReturnConsumedCapacity: 'INDEXES' }),
      answered: (operation: string, request: object, answer: object) =>
        addUsage(total.usage, operation, request as RequestBody, answer as AnswerBody),
    },
    eventBridge: {
      asked: (_: string, request: object) => request,
      answered: (_: string, { Entries = [] }: { Entries?: unknown[] }) => {
        total.events += Entries.length;
      },
    },
  };
};

/** Sends a request and waits until it is imported and every event of it is in the log. */
const costOf = async (stack: BenchStack, { total }: ReturnType<typeof countCalls>, request: string): Promise<Cost> => {
  const before = structuredClone(total);
  const { sessionId } = await stack.send(request);
  await stack.untilFinished(sessionId);
  const { event, 'event pointer': pointer } = total.usage.writes;
  while (Math.min(event.items, pointer.items) < total.events) await pause(50);
  return { usage: usedSince(before.usage, total.usage), events: total.events - before.events };
};

const figuresOfNew = ({ usage, events }: Cost): Figure[] => {
  const { contact, claim, membership, bookkeeping, event, 'event pointer': pointer } = usage.writes;
  const perContact = (count: number) => count / contactsPerRequest;
  const units = contact.units + claim.units + membership.units + bookkeeping.units;
  return [
    {
      what: 'write units a new contact, bulk',
      value: perContact(units),
      unit: '',
      bound: { most: 1.05 * entriesPerContact },
      ceiling: { value: entriesPerContact, unit: 'items and index entries' },
      detail: `contact with index ${perContact(contact.units)}, claims ${perContact(claim.units)}, membership with index ${perContact(membership.units)}`,
    },
    {
      what: '… of these, bookkeeping of the import',
      value: perContact(bookkeeping.units),
      unit: '',
      detail: 'session, chunks, births, id leases',
    },
    {
      what: '… beside these, the event log, an event',
      value: (event.units + pointer.units) / events,
      unit: '',
      ceiling: { value: entriesPerEvent, unit: 'items and index entries' },
    },
    {
      what: 'events a new contact',
      value: perContact(events),
      unit: '',
      bound: { least: 1 },
    },
    {
      what: 'DynamoDB requests a new contact, bulk',
      value: perContact(sumOf(usage.requests)),
      unit: '',
      bound: { most: 0.35 },
      detail: Object.entries(usage.requests)
        .map(([operation, count]) => `${operation} ${count}`)
        .join(', '),
    },
  ];
};

const figuresOfUnchanged = ({ usage, events }: Cost): Figure[] => {
  const { contact, claim, membership, bookkeeping } = usage.writes;
  return [
    {
      what: 'write units an unchanged contact',
      value: (contact.units + claim.units + membership.units) / contactsPerRequest,
      unit: '',
      bound: { most: 0 },
    },
    {
      what: '… beside these, bookkeeping of the import',
      value: bookkeeping.units / contactsPerRequest,
      unit: '',
    },
    { what: 'events an unchanged contact', value: events / contactsPerRequest, unit: '', bound: { most: 0 } },
  ];
};

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
