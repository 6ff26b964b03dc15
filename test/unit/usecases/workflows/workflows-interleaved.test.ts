import { describe, expect, test } from 'vitest';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { WorkflowStep } from '#domain/workflows/workflow.ts';
import { derivedId } from '#identity/derived-id.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import type { Memory, MemoryPorts } from '#test/support/memory-ports.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { playEverySchedule, type Writer } from '#test/support/schedules.ts';
import { eventOf, noon, workflowGlue, workflowOf } from '#test/support/workflows/workflow-ports.ts';
import { awaitEvent } from '#usecases/workflows/await-event.ts';
import { launchWorkflows } from '#usecases/workflows/launch-workflows.ts';
import { runWorkflow } from '#usecases/workflows/run-workflow.ts';

const glued = (ports: MemoryPorts) => ({
  ...ports,
  ...workflowGlue,
  bindings: ports.workflows.bindings,
  now: () => hoursAfter(noon, 2),
});

const confirmation: WorkflowStep = {
  id: 'confirmed',
  type: 'waitForEvent',
  eventTypeKey: 'SysContactConfirmed',
  timeout: { hours: 72 },
  onEvent: 'continue',
  onTimeout: 'end',
};

const points: WorkflowStep = { id: 'add', type: 'updateFields', fields: [{ id: 20, operation: '+', value: '1' }] };

/** A run of these steps about contact 7, launched and not carried on yet. */
const launched = (steps: readonly WorkflowStep[]) => async (memory: Memory) => {
  const ports = glued(memoryPorts({ memory }));
  memory.fields.push({ id: 20, group: 'Personal', name: 'Points', key: 'POINTS', type: 'number', identifier: false });
  await ports.contacts.insertContacts([contactOf({ fields: [] })]);
  await ports.workflows.save(workflowOf({ steps }), 0);
  await launchWorkflows(ports, eventOf());
};

const runId = derivedId('welcome event-1');

/** The state machine up to its first wait: it leaves its token and is told to go on by whoever has it. */
const machine: Writer<string> = {
  name: 'the state machine',
  run: async (given) => {
    const ports = glued(given);
    const move = await runWorkflow(ports, runId);
    if (move.kind === 'awaitEvent') await awaitEvent(ports, { runId, stepId: move.stepId, token: 'token' });
    return move.kind;
  },
};

const launcher: Writer<string> = {
  name: 'the launcher',
  run: async (given) => {
    const type = { eventId: 'confirmed-1', eventTypeKey: 'SysContactConfirmed', occurredAt: hoursAfter(noon, 1) };
    await launchWorkflows(glued(given), eventOf(type));
    return 'delivered';
  },
};

describe('every interleaving', () => {
  test('of an event with whoever begins to wait for it: the run has gone on, or is woken', async () => {
    const { endings } = await playEverySchedule(
      [machine, launcher],
      launched([confirmation]),
      ({ memory, said }, schedule) => {
        const isDone = memory.runs.get(runId)?.state === 'done';
        const isHeard = [...memory.awaited.values()].some(({ heard }) => heard === 'confirmed-1');
        const isGoingOn = isDone || (isHeard && memory.woken.includes('token'));
        expect([isGoingOn, said, schedule]).toEqual([true, said, schedule]);
      },
    );

    expect(endings).toBeGreaterThan(10);
  });

  test('of two functions on one run, each dying anywhere: a sum is made once', async () => {
    const { endings } = await playEverySchedule([machine, machine], launched([points]), ({ memory }, schedule) => {
      const contact = memory.contacts.get(7);
      expect([contact?.fields, contact?.version, schedule]).toEqual([[{ id: 20, value: '1' }], 2, schedule]);
      expect(memory.runs.get(runId)?.state).toBe('done');
    });

    expect(endings).toBeGreaterThan(10);
  });
});
