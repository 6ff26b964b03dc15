import * as z from 'zod/mini';
import type { OperationDescription } from '../operations.ts';
import { pageQuery, pageResponse } from '../page.ts';
import { ordersRequest } from './order-request.ts';
import { failedOrdersResponse, orderResponse, ordersQuery } from './order-response.ts';

/** The operations on orders, described. */
export const orderOperations = {
  addOrders: {
    tag: 'Workflows',
    summary: 'Add or update orders',
    description:
      'Adds or updates 1 to 1,000 orders by their `externalOrderId` at once. Whoever is known by the `externalCustomerId`, the phone or the e-mail address of an order is linked to it and never changed; whoever is not is added, confirmed. Each order that says anything new raises the event `order<STATUS>`. Where no order failed, the answer is empty.',
    body: ordersRequest,
    answer: failedOrdersResponse,
  },
  listOrders: {
    tag: 'People',
    summary: 'List orders',
    description: 'The orders of a contact, the newest first, or the one that has an `externalOrderId`.',
    query: z.extend(ordersQuery, pageQuery().shape),
    answer: pageResponse(orderResponse),
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;
