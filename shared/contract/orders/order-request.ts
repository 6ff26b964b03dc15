import * as z from 'zod/mini';
import { orderStatuses } from '#domain/orders/order.ts';
import { contactLimits } from '../contacts/contact-request.ts';
import { isTooDeep, maxJsonDepth } from '../json-value.ts';

/** The bounds of orders (contract 1.6), and of what they are found by. */
export const orderLimits = { orders: 1000, externalOrderIdLength: 255 } as const;

/** A line of an order (contract 4.18). */
export const orderItemRequest = z
  .object({
    externalItemId: z.optional(z.string().check(z.trim(), z.maxLength(255))),
    quantity: z.number(),
    name: z.optional(z.string()),
    category: z.optional(z.string()),
    cost: z.optional(z.number().check(z.describe('Of one piece'))),
    url: z.optional(z.string()),
    imageUrl: z.optional(z.string()),
    description: z.optional(z.string()),
  })
  .check(
    z.meta({
      id: 'OrderItem',
      examples: [{ externalItemId: '170', name: 'Cup', quantity: 2, cost: 11, url: 'https://shop.example/170' }],
    }),
  );

/** What an order may say of its buyer, its price and its delivery. */
export const orderDetails = {
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  firstName: z.optional(z.string()),
  lastName: z.optional(z.string()),
  shipping: z.optional(z.number()),
  discount: z.optional(z.number()),
  taxes: z.optional(z.number()),
  restoreUrl: z.optional(z.string()),
  statusDescription: z.optional(z.string()),
  storeId: z.optional(z.string()),
  source: z.optional(z.string()),
  deliveryMethod: z.optional(z.string()),
  paymentMethod: z.optional(z.string()),
  deliveryAddress: z.optional(z.string()),
};

/** An order as callers send it (contract 4.18). It names its contact by at least one of three members. */
export const orderRequest = z
  .object({
    externalOrderId: z
      .string()
      .check(
        z.trim(),
        z.minLength(1),
        z.maxLength(orderLimits.externalOrderIdLength),
        z.describe('Your own id of the order: the same one sent again updates it'),
      ),
    status: z.enum(orderStatuses),
    date: z
      .string()
      .check(z.meta({ description: 'ISO 8601; UTC if it has no offset', examples: ['2026-01-05T10:11:00'] })),
    totalCost: z.number(),
    currency: z.optional(
      z.string().check(z.regex(/^[A-Z]{3}$/), z.describe('ISO 4217; the currency of the account if absent')),
    ),
    externalCustomerId: z.optional(z.string().check(z.maxLength(contactLimits.externalCustomerIdLength))),
    ...orderDetails,
    additionalInfo: z.optional(
      z.record(z.string(), z.unknown()).check(
        z.refine((value) => !isTooDeep(value), `be nested at most ${maxJsonDepth} deep`),
        z.describe('Whatever else there is to say'),
      ),
    ),
    items: z.optional(z.array(orderItemRequest)),
  })
  .check(z.meta({ id: 'Order' }));

/** The body of `POST /api/v1/orders` (contract 4.18). */
export const ordersRequest = z
  .object({ orders: z.array(orderRequest).check(z.minLength(1), z.maxLength(orderLimits.orders)) })
  .check(
    z.meta({
      id: 'Orders',
      examples: [
        {
          orders: [
            {
              externalOrderId: '2026-0001',
              status: 'INITIALIZED',
              date: '2026-01-05T10:11:00',
              totalCost: 22,
              currency: 'UAH',
              email: 'mail@example.com',
              phone: '380942583691',
              firstName: 'John',
              lastName: 'Smith',
              items: [{ externalItemId: '170', name: 'Cup', quantity: 2, cost: 11, url: 'https://shop.example/170' }],
            },
          ],
        },
      ],
    }),
  );
