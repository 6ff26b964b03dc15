import * as z from 'zod';
import { creationKey } from '../drivers/imports.ts';
import { listAll, shownEvent, shownRun } from '../pages.ts';
import type { World } from '../world.ts';
import type { StoredItems } from './stored-items.ts';

type Event = z.infer<typeof shownEvent>;

/** Every event that was answered or is due is in the log, by one id. */
export const checkEvents = async (world: World, stored: StoredItems, created: ReadonlySet<number>): Promise<void> => {
  const { ask, ledger, trail } = world;
  const log = await listAll(ask, '/admin/v1/events', shownEvent);
  const keys = new Set(log.map(({ keyValue }) => keyValue));
  const living = stored.contacts.filter(({ state }) => state !== 'erased');
  const ids = new Set(living.map(({ id }) => id));
  const isMissing = (told: ReadonlySet<number>) => (id: number) => ids.has(id) && !told.has(id);

  for (const key of ledger.events) if (!keys.has(key)) trail.violate('an answered event is in the log', key);
  const imported = living.filter(({ source }) => source === 'IMPORT').map(({ id }) => id);
  for (const id of new Set([...imported, ...created]).values().filter(isMissing(toldBy(log, isCreation)))) {
    trail.violate('an imported contact is told as new', `contact ${id}`);
  }
  const subscribed = living.filter(({ source }) => source === 'SUBSCRIPTION').map(({ id }) => id);
  for (const id of subscribed.filter(isMissing(toldBy(log, isSubscription)))) {
    trail.violate('a subscriber is told as new', `contact ${id}`);
  }
  for (const id of [...ledger.confirmed].filter(isMissing(toldBy(log, isConfirmation)))) {
    trail.violate('a confirmation is told', `contact ${id}`);
  }
  const ordered = new Set(
    log.filter(({ eventTypeKey }) => eventTypeKey === 'orderINITIALIZED').map(({ keyValue }) => keyValue),
  );
  for (const id of ledger.orders) if (!ordered.has(id)) trail.violate('an order is told', id);
  for (const [id, events] of Map.groupBy(log, ({ eventId }) => eventId)) {
    if (events.length > 1) trail.violate('an event is in the log once', id);
  }
  for (const { eventTypeKey, contactId } of log) {
    if (
      isCreation({ eventTypeKey }) &&
      contactId !== undefined &&
      !stored.contacts.some(({ id }) => id === contactId)
    ) {
      trail.violate('who is told as new is a contact', `contact ${contactId}`);
    }
  }
};

const isCreation = ({ eventTypeKey }: Pick<Event, 'eventTypeKey'>) => eventTypeKey === creationKey;
const isSubscription = ({ eventTypeKey }: Event) => eventTypeKey.startsWith('subscribeFromApi');
const isConfirmation = ({ eventTypeKey }: Event) => eventTypeKey === 'SysContactConfirmed';

/** The contacts of such events. */
const toldBy = (log: readonly Event[], is: (event: Event) => boolean): ReadonlySet<number> =>
  new Set(log.filter(is).map(({ contactId, params }) => contactId ?? Number(params.contactId ?? params.ContactId)));

const fate = z.object({ results: z.array(z.object({ status: z.string(), requestId: z.string() })) });

/** No message waits for ever. */
export const checkMessages = async ({ ask, ledger, trail }: World): Promise<void> => {
  const ids = [...ledger.messages];
  for (let first = 0; first < ids.length; first += 200) {
    const { json } = await ask('GET', `/api/v1/message/status?ids=${ids.slice(first, first + 200).join(',')}`);
    for (const { status, requestId } of fate.parse(json).results) {
      if (status === 'QUEUED') trail.violate('no message waits for ever', requestId);
    }
  }
};

/** Nobody who had unsubscribed before a message to a segment was asked for has got it. */
export const checkSuppressions = ({ ledger, trail }: World): void => {
  for (const { to, subject } of ledger.mail.values()) {
    const [askedAt, unsubscribedAt] = [ledger.bulkMails.get(subject), ledger.unsubscribed.get(to)];
    if (askedAt !== undefined && unsubscribedAt !== undefined && unsubscribedAt < askedAt) {
      trail.violate('nobody unsubscribed is mailed', `${to} got ${subject}`);
    }
  }
};

/** Each event that starts a run has started one, which went well. */
export const checkRuns = async ({ ask, ledger, trail }: World): Promise<void> => {
  const runs = await listAll(ask, '/admin/v1/workflow-runs?workflowId=chaos', shownRun);
  for (const { runId, state, problem } of runs) {
    if (state !== 'done') trail.violate('a run ends well', `${runId} is ${state}: ${JSON.stringify(problem)}`);
  }
  if (runs.length < ledger.launches.size) {
    trail.violate(
      'each event starts a run',
      `${ledger.launches.size} events were answered, and ${runs.length} runs are there`,
    );
  }
};
