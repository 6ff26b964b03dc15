import { oneOf, type World } from '../world.ts';

let count = 0;
const next = (): number => ++count;

/** The type of an event that starts the workflow of this test, and that of one that starts nothing. */
export const launchKey = 'chaosFlow';
const eventKey = 'chaosEvent';

/** The workflow that runs for each `chaosFlow`: it makes a contact of whom the event is about, waits and goes on. */
export const workflow = {
  name: 'Chaos',
  eventTypeKey: launchKey,
  steps: [
    { id: 'create', type: 'createContact' },
    { id: 'wait', type: 'wait', for: { seconds: 1 } },
    { id: 'join', type: 'addToSegment', segment: 'Chaos flow' },
  ],
};

/** Sends an event of its own, often with characters that are hard to carry. */
export const raiseEvent = async ({ ask, random, ledger, trail }: World): Promise<void> => {
  const eventTypeKey = random() < 0.4 ? launchKey : eventKey;
  const keyValue = `${eventTypeKey}-${next()}`;
  const params = [
    { name: 'email', value: `${keyValue}@example.com` },
    { name: 'contactJson', value: { firstname: 'Taras' } },
    { name: 'text', value: oneOf(['plain', 'Привіт', 'smile 😀', 'line\nbreak'], random) },
  ];
  const { status, text } = await ask('POST', '/api/v2/event', { eventTypeKey, keyValue, params });
  if (status !== 200) return trail.violate('an event is taken', `${keyValue}: ${status} ${text}`);
  ledger.events.add(keyValue);
  if (eventTypeKey === launchKey) ledger.launches.add(keyValue);
};

/** Sends orders of people of their own, whom nobody erases. */
export const sendOrders = async ({ ask, random, ledger, trail, people }: World): Promise<void> => {
  const orders = Array.from({ length: 1 + Math.floor(random() * 20) }, () => ({
    externalOrderId: `order-${next()}`,
    totalCost: Math.floor(random() * 1000),
    date: '2026-01-05T09:00:00Z',
    status: 'INITIALIZED',
    email: `buyer-${Math.floor(random() * people)}@example.com`,
    firstName: oneOf(['Ann', 'Bo 😀'], random),
  }));
  const { status, text } = await ask('POST', '/api/v1/orders', { orders });
  if (status !== 200 || text !== '') return trail.violate('orders are taken', `${status} ${text}`);
  for (const { externalOrderId } of orders) ledger.orders.add(externalOrderId);
};
