import { bulkBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { warningHeaders } from '../warning-header.ts';
import { ordersRequest } from './order-request.ts';
import { failedOrdersResponse, orderResponse, ordersQuery, parseOrderFilter } from './order-response.ts';
import { readOrders } from './orders.ts';

/** Add or update orders (contract 4.18). */
export const addOrders = {
  name: 'addOrders',
  access: 'writeContacts',
  tag: 'Workflows',
  summary: 'Add or update orders',
  description:
    'Adds or updates 1 to 1,000 orders by their `externalOrderId` at once. An order is linked to the contact of its `externalCustomerId`, else of its phone, else of its e-mail address, which is never changed; an unknown one is added, confirmed. Each order that says anything new raises the event `order<STATUS>`. If no order failed, the answer is empty.',
  body: { schema: ordersRequest, read: readOrders },
  maxBodyBytes: bulkBodyBytes,
  answer: failedOrdersResponse,
  isAnswerOptional: true,
  headers: warningHeaders,
} as const satisfies OperationDefinition;

/** List orders. */
export const listOrders = {
  name: 'listOrders',
  access: 'adminRead',
  tag: 'People',
  summary: 'List orders',
  description: 'The orders of a contact, the newest first, or the one that has an `externalOrderId`.',
  query: { schema: ordersQuery, read: parseOrderFilter },
  list: { name: 'orders' },
  answer: orderResponse,
} as const satisfies OperationDefinition;
