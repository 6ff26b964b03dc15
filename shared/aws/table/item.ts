import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** An item as the API carries it. */
export type Item = Record<string, AttributeValue>;

/** The primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The attributes that are keys of the table and its indexes or its time to live, and belong to no domain object. */
export interface StoredKeys extends Key {
  readonly groupKey?: string;
  readonly groupSort?: string;
  readonly timeKey?: string;
  readonly timeSort?: string;
  readonly directoryKey?: string;
  readonly directorySort?: string;
  readonly directoryFirstName?: string;
  readonly directoryLastName?: string;
  readonly ttl?: number;
}

/** A domain object and its keys as an item; absent members are left out. */
export const toItem = (keys: StoredKeys, value: object = {}): Item =>
  carriable(marshall({ ...value, ...keys }, { removeUndefinedValues: true }));

/** The values of an expression; absent ones are left out. */
export const toValues = (values: object): Item => carriable(marshall({ ...values }, { removeUndefinedValues: true }));

/** DynamoDB refuses a request for half a pair in any text of it, and a text that was cut to its length may end in one. */
const carriable = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, withWholePairs(value)]));

const withWholePairs = (value: AttributeValue): AttributeValue => {
  if (value.S !== undefined) return value.S.isWellFormed() ? value : { S: value.S.toWellFormed() };
  if (value.L !== undefined) return { L: value.L.map(withWholePairs) };
  return value.M === undefined ? value : { M: carriable(value.M) };
};

/** A key as an item. */
export const toKey = ({ pk, sk }: Key): Item => ({ pk: { S: pk.toWellFormed() }, sk: { S: sk.toWellFormed() } });

/** The key of an item as it is stored. */
export const keyOf = ({ pk, sk }: Item): Key => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' });

/** The domain object of an item without its keys; the table is written by these adapters alone, so it is trusted. */
export const fromItem = <Value extends object>(item: Item): Value => {
  const value = unmarshall(item);
  for (const name of storedKeys) delete value[name];
  return value as Value;
};

const storedKeys: readonly string[] = [
  'pk',
  'sk',
  'groupKey',
  'groupSort',
  'timeKey',
  'timeSort',
  'directoryKey',
  'directorySort',
  'directoryFirstName',
  'directoryLastName',
  'ttl',
] satisfies (keyof StoredKeys)[];

/** One string for one primary key. */
export const keyText = (item: Item): string => `${item.pk?.S} ${item.sk?.S}`;

/** Whether an item's time to live is over: DynamoDB may take days to delete it. */
export const isExpired = (item: Item, nowMilliseconds: number): boolean =>
  item.ttl?.N !== undefined && Number(item.ttl.N) * 1000 <= nowMilliseconds;

/** The time to live of something that is kept for so many days from an ISO 8601 time, in seconds. */
export const expiryOf = (since: string, days: number): number => Math.floor(Date.parse(since) / 1000) + days * 86_400;
