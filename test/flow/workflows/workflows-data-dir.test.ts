import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { subscribe } from '#test/support/subscriptions/confirmation-flow.ts';
import { putWorkflow, raise, runIn } from '#test/support/workflows/workflow-flow.ts';

test('runs that wait when a stack with a data folder stops go on where they were when it starts again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-runs-'));
  const first = await startFlowStack({ dataDir });
  await putWorkflow(first, 'order', {
    steps: [
      { id: 'add', type: 'addToSegment', segment: 'Ordered' },
      { id: 'paid', type: 'waitForEvent', eventTypeKey: 'paid', timeout: { days: 30 } },
      { id: 'thank', type: 'addToSegment', segment: 'Paid' },
    ],
  });
  await putWorkflow(first, 'nap', { steps: [{ id: 'nap', type: 'wait', for: { seconds: 3 } }] });
  const { id: contactId } = await subscribe(first, 'kept@example.com');
  await raise(first, 'order', { contactId });
  await raise(first, 'nap', { contactId });
  const waiting = [
    await runIn(first, 'waiting', { workflowId: 'order' }),
    await runIn(first, 'waiting', { workflowId: 'nap' }),
  ];
  await first.stop();

  const second = await startFlowStack({ dataDir });
  try {
    await raise(second, 'paid', { contactId });
    const runs = [
      await runIn(second, 'done', { workflowId: 'order' }),
      await runIn(second, 'done', { workflowId: 'nap' }),
    ];

    expect(runs.map(({ runId }) => runId)).toEqual(waiting.map(({ runId }) => runId));
    expect(runs[0]?.steps.map(({ outcome }) => outcome)).toEqual(['done', 'heard', 'done']);
    expect(runs[0]?.steps[0]).toEqual(waiting[0]?.steps[0]);
  } finally {
    await second.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
