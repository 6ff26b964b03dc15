import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { dyingFunctions } from '#test/support/sweep/dying-functions.ts';
import { putWorkflow, runIn, runsOf } from '#test/support/workflows/workflow-flow.ts';

let stack: TestStack;
let dying: ReturnType<typeof dyingFunctions>;
beforeAll(async () => {
  stack = await startFlowStack({ logLevel: 'SILENT' });
  dying = dyingFunctions(stack);
});
afterAll(async () => {
  dying.close();
  await stack.stop();
});

const steps = [{ id: 'mark', type: 'addToSegment', segment: 'Welcomed' }];
const farAhead = '9999-01-01T00:00:00.000Z';

describe('the sweep', () => {
  it('finishes what functions left that died half way, and what nothing helps fails', async () => {
    const { ids } = await imported(stack, {
      contacts: ['reader', 'erased', 'launched'].map((name) => contactWith(`${name}@example.com`)),
      groupNames: ['Readers'],
    });
    const [readerId = 0, erasedId = 0, launchedId = 0] = ids;
    const segments = (await stack.request('GET', '/api/v1/groups?name=Readers')).json as { readonly id: number }[];
    await putWorkflow(stack, 'begun', { steps });
    await putWorkflow(stack, 'hopeless', { steps });
    await dying.addOrder('order-1', 'reader@example.com');
    await dying.sendTo('reader@example.com');
    await dying.sendToSegment(segments[0]?.id ?? 0);
    await dying.erase(erasedId);
    await dying.launch('begun', launchedId);
    await dying.launch('hopeless', launchedId);
    const [hopeless] = await runsOf(stack, { workflowId: 'hopeless' });
    const notes = await dying.unfinished.due(farAhead);
    const note = notes.find(({ id }) => id === hopeless?.runId);
    if (!note) throw new Error('There is no note of the run');
    await dying.unfinished.note({ ...note, rounds: 3 });

    const swept = await stack.fn('sweep-unfinished').invoke({});

    expect(notes.map(({ work }) => work.kind).sort()).toEqual([
      'erasure',
      'messages',
      'orders',
      'run',
      'run',
      'sending',
    ]);
    expect(swept).toMatchObject({ ok: true });
    await waitFor('the event of the order is in the log', async () => {
      const [event] = await stack.events({ type: 'orderINITIALIZED' });
      return event?.keyValue === 'order-1';
    });
    await waitFor('both messages to the reader were sent', async () => {
      const sent = await dying.messages.listOf(readerId);
      return sent.length === 2 && sent.every(({ status }) => status !== 'QUEUED');
    });
    expect(await runIn(stack, 'done', { workflowId: 'begun' })).toMatchObject({ contactId: launchedId });
    expect(await runIn(stack, 'failed', { workflowId: 'hopeless' })).toMatchObject({
      problem: { code: 'STEP_CRASHED' },
    });
    await waitFor('nothing but the run that was started is noted', async () => {
      const left = await dying.unfinished.due(farAhead);
      return left.every(({ work }) => work.kind === 'run') && left.length === 1;
    });
  });
});
