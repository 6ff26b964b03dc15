import { apiKeys } from '#aws/api-key-store.ts';
import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { orders } from '#aws/order-store.ts';
import { failedOrdersBody } from '#contract/order-response.ts';
import { readOrder, submittedOrders } from '#contract/orders.ts';
import { json, nothing } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { addOrders } from '#usecases/add-orders.ts';

const live = { apiKeys, contacts, eventBus, orders, currency: settings.currency(), ...ambient };

/** `POST /api/v1/orders` (contract 4.18). */
export const handler = endpoint('addOrders', live, async (request) => {
  const rule = { defaultCountry: settings.defaultCountry() };
  const entries = submittedOrders(request.json()).map((value) => ({ value, ...readOrder(value, rule) }));
  const failures = await addOrders(
    live,
    entries.flatMap(({ order }) => order ?? []),
  );
  const failed = failedOrdersBody(entries, failures);
  return failed ? json(failed) : nothing;
});
