import { describe, expect, test } from 'vitest';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { Uniqueness } from '#domain/workflows/workflow.ts';
import { identitiesInEvent } from '#identity/event-identifiers.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { arranged, john } from '#test/support/workflows/workflow-arrangement.ts';
import {
  carryOn,
  deliver,
  eventOf,
  noon,
  storeWorkflow,
  strangersEvent,
  type WorkflowTestPorts,
  workflowPorts,
} from '#test/support/workflows/workflow-ports.ts';
import { mostLaunchesAnHour } from '#usecases/workflows/launch-run.ts';
import { deleteWorkflow } from '#usecases/workflows/manage-workflows.ts';

const wait = { id: 'pause', type: 'wait', for: { days: 2 } } as const;

const launches = async (ports: WorkflowTestPorts, about: Parameters<typeof eventOf>[0]) =>
  (await deliver(ports, eventOf(about))).runIds.length;

describe('an event', () => {
  test('launches each enabled workflow that is bound to its type, and no other', async () => {
    const ports = await arranged([wait]);
    await storeWorkflow(ports, [wait], { id: 'second' });
    await storeWorkflow(ports, [wait], { id: 'off', isEnabled: false });
    await storeWorkflow(ports, [wait], { id: 'other', eventTypeKey: 'left' });

    const { runIds } = await deliver(ports, eventOf());

    expect(runIds.map((runId) => ports.memory.runs.get(runId)?.workflowId)).toEqual(['second', 'welcome']);
    expect(ports.memory.started).toEqual(runIds);
  });

  test.each([
    ['subscribeFromApi', 'subscribeFromAPI', true],
    ['subscribeUpdateFromApi-Footer', 'SUBSCRIBEUPDATEFROMAPI-footer', true],
    ['SysContactConfirmed', 'syscontactconfirmed', true],
    ['Paid', 'paid', false],
  ])('of type %s launches what is bound to %s: %s', async (eventTypeKey, bound, isLaunched) => {
    const ports = await arranged([wait], { eventTypeKey: bound });

    expect(await launches(ports, { eventTypeKey })).toBe(isLaunched ? 1 : 0);
  });

  test('launches nothing where a caller raised it under a name of the system', async () => {
    const ports = await arranged([wait], { eventTypeKey: 'SysContactConfirmed' });

    expect(await launches(ports, { eventTypeKey: 'SysContactConfirmed', origin: 'caller' })).toBe(0);
    expect(await launches(ports, { eventTypeKey: 'SysContactConfirmed' })).toBe(1);
  });

  test('that comes twice is one run, also after it is over and after the workflow has changed', async () => {
    const ports = await arranged([{ id: 'mark', type: 'addToSegment', segment: 'Welcomed' }]);
    const [first = ''] = (await deliver(ports, eventOf())).runIds;
    await carryOn(ports, first);
    const done = ports.memory.runs.get(first);
    await ports.workflows.save({ ...(await workflowNow(ports)), steps: [wait], version: 2, revision: 2 }, 1);

    const again = await deliver(ports, eventOf());
    await carryOn(ports, first);

    expect(again.runIds).toEqual([first]);
    expect([...ports.memory.runs.values()]).toEqual([done]);
    expect(ports.memory.started).toEqual([first]);
  });

  test('launches nothing of a workflow that was deleted', async () => {
    const ports = await arranged([wait]);

    await deleteWorkflow(ports, 'welcome');

    expect(await launches(ports, {})).toBe(0);
  });

  test('about somebody who was erased while it was under way starts nothing and leaves nothing that it said', async () => {
    const ports = await arranged([wait], { contact: contactOf({ state: 'erased' }) });

    const { runIds } = await deliver(ports, eventOf());

    expect([runIds, ports.memory.started]).toEqual([[], []]);
    expect(JSON.stringify([...ports.memory.runs.values()])).not.toContain('john@example.com');
  });

  test('about nobody who is known is found by the fingerprints of whom it names, and forgotten by them', async () => {
    const ports = await arranged([wait]);
    await deliver(ports, strangersEvent({ email: 'jane@example.com' }));
    const [jane = ''] = identitiesInEvent(strangersEvent({ email: 'Jane@example.com' }), ports).map(fingerprint);

    await ports.workflowRuns.forgetUnknown([jane], hoursAfter(noon, -1));
    const before = JSON.stringify([...ports.memory.runs.values()]);
    await ports.workflowRuns.forgetUnknown([jane], noon);
    const after = JSON.stringify([...ports.memory.runs.values()]);

    expect([before.includes('jane@example.com'), after.includes('jane@example.com')]).toEqual([true, false]);
  });

  test('is kept as long as its run may take, and then for the retention', async () => {
    const ports = await arranged([wait]);

    const { runIds } = await deliver(ports, eventOf());

    const { expiresAt = '' } = ports.memory.runs.get(runIds[0] ?? '') ?? {};
    expect(expiresAt >= hoursAfter(noon, (2 + 30) * 24)).toBe(true);
    expect(expiresAt < hoursAfter(noon, (2 + 30 + 14) * 24)).toBe(true);
  });
});

describe('uniqueness', () => {
  const twice = async (uniqueness: Uniqueness, about: Parameters<typeof eventOf>[0]) => {
    const ports = await arranged([wait], { uniqueness });
    return [await launches(ports, {}), await launches(ports, { eventId: 'event-2', ...about })];
  };

  test.each([
    ['each', {}, [1, 1]],
    ['once', {}, [1, 0]],
    ['once', { occurredAt: hoursAfter(noon, 9000) }, [1, 0]],
    ['once', { keyValue: '8' }, [1, 1]],
    [{ oncePer: { hours: 1 } }, { occurredAt: hoursAfter(noon, 0.99) }, [1, 0]],
    [{ oncePer: { hours: 1 } }, { occurredAt: hoursAfter(noon, 1) }, [1, 1]],
    [{ oncePer: { hours: 1 } }, { occurredAt: hoursAfter(noon, -2) }, [1, 0]],
    [{ oncePer: { hours: 1 } }, { keyValue: '8' }, [1, 1]],
  ] as const)('%j with a second event of %j launches %j', async (uniqueness, about, counts) => {
    expect(await twice(uniqueness, about)).toEqual(counts);
  });

  test('lets a repeat of the event that had its turn through, so that a run that was not started is', async () => {
    const ports = await arranged([wait], { uniqueness: 'once' });
    const dying = { ...ports, executions: { ...ports.executions, start: () => Promise.reject(new Error('died')) } };
    await expect(deliver(dying, eventOf())).rejects.toThrow('died');

    const { runIds } = await deliver(ports, eventOf());

    expect(ports.memory.started).toEqual(runIds);
    expect(runIds).toHaveLength(1);
  });

  test('holds a workflow back that one contact launches more than a hundred times an hour, as loops do', async () => {
    const ports = await arranged([wait]);
    const counts = [];
    for (let index = 0; index <= mostLaunchesAnHour; index++)
      counts.push(await launches(ports, { eventId: `e-${index}` }));

    const held = await deliver(ports, eventOf({ eventId: 'one more' }));
    const repeated = await launches(ports, { eventId: 'e-0' });
    const other = await launches(ports, { eventId: 'other', contactId: 8 });
    const later = await launches(ports, { eventId: 'later', occurredAt: hoursAfter(noon, 1) });

    expect(counts.filter((count) => count === 1)).toHaveLength(mostLaunchesAnHour);
    expect(held).toEqual({ runIds: [], woken: 0, heldBack: ['welcome'] });
    expect([repeated, other, later]).toEqual([1, 1, 1]);
  });
});

test('a launch can die after any of its operations: the event coming again launches once', async () => {
  for (let last = 0; ; last++) {
    let left = last;
    const ports = await arranged([wait], { uniqueness: 'once' }, workflowPorts());
    const dying = workflowPorts({
      memory: ports.memory,
      step: async () => {
        if (left-- === 0) throw new Error('died');
      },
    });
    const isDead = await deliver(dying, eventOf()).then(
      () => false,
      () => true,
    );
    const { runIds } = await deliver(ports, eventOf());

    expect(runIds).toHaveLength(1);
    expect([ports.memory.started, ports.memory.runs.size]).toEqual([runIds, 1]);
    if (!isDead) return expect(last).toBeGreaterThan(5);
  }
});

const workflowNow = async ({ workflows }: WorkflowTestPorts) => {
  const workflow = await workflows.find('welcome');
  if (!workflow) throw new Error(`${john.id} has no workflow`);
  return workflow;
};
