import { afterAll, beforeAll, expect, it } from 'vitest';
import { contactWith, startFlowStack } from '#test/support/flow-stack.ts';
import { type GateProxy, startGateProxy } from '#test/support/gate-proxy.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
let gate: GateProxy;
let waiting = 0;
beforeAll(async () => {
  stack = await startFlowStack({
    subscriptionCheckSeconds: 1,
    logLevel: 'SILENT',
    proxies: {
      eventBridge: async (endpoint) => {
        gate = await startGateProxy(endpoint, () => {
          waiting += 1;
          return true;
        });
        return gate.endpoint;
      },
    },
  });
  store = openStackStore(stack);
});
afterAll(async () => {
  store.close();
  await gate.stop();
  await stack.stop();
});

it('a subscriber whose function dies between the contact and its event is told a moment later, once', async () => {
  const body = { contact: contactWith('killed@example.com'), groups: ['Killed'], formType: 'abc' };
  const answer = stack.request('POST', '/api/v1/contact/subscribe', { body });
  await waitFor('the function publishes', () => waiting > 0);

  const dead = await stack.fn('subscribe-contact').kill();
  const { status } = await answer;
  await waitFor('somebody else publishes', () => waiting > 1);
  gate.open();

  const [event, ...others] = await waitFor('the event is logged', async () => {
    const events = await stack.events({ type: 'subscribeFromApi-abc' });
    return events.length > 0 && events;
  });
  const { contacts } = await store.holdings();
  const [contact] = contacts;
  expect([dead, status]).toEqual([1, 500]);
  expect(contacts).toHaveLength(1);
  expect(event).toMatchObject({
    eventId: `subscribeFromApi-abc:${contact?.id}`,
    params: { ContactId: contact?.id, EmailAddress: 'killed@example.com' },
    occurredAt: contact?.createdAt,
  });
  expect(others).toEqual([]);
  const groups = (await stack.request('GET', `/api/v1/contact/${contact?.id}`)).json;
  expect(groups).toMatchObject({ groups: [{ name: 'Killed' }] });
});
