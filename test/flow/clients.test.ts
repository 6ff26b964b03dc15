import { beforeAll, describe, expect, test } from 'vitest';
import { connectorCases } from '#test/support/clients/connector-cases.ts';
import { libraryCases } from '#test/support/clients/library-cases.ts';
import { sharedFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { putWorkflow } from '#test/support/workflows/workflow-flow.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await sharedFlowStack();
});

describe('a client gets the answers that it reads, and its contact is stored', () => {
  test.for([...connectorCases, ...libraryCases])('$client', async ({ calls, stored }) => {
    for (const { send, answered } of calls) {
      const [method, path, body] = send;
      const { status, json, text } = await stack.request(method, path, { body });

      expect([status, json ?? text]).toEqual([200, answered]);
    }
    if (!stored) return;
    const [query, contact] = stored;
    const found = async () => (await stack.request('GET', `/api/v1/contacts?${query}`)).json;
    await expect.poll(found, { timeout: 20_000 }).toEqual([expect.objectContaining(contact)]);
  });
});

describe('what real clients lost', () => {
  const add = async (body: object) => {
    const { json } = await stack.request('POST', '/api/v1/contact', { body });
    return (json as { id: number }).id;
  };
  const get = async (id: number) => (await stack.request('GET', `/api/v1/contact/${id}`)).json;

  /** Each way in, with a request that has an e-mail address and a phone. */
  const ways: readonly [string, (contact: { channels: object[]; email: string; phone: string }) => Promise<unknown>][] =
    [
      [
        'subscribe',
        ({ channels }) => stack.request('POST', '/api/v1/contact/subscribe', { body: { contact: { channels } } }),
      ],
      ['add', ({ channels }) => add({ channels })],
      ['bulk', ({ channels }) => stack.request('POST', '/api/v1/contacts', { body: { contacts: [{ channels }] } })],
      [
        'update',
        async ({ channels, email }) => {
          const id = await add({ channels: [{ type: 'email', value: `before-${email}` }] });
          return stack.request('PUT', `/api/v1/contact/${id}`, { body: { contact: { channels } } });
        },
      ],
      [
        'orders',
        ({ email, phone }) => {
          const order = {
            externalOrderId: email,
            totalCost: 1,
            status: 'INITIALIZED',
            date: '2026-01-05',
            currency: 'UAH',
          };
          return stack.request('POST', '/api/v1/orders', { body: { orders: [{ ...order, email, phone }] } });
        },
      ],
      [
        'events',
        async ({ email, phone }) => {
          await putWorkflow(stack, 'lead', { steps: [{ type: 'createContact' }] });
          const params = [
            { name: 'email', value: email },
            { name: 'phone', value: phone },
            { name: 'json', value: JSON.stringify({ firstname: 'Ann', sms: phone }) },
          ];
          return stack.request('POST', '/api/v1/event', { body: { eventTypeKey: 'lead', keyValue: email, params } });
        },
      ],
    ];
  const phones = ['12345', '0000000000', '380000000000', '3805011122334'];

  test.for(ways.flatMap(([way, send]) => phones.map((phone) => [way, phone, send] as const)))(
    '%s keeps the address beside the phone %s',
    async ([way, phone, send]) => {
      const email = `${way}-${phone}@example.com`;
      const address = { type: 'email', value: email };

      await send({ channels: [address, { type: 'sms', value: phone }], email, phone });

      const found = async () => (await stack.request('GET', `/api/v1/contacts?email=${email}`)).json;
      await expect.poll(found, { timeout: 20_000 }).toMatchObject([{ channels: [address] }]);
    },
  );

  test('a deleted contact is not revived by its phone, and by its externalCustomerId it is', async () => {
    const phone = { type: 'sms', value: '380942583605' };
    const id = await add({ externalCustomerId: 'revived', channels: [phone] });
    await stack.request('DELETE', `/api/v1/contact/${id}`);

    expect(await add({ channels: [phone] })).not.toBe(id);
    expect(await add({ externalCustomerId: 'revived' })).toBe(id);
  });

  test('a contact without externalCustomerId is not taken over through its phone alone', async () => {
    const phone = { type: 'sms', value: '380942583606' };
    const id = await add({ channels: [{ type: 'email', value: 'mother@example.com' }, phone] });

    const other = await add({
      externalCustomerId: 'son',
      channels: [{ type: 'email', value: 'son@example.com' }, phone],
    });

    expect(other).not.toBe(id);
    expect(await get(id)).toMatchObject({ channels: [{ type: 'email', value: 'mother@example.com' }, phone] });
  });

  test('an order without an id of an item and with a phone that is none is taken, and its answer says so', async () => {
    const order = { externalOrderId: 'warned', totalCost: 1, status: 'INITIALIZED', date: '2026-01-05' };
    const items = [{ externalItemId: '', quantity: 1 }];
    const body = { orders: [{ ...order, email: 'warned@example.com', phone: { code: 380 }, items }] };

    const { status, text, headers } = await stack.request('POST', '/api/v1/orders', { body });

    expect([status, text]).toEqual([200, '']);
    expect(headers.get('warning')).toBe('199 rollcall "INVALID_PHONE phone, INVALID_MEMBER items[].externalItemId"');
  });

  test('a bare list on POST /contacts is answered with the shape that it should have', async () => {
    const list = [{ channels: [{ type: 'email', value: 'list@example.com' }] }];

    const { status, json } = await stack.request('POST', '/api/v1/contacts', { body: list });

    expect([status, json]).toMatchObject([400, { message: expect.stringContaining('{"contacts": [') }]);
  });
});

describe('stored messages of the vendor’s API', () => {
  const call = async (method: string, path: string, body?: unknown) => {
    const { status, json, headers } = await stack.request(method, `/api/v1/messages/${path}`, { body });
    return { status, json: json as { id: number; name?: string }, total: headers.get('TotalCount') };
  };

  test('are added, found, changed, sent by their id and removed', async () => {
    const letter = {
      name: 'Letter',
      from: '"Shop" <noreply@shop.example>',
      subject: 'Hi ${name}',
      htmlText: '<p>x</p>',
      tags: ['a'],
    };
    const { json: added } = await call('POST', 'email/', letter);
    const listed = await call('GET', 'email?search=LETT&startindex=1&maxrows=10');
    const changed = await call('PUT', `email/${added.id}`, { ...letter, subject: 'Hello' });
    const read = await call('GET', `email/${added.id}`);
    const body = { recipients: [{ email: 'stored@example.com', jsonParam: [{ key: 'name', value: 'Ann' }] }] };
    const send = await stack.request('POST', `/api/v1/message/${added.id}/smartsend`, { body });
    const activity = async () =>
      (await stack.request('GET', '/api/v2/contacts/messages?email=stored@example.com')).json;
    await expect.poll(activity, { timeout: 20_000 }).toMatchObject([{ messageId: added.id, messageName: 'Letter' }]);
    const sent = (await stack.request('GET', '/admin/v1/mailbox')).json;
    const removed = await call('DELETE', `email/${added.id}`);

    expect([listed.total, listed.json]).toMatchObject(['1', [{ id: added.id, subject: 'Hi ${name}', tags: ['a'] }]]);
    expect(read.json).toMatchObject({ ...letter, from: 'Shop <noreply@shop.example>', subject: 'Hello' });
    expect(send.json).toMatchObject({ results: [{ status: 'OK' }] });
    expect(sent).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          to: 'stored@example.com',
          headers: expect.objectContaining({ 'Reply-To': 'noreply@shop.example' }),
        }),
      ]),
    });
    expect([changed.json, removed.json]).toEqual([added, added]);
    expect((await call('GET', `email/${added.id}`)).status).toBe(404);
  });

  test.each([
    ['GET', 'viber', undefined, 404],
    ['POST', 'viber', { name: 'x' }, 404],
    ['GET', 'email/x', undefined, 404],
    ['GET', 'email/999999', undefined, 404],
    ['DELETE', 'sms/0', undefined, 404],
    ['PUT', 'email/999999', { name: 'x' }, 404],
    ['POST', 'email', [], 400],
    ['POST', 'email', { name: {}, subject: [], htmlText: 7 }, 400],
    ['POST', 'sms', { name: 'x', text: null }, 400],
  ])('answer %s %s with %j by %i', async (method, path, body, status) => {
    expect(await call(method, path, body)).toMatchObject({ status, json: { status, message: expect.any(String) } });
  });
});
