import { setTimeout as pause } from 'node:timers/promises';
import type { LocalStackOptions } from '#infra/local/start-local-stack.ts';
import type { MeasuredWork } from '../cli/cost/measured-work.ts';
import { type BenchStack, withStack } from './bench-stack.ts';
import { bulkRequest, contactsPerRequest, eventTypeKey } from './bulk-request.ts';
import { figuresOfNew, figuresOfUnchanged } from './cost-figures.ts';
import type { Figure } from './figure.ts';
import { measuredWork } from './measured-work.ts';
import type { Progress } from './progress.ts';
import { startWorkMeter, type Work, type WorkMeter, workSince } from './work-meter.ts';

/** How much is measured, and on which stack. */
export interface CostOptions {
  /** Contacts of each bulk request. */
  readonly contacts?: number;
  readonly stack?: Pick<LocalStackOptions, 'source'>;
}

/**
 * Counts what one bulk request of new contacts costs, and what the same request costs again. The engine's own consumed
 * capacity is summed by a proxy before it, so the functions are the ones that deploy.
 */
export const measureCost = (
  progress: Progress,
  { contacts = contactsPerRequest, stack = {} }: CostOptions = {},
): Promise<Figure[]> => {
  progress.step('Counting write units and requests');
  return metered(stack, async (running, meter) => {
    const { created, unchanged } = await importTwice(running, meter, contacts);
    return [...figuresOfNew(created, contacts), ...figuresOfUnchanged(unchanged, contacts)];
  });
};

/** Counts what a contact, a subscriber and a message cost, for the forecast of a month. */
export const measureWork = (progress: Progress, subscribers: number): Promise<MeasuredWork> => {
  progress.step('Counting what a contact, a subscriber and a message use');
  return metered({ settings: { subscriptionCheckSeconds: 5 } }, async (stack, meter) => {
    const imported = await importTwice(stack, meter, contactsPerRequest);
    return measuredWork(stack, {
      imported,
      contacts: contactsPerRequest,
      subscribers,
      costOf: (send) => costOf(stack, meter, send),
    });
  });
};

const metered = async <Result>(
  options: Pick<LocalStackOptions, 'source' | 'settings'>,
  work: (stack: BenchStack, meter: WorkMeter) => Promise<Result>,
): Promise<Result> => {
  const meter = startWorkMeter();
  try {
    return await withStack({ ...options, ...meter.options }, (stack) => work(stack, meter));
  } finally {
    await meter.stop();
  }
};

const importTwice = async (stack: BenchStack, meter: WorkMeter, contacts: number) => {
  const about = { eventKeyForNewContacts: eventTypeKey };
  const importing = (request: string) => costOf(stack, meter, () => imported(stack, request));
  // The segment and the first ids are there before anything is counted, as they are in a stage that is used.
  await importing(bulkRequest(contactsPerRequest, 1, about));
  const request = bulkRequest(0, contacts, about);
  return { created: await importing(request), unchanged: await importing(request) };
};

const imported = async (stack: BenchStack, request: string): Promise<void> => {
  const { sessionId } = await stack.send(request);
  await stack.untilFinished(sessionId);
};

/** Sends what is to be counted and waits until all work that came of it is done and every event of it is in the log. */
const costOf = async (stack: BenchStack, meter: WorkMeter, send: () => Promise<void>): Promise<Work> => {
  const before = meter.total();
  await send();
  await stack.untilQuiet();
  while (!isLogged(meter.total())) await pause(50);
  return workSince(before, meter.total());
};

const isLogged = ({ table, use }: Work): boolean => table.writes.event.items >= use.events;
