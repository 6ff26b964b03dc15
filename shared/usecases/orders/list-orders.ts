import type { Order } from '#domain/orders/order.ts';
import type { OrderStore } from '#domain/orders/ports.ts';
import type { Page, PageRequest } from '#domain/page.ts';

/** Which orders are meant: those of a contact, or the one of an id, if it is the contact's. */
export interface OrderFilter {
  readonly contactId?: number;
  readonly externalOrderId?: string;
}

/** A page of orders, the newest id first; none if nothing says which. */
export const listOrders = async (
  { orders }: { readonly orders: Pick<OrderStore, 'find' | 'listOf'> },
  { contactId, externalOrderId }: OrderFilter,
  page: PageRequest,
): Promise<Page<Order>> => {
  if (externalOrderId !== undefined) {
    const found = await orders.find([externalOrderId]);
    const items = found.map(({ order }) => order);
    return { items: items.filter((order) => contactId === undefined || order.contactId === contactId) };
  }
  return contactId === undefined ? { items: [] } : orders.listOf(contactId, page);
};
