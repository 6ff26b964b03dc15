import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoints } from '#infra/local/engine/endpoints.ts';
import { type FaultProxy, type FaultRates, startFaultProxy } from '#test/support/fault-proxy.ts';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type GateProxy, startGateProxy } from '#test/support/gate-proxy.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { fared, mailTo, send } from '#test/support/messages/message-flow.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';
import { mailbox } from '#test/support/subscriptions/confirmation-flow.ts';

describe('messages while every service throttles and loses answers', () => {
  let stack: TestStack;
  let store: StackStore;
  const proxies: FaultProxy[] = [];
  const faulty = (service: keyof Endpoints, rates: FaultRates) => async (target: string) => {
    const proxy = await startFaultProxy(service, target, rates);
    proxies.push(proxy);
    return proxy.endpoint;
  };
  beforeAll(async () => {
    stack = await startFlowStack({
      redeliverAfterSeconds: 1,
      logLevel: 'SILENT',
      proxies: {
        dynamodb: faulty('dynamodb', { seed: 11, rate: 0.1 }),
        sqs: faulty('sqs', { seed: 12, rate: 0.5 }),
        ses: faulty('ses', { seed: 13, rate: 0.3, lostAnswers: 0.05 }),
        sms: faulty('sms', { seed: 14, rate: 0.3, lostAnswers: 0.05 }),
      },
    });
    store = openStackStore(stack);
  });
  afterAll(async () => {
    store.close();
    await stack.stop();
    for (const proxy of proxies) await proxy.stop();
  });

  it('all arrive and all are said to, and nobody becomes two contacts', async () => {
    const emails = Array.from({ length: 40 }, (_, index) => `patient-${index}@example.com`);
    const phoneNumbers = Array.from({ length: 40 }, (_, index) => `3809425900${String(index).padStart(2, '0')}`);

    const mails = await send(stack, 'email', { subject: 'Hello', plainText: 'Hello', emails });
    const texts = await send(stack, 'sms', { text: 'Hello', phoneNumbers });
    await fared(stack, [...mails, ...texts], ['DELIVERED']);

    const arrived = new Set((await mailbox(stack)).map(({ to }) => to));
    const { contacts } = await store.holdings();
    expect(arrived).toEqual(new Set([...emails, ...phoneNumbers.map((number) => `+${number}`)]));
    expect(contacts.map(({ email, sms }) => email ?? sms).toSorted()).toEqual([...emails, ...phoneNumbers].toSorted());
    expect(proxies.map(({ counts }) => counts.refused > 0)).toEqual(proxies.map(() => true));
  });
});

describe('a sender that dies while it sends', () => {
  let stack: TestStack;
  let store: StackStore;
  let gate: GateProxy;
  let waiting = 0;
  beforeAll(async () => {
    stack = await startFlowStack({
      redeliverAfterSeconds: 1,
      logLevel: 'SILENT',
      proxies: {
        ses: async (endpoint) => {
          gate = await startGateProxy(endpoint, ({ url = '' }) => {
            if (url.startsWith('/v2/email/outbound-emails')) waiting += 1;
            return waiting === 1;
          });
          return gate.endpoint;
        },
      },
    });
    store = openStackStore(stack);
  });
  afterAll(async () => {
    store.close();
    await stack.stop();
    await gate.stop();
  });

  it('holds its message for its minute, and then another sends it, once', async () => {
    const emails = ['killed@example.com'];
    const [message] = await send(stack, 'email', { subject: 'Hello', plainText: 'Hello', emails });
    await waitFor('the function sends', () => waiting > 0);

    const dead = await stack.fn('send-message').kill();
    const arrivedMeanwhile = await mailTo(stack, 'killed@example.com');
    await store.passMinuteOf(message?.requestId ?? '');
    await fared(stack, message ? [message] : [], ['DELIVERED']);

    expect([dead, arrivedMeanwhile]).toEqual([1, []]);
    expect(await mailTo(stack, 'killed@example.com')).toHaveLength(1);
  });
});
