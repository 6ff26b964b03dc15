import type { Order } from '#domain/orders/order.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import { itemByItem, pageOf, type Step } from './step.ts';

/** What the order store holds, open to checkers. */
export interface OrderState {
  /** By externalOrderId. */
  readonly orders: Map<string, Order>;
  readonly publishedVersions: Map<string, Pick<Order, 'id' | 'version'>>;
  lastOrderId: number;
}

/** An empty order store. */
export const emptyOrderState = (): OrderState => ({ orders: new Map(), publishedVersions: new Map(), lastOrderId: 0 });

/** Orders in memory: single orders are atomic, batches are not. */
export const memoryOrders = (state: OrderState, step: Step): OrderStore => ({
  leaseIds: async (count) => {
    await step('leaseOrderIds');
    const first = state.lastOrderId + 1;
    state.lastOrderId += count;
    return Array.from({ length: count }, (_, index) => first + index);
  },
  find: async (externalOrderIds) => {
    await step('readOrders');
    return externalOrderIds.flatMap((externalOrderId) => {
      const order = state.orders.get(externalOrderId);
      const publishedVersions = state.publishedVersions.get(externalOrderId);
      return order
        ? [{ order, ...(publishedVersions?.id === order.id && { publishedVersion: publishedVersions.version }) }]
        : [];
    });
  },
  write: (writes) =>
    itemByItem(
      writes,
      ({ order }) => step(`writeOrder ${order.content.externalOrderId}`),
      ({ order, before }) => {
        const stored = state.orders.get(order.content.externalOrderId);
        if (stored?.id !== before?.id || stored?.version !== before?.version) return false;
        state.orders.set(order.content.externalOrderId, order);
        return true;
      },
    ),
  notePublished: async (orders) => {
    await itemByItem(
      orders,
      ({ content }) => step(`notePublished ${content.externalOrderId}`),
      ({ id, version, content }) => state.publishedVersions.set(content.externalOrderId, { id, version }),
    );
  },
  listOf: async (contactId, page) => {
    await step(`listOrders ${contactId}`);
    const newestFirst = [...state.orders.values()]
      .filter((order) => order.contactId === contactId)
      .sort((one, other) => other.id - one.id);
    return pageOf(newestFirst, ({ id }) => String(id).padStart(16, '0'), page);
  },
  forget: async (contactId) => {
    await step(`forgetOrders ${contactId}`);
    for (const [externalOrderId, order] of state.orders) {
      if (order.contactId !== contactId) continue;
      state.orders.delete(externalOrderId);
      state.publishedVersions.delete(externalOrderId);
    }
  },
});
