import { contacts } from '#aws/contacts/contact-store.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { orders } from '#aws/orders/order-store.ts';
import { failedOrdersBody } from '#contract/orders/order-response.ts';
import { readOrder, submittedOrders } from '#contract/orders/orders.ts';
import { json, nothing } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { logOrderWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { addOrders } from '#usecases/orders/add-orders.ts';

const live = { apiKeys, contacts, eventBus, orders, currency: settings.currency(), ...ambient };

/** `POST /api/v1/orders` (contract 4.18). */
export const handler = endpoint('addOrders', live, async (request) => {
  const rule = { defaultCountry: settings.defaultCountry() };
  const entries = submittedOrders(request.json()).map((value) => ({ value, ...readOrder(value, rule) }));
  const failures = await addOrders(
    live,
    entries.flatMap(({ order }) => order ?? []),
  );
  for (const { order, warnings = [] } of entries) {
    if (order) logOrderWarnings(order.content.externalOrderId, warnings);
  }
  const failed = failedOrdersBody(entries, failures);
  return failed ? json(failed) : nothing;
});
