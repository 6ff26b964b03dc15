import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack({ isWithoutSender: true });
});
afterAll(() => stack.stop());

const refusal = { status: 409, code: 'NO_SENDER', message: expect.stringContaining('senderAddress') };

it('a stage without a sender stores subscriptions, says that nobody can be asked yet, and asks later', async () => {
  const body = { contact: { channels: [{ type: 'email', value: 'early@example.com' }] } };

  const answer = await stack.request('POST', '/api/v1/contact/subscribe', { body });

  const { id } = answer.json as { id: number };
  expect([answer.status, answer.json]).toEqual([200, { id, emailStatus: 'NEED_CONFIRMATION' }]);
  expect(answer.headers.get('warning')).toMatch(/^199 rollcall "No e-mail can be sent yet: .*senderAddress.*"$/);
  const stored = await stack.request('GET', `/admin/v1/contacts/${id}`);
  expect(stored.json).toMatchObject({ id, confirmed: false });
  await waitFor('the subscription waits to be confirmed', async () => {
    const { ready } = await stack.queues.peek('confirmations');
    return ready.some((message) => message.includes('early@example.com'));
  });
});

it.each([
  { path: '/api/v1/message/email', body: { subject: 'Hi', plainText: 'Hi', emails: ['ann@example.com'] } },
  {
    path: '/api/v1/message/email',
    body: { from: 'a@b.co', subject: 'Hi', plainText: 'Hi', emails: ['ann@example.com'] },
  },
])('a stage without a sender refuses $path with a code that says so', async ({ path, body }) => {
  const answer = await stack.request('POST', path, { body });

  expect([answer.status, answer.json]).toEqual([409, expect.objectContaining(refusal)]);
});

it('a stage without a sender keeps stored messages, and refuses to send them or to ask once more', async () => {
  const draft = { name: 'Hello', channel: 'email', subject: 'Hi', text: 'Hi' };
  const made = await stack.request('POST', '/admin/v1/messages', { body: draft });
  const { id } = made.json as { id: number };
  const added = await stack.request('POST', '/api/v1/contact/subscribe', {
    body: { contact: { channels: [{ type: 'email', value: 'again@example.com' }] } },
  });

  const sent = await stack.request('POST', `/api/v1/message/${id}/send`, { body: { recipients: ['ann@example.com'] } });
  const asked = await stack.request('POST', `/admin/v1/contacts/${(added.json as { id: number }).id}/confirmation`);

  expect(made.status).toBe(200);
  expect([sent.status, sent.json]).toEqual([409, expect.objectContaining(refusal)]);
  expect([asked.status, asked.json]).toEqual([409, expect.objectContaining(refusal)]);
});
