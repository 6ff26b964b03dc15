import { readOrder } from '#contract/orders/orders.ts';
import type { SubmittedOrder } from '#domain/orders/order.ts';

/** An order as its contract reads it, with whatever the test is about. */
export const submittedOrder = (about: object = {}): SubmittedOrder => {
  const { order, errors } = readOrder(
    {
      externalOrderId: 'A-1',
      status: 'INITIALIZED',
      date: '2026-01-05T10:11:00Z',
      totalCost: 22,
      email: 'mail@example.com',
      ...about,
    },
    { defaultCountry: 'UA' },
  );
  if (!order) throw new Error(`The order of the test is refused: ${JSON.stringify(errors)}`);
  return order;
};
