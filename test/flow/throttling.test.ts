import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBreaches } from '#domain/contacts/invariants.ts';
import type { Endpoints } from '#infra/local/engine/endpoints.ts';
import { type FaultProxy, type FaultRates, startFaultProxy } from '#test/support/fault-proxy.ts';
import { contactOf, contactWith, imported, rowsOf, startFlowStack } from '#test/support/flow-stack.ts';
import { holdAndUndo } from '#test/support/imports/held-imports.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
const proxies = new Map<keyof Endpoints, FaultProxy>();

/** Starts a proxy before an engine and remembers it. */
const faulty = (service: keyof Endpoints, rates: FaultRates) => async (target: string) => {
  const proxy = await startFaultProxy(service, target, rates);
  proxies.set(service, proxy);
  return proxy.endpoint;
};

beforeAll(async () => {
  stack = await startFlowStack({
    redeliverAfterSeconds: 0,
    logLevel: 'SILENT',
    proxies: {
      dynamodb: faulty('dynamodb', { seed: 1, rate: 0.15 }),
      sqs: faulty('sqs', { seed: 2, rate: 0.4 }),
      s3: faulty('s3', { seed: 3, rate: 0.3 }),
      eventBridge: faulty('eventBridge', { seed: 4, rate: 0.3 }),
    },
  });
  store = openStackStore(stack);
});
afterAll(async () => {
  store.close();
  await stack.stop();
  for (const proxy of proxies.values()) await proxy.stop();
});

/** Which kinds of fault have not happened yet; an object is stored or not, so that nothing of it is done in part. */
const faultsToCome = (): string[] =>
  [...proxies].flatMap(([service, { counts }]) => {
    const kinds = { refused: counts.refused, lostAnswers: counts.lostAnswers, partlyDone: counts.partlyDone };
    return Object.entries(kinds)
      .filter(([kind, count]) => count === 0 && !(service === 's3' && kind === 'partlyDone'))
      .map(([kind]) => `${service} ${kind}`);
  });

describe('imports while every AWS service throttles, does half and loses answers', () => {
  const rows = 200;
  const mostImports = 30;

  it('lose no row, no segment and no event, and duplicate no contact', async () => {
    const made: { sessionId: string; ids: number[] }[] = [];
    while (made.length < 2 || (faultsToCome().length > 0 && made.length < mostImports)) {
      const contacts = Array.from({ length: rows }, (_, index) =>
        contactWith(`throttled-${made.length}-${index}@example.com`, { externalCustomerId: `${made.length}-${index}` }),
      );
      made.push(await imported(stack, { contacts, groupNames: ['Patient'], eventKeyForNewContacts: 'throttled' }));
    }

    const ids = made.flatMap((one) => one.ids);
    const events = await waitFor('every event is logged', async () => {
      const logged = await stack.events({ type: 'throttled' });
      return logged.length >= ids.length && logged;
    });
    const outcomes = (await Promise.all(made.map(({ sessionId }) => rowsOf(stack, sessionId)))).flat();
    const { claims, contacts } = await store.holdings();
    const last = await contactOf(stack, ids.at(-1));

    expect(faultsToCome()).toEqual([]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'created'));
    expect(new Set(contacts.map(({ id }) => id))).toEqual(new Set(ids));
    expect(new Set(contacts.map(({ email }) => email)).size).toBe(made.length * rows);
    expect(new Set(events.map(({ eventId }) => eventId))).toEqual(new Set(ids.map((id) => `throttled:${id}`)));
    expect(last.groups.map(({ name }) => name)).toEqual(['Patient']);
    expect(findBreaches({ claims, contacts })).toEqual([]);
  });

  it('are paused, resumed, cancelled and undone, and leave what there was before', async () => {
    await holdAndUndo(stack, store, { prefix: 'held', known: 40 });
  });
});
