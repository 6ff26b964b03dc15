import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { type Order, orderStatuses, type SubmittedOrder } from '#domain/orders/order.ts';
import type { Problem } from '#domain/problem.ts';
import { isObject } from '../imports/bind.ts';
import { parse } from '../parse.ts';
import { orderDetails, orderItemRequest, orderLimits } from './order-request.ts';

const echo = z.optional(z.union([z.string(), z.number()]));

/** The members by which a caller knows an order again that failed, as they were submitted. */
const echoed = z.object({
  externalOrderId: echo,
  status: echo,
  date: echo,
  totalCost: echo,
  currency: echo,
  externalCustomerId: echo,
  email: echo,
  phone: echo,
  firstName: echo,
  lastName: echo,
});

const failedOrderResponse = z
  .extend(echoed, {
    index: z.int().check(z.describe('Its place in the request, from 0')),
    errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
  })
  .check(z.meta({ id: 'FailedOrder' }));

/** An order that failed, as `failedOrders` shows it. */
type FailedOrder = z.output<typeof failedOrderResponse>;

/** The answer of `POST /api/v1/orders` if some orders failed; if none did, it has no body (contract 4.18). */
export const failedOrdersResponse = z.object({ id: z.literal(0), failedOrders: z.array(failedOrderResponse) }).check(
  z.meta({
    id: 'FailedOrders',
    examples: [
      {
        id: 0,
        failedOrders: [
          {
            index: 1,
            externalOrderId: '2026-0002',
            email: 'mail@example',
            errors: [{ field: 'email', code: 'INVALID_EMAIL', message: "'mail@example' is not valid email" }],
          },
        ],
      },
    ],
  }),
);

const longestEcho = 100;

/** The order that failed, and why. */
const failedOrderOf = (value: unknown, index: number, errors: readonly Problem[]): FailedOrder => {
  const members = isObject(value) ? value : {};
  const known = Object.keys(echoed.shape).flatMap((name) => {
    const member = members[name];
    if (Number.isFinite(member)) return [[name, member]];
    return typeof member === 'string' ? [[name, member.slice(0, longestEcho).toWellFormed()]] : [];
  });
  return {
    index,
    ...Object.fromEntries(known),
    errors: errors.map(({ field, code, message }) => ({ field, code, message })),
  };
};

/** An entry of a request for orders as it came, and what is wrong with it. */
interface Entry {
  readonly value: unknown;
  readonly errors: readonly Problem[];
  readonly order?: SubmittedOrder | undefined;
}

/**
 * The answer about the orders that failed, those that were refused at once and those that were later, by externalOrderId;
 * `undefined` if there are none.
 */
export const failedOrdersBody = (
  entries: readonly Entry[],
  failures: ReadonlyMap<string, Problem>,
): z.output<typeof failedOrdersResponse> | undefined => {
  const failedOrders = entries.flatMap(({ value, errors, order }, index): FailedOrder[] => {
    const failure = order && failures.get(order.content.externalOrderId);
    const reasons = failure ? [failure] : errors;
    return reasons.length > 0 ? [failedOrderOf(value, index, reasons)] : [];
  });
  return failedOrders.length > 0 ? failedOrdersResponse.parse({ id: 0, failedOrders }) : undefined;
};

/** An order on our own routes. */
export const orderResponse = z
  .object({
    id: z.int(),
    contactId: z.int(),
    externalOrderId: z.string(),
    status: z.enum(orderStatuses),
    date: z.iso.datetime(),
    totalCost: z.number(),
    currency: z.string(),
    externalCustomerId: z.optional(z.string()),
    ...orderDetails,
    additionalInfo: z.optional(z.record(z.string(), z.unknown())),
    items: z.optional(z.array(orderItemRequest)),
    createdAt: z.iso.datetime().check(z.describe('When it was first sent')),
    updatedAt: z.iso.datetime().check(z.describe('When it was last sent with anything new')),
  })
  .check(z.meta({ id: 'StoredOrder' }));

/** An order as our own routes show it. */
export const orderBody = ({ content, ...order }: Order): z.output<typeof orderResponse> =>
  orderResponse.parse({ ...order, ...content });

/** The parameters that choose orders, one of which there has to be. */
export const ordersQuery = z.object({
  contactId: z.optional(z.int().check(z.positive(), z.describe('Whose orders'))),
  externalOrderId: z.optional(
    z.string().check(z.maxLength(orderLimits.externalOrderIdLength), z.describe('Your own id of an order')),
  ),
});

/**
 * Reads which orders are to be listed.
 * @throws RollcallError INVALID_REQUEST if neither parameter says so.
 */
export const parseOrderFilter = (query: Readonly<Partial<Record<string, string>>>) => {
  const filter = parse(ordersQuery, query);
  if (filter.contactId !== undefined || filter.externalOrderId !== undefined) return filter;
  throw new RollcallError('INVALID_REQUEST', 'contactId or externalOrderId must be given');
};
