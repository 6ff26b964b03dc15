import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { LoggedEvent } from '#domain/events/event.ts';
import type { EventFilter, EventLog } from '#domain/events/ports.ts';
import { table } from '#names/table.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { inParallel } from '../clients/parallel.ts';
import { withRetry } from '../clients/retry.ts';
import { batchGet } from '../table/batch-get.ts';
import { batchWrite } from '../table/batch-write.ts';
import { expiryOf, fromItem, type Item, type Key, keyOf, keyText, toItem, toKey } from '../table/item.ts';
import { indexKeys, keys, shards } from '../table/keys.ts';
import { newestFirst, type SortedList } from '../table/newest-first.ts';
import { itemsOfPartition } from '../table/query.ts';

/**
 * Events in the table, by their key value; sharded indexes list them by type and altogether. A contact points to its
 * events whose key is not its id, and fingerprints point to those of unknown contacts, so that a person's events can be
 * deleted. They are kept for so many days since they were recorded.
 */
export const eventLogOn = (
  client: DynamoDBClient,
  tableName: string,
  { retentionDays }: { retentionDays: number },
): EventLog => ({
  append: (events) =>
    batchWrite(client, tableName, {
      put: events.flatMap((event) => {
        const since = event.publishedAt ?? event.occurredAt;
        const ttl = expiryOf(since, retentionDays);
        const item = toItem({ ...keys.event(event), ...indexKeys.event(event), ttl }, inStoredForm(event));
        const { keyValue } = event;
        return [item, ...pointersTo(event).map((key) => toItem({ ...key, ttl }, { keyValue, since }))];
      }),
    }),

  has: async (event) => {
    const { Item } = await withRetry(() =>
      client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: toKey(keys.event(event)),
          ConsistentRead: true,
          ProjectionExpression: table.partitionKey,
        }),
      ),
    );
    return Item !== undefined;
  },

  list: async (filter, { limit, cursor }) => {
    const { from, to } = filter;
    const start = cursor ?? (to === undefined ? undefined : indexKeys.eventsUntil(to));
    const list = { ...listOf(filter), ...(from !== undefined && { end: indexKeys.eventsFrom(from) }) };
    const page = { limit, ...(start !== undefined && { cursor: start }) };
    const { items, ...rest } = await newestFirst(client, tableName, list, page, isWantedBy(filter), listedItem);
    return { ...rest, items: await eventsOf(client, tableName, items) };
  },

  forget: async (contactId) => {
    const [keyedById, pointers] = await Promise.all([
      itemsOfPartition(client, tableName, keys.eventPartition(String(contactId))),
      itemsOfPartition(client, tableName, keys.eventsOf(contactId)),
    ]);
    const own = keyedById.filter((item) => fromItem<StoredEvent>(item).contactId === contactId);
    await forgetBehind(client, tableName, pointers, own.map(keyOf));
  },

  forgetUnknown: async (fingerprints, until) => {
    const found = await inParallel(fingerprints, (one) => itemsOfPartition(client, tableName, keys.eventsOf(one)));
    const pointers = found.flat().filter((item) => fromItem<Pointer>(item).since <= until);
    await forgetBehind(client, tableName, pointers);
  },
});

const eventRetentionDays = /* @__PURE__ */ variable('eventRetentionDays');

/** The event log of this stage. */
export const eventLog: EventLog = /* @__PURE__ */ lazily(() =>
  eventLogOn(dynamodb(), liveTableName(), {
    retentionDays: Number(eventRetentionDays()),
  }),
);

/** Params as text: whatever JSON can hold is more than an attribute can. */
type StoredEvent = Omit<LoggedEvent, 'params'> & { readonly params: string };

const inStoredForm = (event: LoggedEvent): StoredEvent => ({ ...event, params: JSON.stringify(event.params) });

const asItWas = (event: StoredEvent): LoggedEvent => ({ ...event, params: JSON.parse(event.params) });

/** The event of an item of the log. */
export const asLogged = (item: Item): LoggedEvent => asItWas(fromItem<StoredEvent>(item));

/** The keys of everything that the log holds of an event, the event itself first. */
export const keysOfEvent = (event: LoggedEvent): Key[] => [keys.event(event), ...pointersTo(event)];

/** What points to an event from a contact or a fingerprint. */
interface Pointer {
  readonly keyValue: string;
  /** When the event was recorded. */
  readonly since: string;
}

const pointersTo = (event: LoggedEvent): Key[] => {
  const { contactId, keyValue, fingerprints = [] } = event;
  if (contactId === undefined) return fingerprints.map((one) => keys.eventOf(one, event));
  return keyValue === String(contactId) ? [] : [keys.eventOf(contactId, event)];
};

/** Removes events and, after them, what points to them, so that a repeat still finds what a dying function left. */
const forgetBehind = async (
  client: DynamoDBClient,
  tableName: string,
  pointers: readonly Item[],
  others: readonly Key[] = [],
): Promise<void> => {
  const events = pointers.map((item) => ({
    pk: keys.eventPartition(fromItem<Pointer>(item).keyValue),
    sk: item.sk?.S ?? '',
  }));
  await batchWrite(client, tableName, { remove: [...others, ...events].map(toKey) });
  await batchWrite(client, tableName, { remove: pointers.map(keyOf).map(toKey) });
};

/** An event, or what points to it from its contact. */
type ListedItem = { readonly sk: string } & (StoredEvent | (Pointer & { eventTypeKey?: undefined }));

const listedItem = (item: Item): ListedItem => ({ sk: item.sk?.S ?? '', ...fromItem<StoredEvent | Pointer>(item) });

const isWantedBy =
  ({ type, contactId }: EventFilter) =>
  (item: ListedItem): boolean => {
    // What a pointer points to is about its contact; an event may only happen to have the id as its key.
    if (item.eventTypeKey === undefined) return type === undefined;
    const isAbout = contactId === undefined || item.contactId === contactId;
    return isAbout && (type === undefined || item.eventTypeKey === type);
  };

/** The events of a list, of which some are only pointed to. */
const eventsOf = async (
  client: DynamoDBClient,
  tableName: string,
  items: readonly ListedItem[],
): Promise<LoggedEvent[]> => {
  const keyOfEvent = ({ keyValue, sk }: ListedItem) => ({ pk: keys.eventPartition(keyValue), sk });
  const pointed = items.filter(({ eventTypeKey }) => eventTypeKey === undefined).map(keyOfEvent);
  const found = pointed.length > 0 ? await batchGet(client, tableName, pointed, { isConsistent: false }) : new Map();
  return items.flatMap((item): LoggedEvent[] => {
    if (item.eventTypeKey !== undefined) {
      const { sk: _, ...event } = item;
      return [asItWas(event)];
    }
    const event = found.get(keyText(toKey(keyOfEvent(item))));
    return event ? [asLogged(event)] : [];
  });
};

const listOf = ({ type, keyValue, contactId }: EventFilter): SortedList => {
  const own = { partitionKey: table.partitionKey, sortKey: table.sortKey };
  if (contactId !== undefined) {
    return { ...own, partitions: [keys.eventsOf(contactId), keys.eventPartition(String(contactId))] };
  }
  if (keyValue !== undefined) return { ...own, partitions: [keys.eventPartition(keyValue)] };
  if (type !== undefined) {
    const partitions = shards.map((shard) => indexKeys.eventsOfType(type, shard));
    return { ...table.byGroup, partitions };
  }
  return { ...table.byTime, partitions: shards.map(indexKeys.events) };
};
