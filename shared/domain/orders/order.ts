import type { ContactDraft } from '../contacts/contact.ts';
import type { ContactEvent } from '../events/event.ts';
import type { Problem } from '../problem.ts';

/** What can become of an order (contract 4.18). */
export const orderStatuses = [
  'INITIALIZED',
  'IN_PROGRESS',
  'DELIVERED',
  'CANCELLED',
  'ABANDONED_SHOPPING_CART',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/** A line of an order. */
export interface OrderItem {
  /** Absent if the shop has none for it. */
  readonly externalItemId?: string;
  readonly quantity: number;
  readonly name?: string;
  readonly category?: string;
  readonly cost?: number;
  readonly url?: string;
  readonly imageUrl?: string;
  readonly description?: string;
}

/** What a caller says about an order (contract 4.18). */
export interface OrderContent {
  /** The caller's own id of it, unique in the account. */
  readonly externalOrderId: string;
  readonly status: OrderStatus;
  /** ISO 8601 in UTC. */
  readonly date: string;
  readonly totalCost: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly externalCustomerId?: string;
  /** Lower-case (contract 2.3). */
  readonly email?: string;
  /** Digits only, with the country code (contract 2.3). */
  readonly phone?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly shipping?: number;
  readonly discount?: number;
  readonly taxes?: number;
  readonly restoreUrl?: string;
  readonly statusDescription?: string;
  readonly storeId?: string;
  readonly source?: string;
  readonly deliveryMethod?: string;
  readonly paymentMethod?: string;
  readonly deliveryAddress?: string;
  readonly additionalInfo?: Readonly<Record<string, unknown>>;
  readonly items?: readonly OrderItem[];
}

/** What one entry of a request says about an order. */
export interface SubmittedOrder {
  /** Without a currency, it is the one that the order has already, or that of the account. */
  readonly content: Omit<OrderContent, 'currency'> & Partial<Pick<OrderContent, 'currency'>>;
  /** The contact that is added if the order's own is unknown. */
  readonly draft: ContactDraft;
}

/** A stored order. Times are ISO 8601 in UTC. */
export interface Order {
  readonly id: number;
  /** Whose it is. */
  readonly contactId: number;
  readonly content: OrderContent;
  /** Grows by one with each change; the condition of every write. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The request that wrote it last. */
  readonly updatedBy: string;
}

/** The largest order, in bytes of JSON: its item holds 400 KB, and its event 256. */
const maxOrderBytes = 100_000;

/** Why an order cannot be taken that says too much; it may grow by each entry that leaves something as it was. */
export const excessOf = (content: object): Problem | undefined =>
  new TextEncoder().encode(JSON.stringify(content)).length > maxOrderBytes
    ? { code: 'TOO_LARGE', field: 'order', message: `The order is larger than ${maxOrderBytes / 1000} kB` }
    : undefined;

/** Whether two orders say the same, so that nothing needs to be written. */
export const isSameOrder = (one: OrderContent, other: OrderContent): boolean => canonical(one) === canonical(other);

/** Whether two orders name their contact alike. */
export const namesAlike = (one: OrderContent, other: OrderContent): boolean =>
  one.externalCustomerId === other.externalCustomerId && one.email === other.email && one.phone === other.phone;

/**
 * The event of an order that was accepted (contract 5). An order that says the same again is in the same version and
 * makes the same event; `before` counts the states after this one in the same request.
 */
export const orderEvent = (
  { id, contactId, version, updatedAt }: Order,
  said: OrderContent,
  before = 0,
): ContactEvent => {
  const eventTypeKey = `order${said.status}`;
  return {
    eventId: `${eventTypeKey}:${id}:${version}${before > 0 ? `.${before}` : ''}`,
    eventTypeKey,
    keyValue: said.externalOrderId,
    contactId,
    params: { orderId: id, ...said },
    occurredAt: updatedAt,
  };
};

/** JSON with the members of every object in one order, so that equal orders are equal strings. */
const canonical = (content: OrderContent): string =>
  JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
