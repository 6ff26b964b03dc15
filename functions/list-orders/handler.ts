import { apiKeys } from '#aws/keys/api-key-store.ts';
import { orders } from '#aws/orders/order-store.ts';
import { orderBody, parseOrderFilter } from '#contract/orders/order-response.ts';
import { pageBody, parsePage } from '#contract/page.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { listOrders } from '#usecases/orders/list-orders.ts';

const live = { apiKeys, orders, ...ambient };

/** `GET /admin/v1/orders?contactId=|externalOrderId=`, the newest first. */
export const handler = endpoint('listOrders', live, async ({ query }) => {
  const page = await listOrders(live, parseOrderFilter(query), parsePage('orders', query));
  return json(pageBody('orders', page, orderBody));
});
