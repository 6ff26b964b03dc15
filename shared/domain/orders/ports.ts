import type { Page, PageRequest } from '../page.ts';
import type { Order } from './order.ts';

/** An order as it is stored, and the version that was published last. */
export interface StoredOrder {
  readonly order: Order;
  /** Absent if none was published yet. */
  readonly publishedVersion?: number;
}

/** An order to write, on the condition that it still is as it was read (absent: that there is none). */
export interface OrderWrite {
  readonly order: Order;
  readonly before?: Order;
}

/** Orders by their externalOrderId. Reads are consistent. */
export interface OrderStore {
  /** New order ids, ascending, never handed out before. */
  leaseIds(count: number): Promise<number[]>;
  /** Those of the orders that exist. */
  find(externalOrderIds: readonly string[]): Promise<StoredOrder[]>;
  /**
   * Writes each order by itself; for each, in order, whether its condition held. Their externalOrderIds are distinct.
   */
  write(writes: readonly OrderWrite[]): Promise<boolean[]>;
  /** Notes that orders were published as they are. */
  notePublished(orders: readonly Order[]): Promise<void>;
  /** The orders of a contact, the newest id first. */
  listOf(contactId: number, page: PageRequest): Promise<Page<Order>>;
  /** Removes every order of a contact. */
  forget(contactId: number): Promise<void>;
}
