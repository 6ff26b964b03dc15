import { apiKeys } from '#aws/keys/api-key-store.ts';
import { orders } from '#aws/orders/order-store.ts';
import { listOrders as operation } from '#contract/orders/operations.ts';
import { orderBody } from '#contract/orders/order-response.ts';
import { mapPage } from '#domain/page.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listOrders } from '#usecases/orders/list-orders.ts';

const live = { apiKeys, orders, ...ambient };

/** `GET /admin/v1/orders?contactId=|externalOrderId=`, the newest first. */
export const handler = endpoint(operation, live, async ({ query, page }) =>
  mapPage(await listOrders(live, query, page), orderBody),
);
