import type { OperationDefinition } from '../operation.ts';
import { ordersRequest } from './order-request.ts';
import { failedOrdersResponse, orderResponse, ordersQuery, parseOrderFilter } from './order-response.ts';
import { readOrders } from './orders.ts';

/** Add or update orders (contract 4.18). */
export const addOrders = {
  name: 'addOrders',
  tag: 'Workflows',
  summary: 'Add or update orders',
  description:
    'Adds or updates 1 to 1,000 orders by their `externalOrderId` at once. Whoever is known by the `externalCustomerId`, the phone or the e-mail address of an order is linked to it and never changed; whoever is not is added, confirmed. Each order that says anything new raises the event `order<STATUS>`. Where no order failed, the answer is empty.',
  body: { schema: ordersRequest, read: readOrders },
  answer: failedOrdersResponse,
  isAnswerOptional: true,
} as const satisfies OperationDefinition;

/** List orders. */
export const listOrders = {
  name: 'listOrders',
  tag: 'People',
  summary: 'List orders',
  description: 'The orders of a contact, the newest first, or the one that has an `externalOrderId`.',
  query: { schema: ordersQuery, read: parseOrderFilter },
  list: { name: 'orders' },
  answer: orderResponse,
} as const satisfies OperationDefinition;
