import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { orders } from '#aws/orders/order-store.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { addOrders as operation } from '#contract/orders/operations.ts';
import { failedOrdersBody } from '#contract/orders/order-response.ts';
import { warningHeader, warningText } from '#contract/warning-header.ts';
import { endpoint } from '#http/endpoint.ts';
import { logOrderWarnings } from '#http/warning-log.ts';
import { ambient } from '#shared/ambient.ts';
import * as settings from '#shared/settings.ts';
import { addOrders } from '#usecases/orders/add-orders.ts';

const live = {
  apiKeys,
  contacts,
  eventBus,
  orders,
  currency: settings.currency(),
  ...settings.reading(),
  phoneMatches: settings.phoneMatches(),
  unfinished,
  ...ambient,
};

/** `POST /api/v1/orders` (contract 4.18). */
export const handler = endpoint(operation, live, async ({ body: entries }) => {
  const failures = await addOrders(
    live,
    entries.flatMap(({ order }) => order ?? []),
  );
  for (const { order, warnings = [] } of entries) {
    if (order) logOrderWarnings(order.content.externalOrderId, warnings);
  }
  const warned = entries.flatMap(({ warnings = [] }) => warnings);
  return { body: failedOrdersBody(entries, failures), headers: warningHeader(warningText(warned)) };
});
