import { describe, expect, test } from 'vitest';
import { bulkReach, transactionalReach } from '#domain/messages/message.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { Crash, crashAfter } from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { submittedOrder } from '#test/support/orders/order-makers.ts';
import { arranged } from '#test/support/workflows/workflow-arrangement.ts';
import { carryOn, eventOf, workflowPorts } from '#test/support/workflows/workflow-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';
import { eraseTraces } from '#usecases/erasure/erase-traces.ts';
import { dispatchMessage } from '#usecases/messages/dispatch-message.ts';
import { sendMessages } from '#usecases/messages/send-messages.ts';
import { addOrders } from '#usecases/orders/add-orders.ts';
import { type SweepUnfinishedPorts, sweepUnfinished } from '#usecases/sweep/sweep-unfinished.ts';
import { launchWorkflows } from '#usecases/workflows/launch-workflows.ts';
import { runWorkflow } from '#usecases/workflows/run-workflow.ts';

const begin = '2026-01-05T09:00:00.000Z';

const portsOn = (memory: Memory, step?: Step, hours = 0) => ({
  ...memoryPorts({ memory, ...(step && { step }) }),
  currency: 'UAH',
  now: () => hoursAfter(begin, hours),
  hasTime: () => true,
});
type Ports = ReturnType<typeof portsOn>;

const sweepAt = (memory: Memory, hours: number) => sweepUnfinished(portsOn(memory, undefined, hours));

/** Lets a function die after each of its operations, and looks at what each death leaves once a sweep was there. */
const dyingEverywhere = async (
  arrange: (ports: Ports) => Promise<unknown>,
  act: (ports: Ports) => Promise<unknown>,
  check: (memory: Memory, deathAfter: number) => Promise<void> | void,
): Promise<number> => {
  for (let operations = 0; ; operations++) {
    const memory = emptyMemory();
    await arrange(portsOn(memory));
    const end = await act(portsOn(memory, crashAfter(operations))).catch((error: unknown) => error);
    if (!(end instanceof Crash)) return operations;
    await check(memory, operations);
  }
};

const nothing = async () => {};
const text = { channel: 'email', from: {}, subject: 'Hello', text: 'Hello' } as const;
const message = { content: text, reach: transactionalReach, isPersonal: true };

describe('after a function died at any place', () => {
  test('the event of every order that it stored is published, once under one id', async () => {
    const orders = ['A-1', 'A-2'].map((externalOrderId) => submittedOrder({ externalOrderId }));

    const deaths = await dyingEverywhere(
      nothing,
      (ports) => addOrders(ports, orders),
      async (memory, operations) => {
        await sweepAt(memory, 1);
        const swept = await sweepAt(memory, 2);

        const ids = [...memory.orders.values()].map(({ id }) => `orderINITIALIZED:${id}:1`);
        expect(new Set(memory.published.map(({ eventId }) => eventId)), `${operations}`).toEqual(new Set(ids));
        expect(memory.unfinished.size).toBe(0);
        expect(swept).toEqual({ over: 0, resumed: 0, ended: 0, waits: 0 });
      },
    );

    expect(deaths).toBeGreaterThan(8);
  });

  test('every message that it stored is in the queue', async () => {
    const recipients = ['a@b.co', 'c@d.co'].map((address) => ({ locator: address, to: { address }, params: {} }));

    const deaths = await dyingEverywhere(
      nothing,
      (ports) => sendMessages(ports, { ...message, recipients }),
      async (memory) => {
        await sweepAt(memory, 1);

        const queued = new Set(memory.queuedMessages.map(({ requestId }) => requestId));
        expect(queued).toEqual(new Set(memory.messages.keys()));
        expect(memory.unfinished.size).toBe(0);
      },
    );

    expect(deaths).toBeGreaterThan(8);
  });

  test('a message to a segment that it stored begins', async () => {
    await dyingEverywhere(
      (ports) => ports.segments.ensure(['Buyers']),
      (ports) => dispatchMessage(ports, { ...message, reach: bulkReach, audience: { segmentId: 1 }, params: {} }),
      async (memory) => {
        await sweepAt(memory, 1);

        const begun = new Set(memory.sentSendings.map(({ requestId }) => requestId));
        expect(begun).toEqual(new Set(memory.sendings.keys()));
        expect(memory.unfinished.size).toBe(0);
      },
    );
  });

  test('nothing is left of a contact that it erased, though both promises were lost', async () => {
    const draft = { externalCustomerId: 'C-1', email: 'mail@example.com' };

    await dyingEverywhere(
      async (ports) => {
        await addContact(ports, { draft, groupNames: [], groupIds: [], warnings: [] });
        await addOrders(ports, [submittedOrder()]);
      },
      async (ports) => {
        await eraseContact(ports, { id: 1 });
        for (const job of ports.memory.sentErasures.splice(0)) await eraseTraces(ports, [job]);
      },
      async (memory) => {
        memory.sentErasures.length = 0;
        for (const hours of [2, 4, 6]) {
          await sweepAt(memory, hours);
          for (const job of memory.sentErasures.splice(0)) await eraseTraces(portsOn(memory, undefined, hours), [job]);
        }

        const isErased = memory.contacts.get(1)?.state === 'erased';
        expect(memory.orders.size).toBe(isErased ? 0 : 1);
        expect(memory.unfinished.size).toBe(0);
      },
    );
  });

  test('every run that it began is carried on', async () => {
    const steps = [{ id: 'mark', type: 'addToSegment', segment: 'Welcomed' }] as const;
    let deaths = 0;
    for (let isDone = false; !isDone; deaths++) {
      const { memory } = await arranged(steps);
      const dying = workflowPorts({ memory, step: crashAfter(deaths) });
      const end = await launchWorkflows(dying, eventOf()).catch((error: unknown) => error);
      isDone = !(end instanceof Crash);
      memory.clock.now = hoursAfter(memory.clock.now, 2);

      await sweepUnfinished({ ...workflowPorts({ memory }), hasTime: () => true });
      for (const runId of memory.started) await carryOn(workflowPorts({ memory }), runId);
      memory.clock.now = hoursAfter(memory.clock.now, 2);
      await sweepUnfinished({ ...workflowPorts({ memory }), hasTime: () => true });

      expect([...memory.runs.values()].filter(({ state }) => state !== 'done')).toEqual([]);
      expect(memory.unfinished.size).toBe(0);
    }
    expect(deaths).toBeGreaterThan(4);
  });
});

describe('a run', () => {
  const sweepLater = async (memory: ReturnType<typeof workflowPorts>['memory'], hours: number) => {
    memory.clock.now = hoursAfter(memory.clock.now, hours);
    return sweepUnfinished({ ...workflowPorts({ memory }), hasTime: () => true });
  };

  test('that nobody continues is started anew some times, and fails then', async () => {
    const { memory } = await arranged([{ id: 'mark', type: 'addToSegment', segment: 'Welcomed' }]);
    const { runIds } = await launchWorkflows(workflowPorts({ memory }), eventOf());
    const [runId = ''] = runIds;

    for (let look = 0; look < 4; look++) await sweepLater(memory, 2);

    expect(memory.started).toEqual([runId, `${runId}-1`, `${runId}-2`]);
    expect(memory.runs.get(runId)).toMatchObject({ state: 'failed', problem: { code: 'STEP_CRASHED' } });
    expect(memory.unfinished.size).toBe(0);
  });

  test('that waits is left alone until an hour after its time', async () => {
    const { memory } = await arranged([{ id: 'pause', type: 'wait', for: { days: 2 } }]);
    const [runId = ''] = (await launchWorkflows(workflowPorts({ memory }), eventOf())).runIds;
    await runWorkflow(workflowPorts({ memory }), runId);

    expect(await sweepLater(memory, 3)).toMatchObject({ waits: 1, resumed: 0 });
    expect(await sweepLater(memory, 40)).toMatchObject({ waits: 0, resumed: 0 });
    expect(await sweepLater(memory, 8)).toMatchObject({ resumed: 1 });
  });
});

describe('the sweep', () => {
  test('leaves requests alone that may still run', async () => {
    const memory = emptyMemory();
    const note = { id: '1', dueAt: hoursAfter(begin, 1), rounds: 0, work: { kind: 'run', runId: 'gone' } } as const;
    await portsOn(memory).unfinished.note(note);

    expect(await sweepAt(memory, 0.5)).toEqual({ over: 0, resumed: 0, ended: 0, waits: 0 });
    expect(await sweepAt(memory, 2)).toMatchObject({ over: 1 });
  });

  test('is stopped by no note that it cannot look at, and says so in the end', async () => {
    const memory = emptyMemory();
    const orders = { ...portsOn(memory), eventBus: { publish: async () => Promise.reject(new Error('No bus')) } };
    await expect(addOrders(orders, [submittedOrder()])).rejects.toThrow('No bus');
    await portsOn(memory).unfinished.note({
      id: '1',
      dueAt: hoursAfter(begin, 1),
      rounds: 0,
      work: { kind: 'run', runId: 'gone' },
    });
    const broken: SweepUnfinishedPorts = { ...portsOn(memory, undefined, 2), eventBus: orders.eventBus };

    await expect(sweepUnfinished(broken)).rejects.toThrow('No bus');

    expect([...memory.unfinished.values()].map(({ work }) => work.kind)).toEqual(['orders']);
    expect(await sweepAt(memory, 3)).toMatchObject({ resumed: 1 });
  });

  test('asks for no erasure again while others wait in its queue', async () => {
    const memory = emptyMemory();
    const draft = { email: 'mail@example.com' };
    await addContact(portsOn(memory), { draft, groupNames: [], groupIds: [], warnings: [] });
    await eraseContact(portsOn(memory), { id: 1 });
    memory.sentErasures.length = 0;
    const busy = { ...portsOn(memory, undefined, 2), erasureBacklog: { hasMessages: async () => true } };

    expect(await sweepUnfinished(busy)).toMatchObject({ waits: 1 });
    expect(memory.sentErasures).toEqual([]);
    expect(await sweepAt(memory, 4)).toMatchObject({ resumed: 1 });
    expect(memory.sentErasures).toHaveLength(1);
  });
});
