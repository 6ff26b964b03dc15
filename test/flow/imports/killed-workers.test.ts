import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { addContacts, contactWith, importOver, rowsOf, startFlowStack } from '#test/support/flow-stack.ts';
import { holdAndUndo } from '#test/support/imports/held-imports.ts';
import { killImportWorkers, killNowAndThen } from '#test/support/imports/random-deaths.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { sized } from '#test/support/soak.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await startFlowStack({ redeliverAfterSeconds: 0, maxReceiveCount: 100, maxSandboxes: 3, logLevel: 'SILENT' });
  store = openStackStore(stack);
});
afterAll(async () => {
  store.close();
  await stack.stop();
});

describe('twenty imports, whose workers are killed at random moments', () => {
  const imports = 20;
  const rows = sized(320, 2000);
  /** Most contacts are in eight imports, so that they are worked on side by side. */
  const shift = rows / 8;
  const distinct = (imports - 1) * shift + rows;
  const address = (index: number) => `killed-${index}@example.com`;

  const bodyOf = (number: number) => ({
    contacts: Array.from({ length: rows }, (_, index) => contactWith(address(number * shift + index))),
    eventKeyForNewContacts: 'survivor',
  });

  it('account for every row, duplicate no contact and lose no creation event', async () => {
    const sessions = await Promise.all(
      Array.from({ length: imports }, async (_, number) => (await addContacts(stack, bodyOf(number))).asyncSessionId),
    );
    const dead = await killImportWorkers(stack, { seed: 7, times: 12 });
    const statuses = [];
    for (const session of sessions) statuses.push((await importOver(stack, session, 100)).status);

    const outcomes = await Promise.all(sessions.map((session) => rowsOf(stack, session)));
    const { claims, contacts } = await store.holdings();
    await waitFor(
      'the event log has caught up',
      async () => {
        const { ready, inFlight } = await stack.queues.peek('event-log');
        return ready.length + inFlight.length === 0;
      },
      60,
    );
    const events = await stack.events({ type: 'survivor' });

    expect(dead).toBeGreaterThan(20);
    expect(statuses).toEqual(sessions.map(() => 'FINISHED'));
    for (const session of outcomes) {
      expect(session.map(({ row }) => row)).toEqual(Array.from({ length: rows }, (_, index) => index + 1));
      expect(session.filter(({ contactId }) => contactId === undefined)).toEqual([]);
    }
    expect(new Set(contacts.map(({ email }) => email)).size).toBe(distinct);
    expect(contacts).toHaveLength(distinct);
    expect(outcomes.flat().filter(({ outcome }) => outcome === 'created')).toHaveLength(distinct);
    expect(new Set(events.map(({ eventId }) => eventId))).toEqual(new Set(contacts.map(({ id }) => `survivor:${id}`)));
    expect(findBreaches({ claims, contacts })).toEqual([]);
  }, 300_000);
});

describe('imports that are paused, cancelled and undone, while their workers and those of the undos are killed', () => {
  const kill = (functionName: string, isOver: () => boolean) =>
    killNowAndThen(stack, functionName, { seed: 11, times: sized(6, 30) }, isOver);

  it('tell each row once and leave what there was before', async () => {
    await holdAndUndo(stack, store, { prefix: 'held', known: sized(60, 1500), beside: kill });
  }, 300_000);
});
