import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { contactWith, imported, sharedFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';
import { everythingIn } from '#test/support/stack-traces.ts';

let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await sharedFlowStack();
  store = openStackStore(stack);
});
afterAll(() => store?.close());

const orderOf = (externalOrderId: string, about: object = {}) => ({
  externalOrderId,
  status: 'INITIALIZED',
  date: '2026-01-05T10:11:00',
  totalCost: '22.50',
  ...about,
});
const send = (...orders: object[]) => stack.request('POST', '/api/v1/orders', { body: { orders } });
const listed = async (query: string) => (await stack.request('GET', `/admin/v1/orders?${query}`)).json;
const describeContact = async (id: unknown) => (await stack.request('GET', `/admin/v1/contacts/${id}`)).json;

describe('orders', () => {
  it('of somebody unknown add the contact, whose source says so, and raise an event', async () => {
    const items = [{ externalItemId: 170, quantity: '2', name: 'Cup' }];

    const answer = await send(
      orderOf('2026-0001', {
        email: 'ordering@example.com',
        phone: '380942583777',
        firstName: 'John',
        lastName: 'Smith',
        items,
      }),
    );
    const [event] = await waitFor('the order is told', async () => {
      const events = await stack.events({ type: 'orderINITIALIZED', keyValue: '2026-0001' });
      return events.length > 0 && events;
    });

    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('content-length')).toBe('0');
    expect(event).toMatchObject({
      keyValue: '2026-0001',
      params: {
        email: 'ordering@example.com',
        phone: '380942583777',
        totalCost: 22.5,
        currency: 'UAH',
        status: 'INITIALIZED',
      },
    });
    expect(event?.params).toHaveProperty('orderId', expect.any(Number));
    expect(await describeContact(event?.contactId)).toMatchObject({
      firstName: 'John',
      lastName: 'Smith',
      source: 'ORDER',
      sourceLabel: 'Integration of orders for RFM',
      confirmed: true,
      segments: [],
    });
    expect(await listed(`contactId=${event?.contactId}`)).toMatchObject({
      items: [
        { externalOrderId: '2026-0001', contactId: event?.contactId, items: [{ externalItemId: '170', quantity: 2 }] },
      ],
    });
  });

  it('of somebody known change nothing about the contact', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('known@example.com', { firstName: 'Jane' })] });
    const before = await describeContact(ids[0]);

    await send(orderOf('2026-0002', { externalCustomerId: 'C-17', email: 'known@example.com', firstName: 'John' }));

    expect(await describeContact(ids[0])).toEqual(before);
    expect(await listed('externalOrderId=2026-0002')).toMatchObject({
      items: [{ contactId: ids[0], firstName: 'John' }],
    });
  });

  it('that fail are told with their reasons, and the others are taken', async () => {
    const answer = await send(
      orderOf('2026-0003', { email: 'mixed@example.com' }),
      orderOf('2026-0004', { email: 'mixed@example', status: 'LOST' }),
      orderOf('2026-0005'),
    );

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      id: 0,
      failedOrders: [
        {
          index: 1,
          ...orderOf('2026-0004', { email: 'mixed@example', status: 'LOST' }),
          errors: [expect.objectContaining({ field: 'status', code: 'INVALID_MEMBER' })],
        },
        { index: 2, ...orderOf('2026-0005'), errors: [expect.objectContaining({ code: 'MISSING_DEDUPE_VALUE' })] },
      ],
    });
    expect(await listed('externalOrderId=2026-0003')).toMatchObject({ items: [{ externalOrderId: '2026-0003' }] });
    expect(await listed('externalOrderId=2026-0005')).toEqual({ items: [] });
  });

  it('are refused where there are none, or more than 1,000', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => orderOf(`many-${index}`));

    const answers = [await send(), await send(...many), await stack.request('GET', '/admin/v1/orders')];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  it('of an erased contact leave no trace', async () => {
    const about = { email: 'erased@example.com', firstName: 'Zdenka', deliveryAddress: 'Zdenka str. 1' };
    await send(orderOf('2026-0006', about));
    const [event] = await waitFor('the order is told', async () => {
      const events = await stack.events({ keyValue: '2026-0006' });
      return events.length > 0 && events;
    });

    await stack.request('DELETE', `/api/v1/contact/${event?.contactId}?erase=true`);

    await waitFor('every trace is wiped', async () => !/erased@example|Zdenka/.test(await everythingIn(stack)));
    expect(await listed('externalOrderId=2026-0006')).toEqual({ items: [] });
  });
});

describe('a thousand orders, ten of them bad, sent twice at once', () => {
  it('are stored once each with one contact for each person, and told once each', async () => {
    const bad = new Set([0, 111, 222, 333, 444, 555, 666, 777, 888, 999]);
    const orders = Array.from({ length: 1000 }, (_, index) =>
      orderOf(`crowd-${index}`, {
        status: 'DELIVERED',
        externalCustomerId: `crowd-${index}`,
        email: `crowd${index}@example.com`,
        ...(bad.has(index) && { totalCost: 'free' }),
        phone: `38050${String(1_000_000 + index)}`,
        items: [{ externalItemId: index, quantity: 1 }],
      }),
    );

    const answers = await Promise.all([send(...orders), send(...orders)]);
    const events = await waitFor(
      'every order is told',
      async () => {
        const published = await stack.events({ type: 'orderDELIVERED' });
        return new Set(published.map(({ keyValue }) => keyValue)).size >= 990 && published;
      },
      60,
    );

    for (const { status, json } of answers) {
      expect(status).toBe(200);
      const { failedOrders } = json as { failedOrders: { index: number }[] };
      expect(failedOrders.map(({ index }) => index)).toEqual([...bad]);
    }
    const { claims, contacts } = await store.holdings();
    const crowd = contacts.filter(({ externalCustomerId }) => externalCustomerId?.startsWith('crowd-'));
    expect(crowd).toHaveLength(990);
    expect(findBreaches({ claims, contacts })).toEqual([]);
    expect(events.length).toBe(990);
    expect(new Set(events.map(({ params }) => params.orderId)).size).toBe(990);
    expect(new Set(events.map(({ contactId }) => contactId))).toEqual(new Set(crowd.map(({ id }) => id)));
    for (const { keyValue, contactId, params } of events.slice(0, 20)) {
      const stored = await listed(`externalOrderId=${keyValue}`);
      expect(stored).toMatchObject({ items: [{ id: params.orderId, contactId }] });
    }
  });
});
