import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectorCases } from '#test/support/clients/connector-cases.ts';
import { libraryCases } from '#test/support/clients/library-cases.ts';
import { startFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack();
});
afterAll(() => stack?.stop());

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
    const removed = await call('DELETE', `email/${added.id}`);

    expect([listed.total, listed.json]).toMatchObject(['1', [{ id: added.id, subject: 'Hi ${name}', tags: ['a'] }]]);
    expect(read.json).toMatchObject({ ...letter, from: 'Shop <noreply@shop.example>', subject: 'Hello' });
    expect(send.json).toMatchObject({ results: [{ status: 'OK' }] });
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
