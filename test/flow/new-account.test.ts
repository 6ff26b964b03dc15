import { afterAll, beforeAll, expect, it } from 'vitest';
import { csvOf, importFile } from '#test/support/files/upload-flow.ts';
import { importStatusOf, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { givenUp } from '#test/support/queues/given-up.ts';
import { sized } from '#test/support/soak.ts';
import { putWorkflow } from '#test/support/workflows/workflow-flow.ts';

/* An account whose Lambda functions run ten at a time, by the settings of a stage that says nothing of it. */

const rows = sized(300, 30_000);
const launching = sized(6, 1_000);
const patienceSeconds = sized(60, 1_200);

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack({
    settings: { accountConcurrency: 10 },
    strain: { newAccount: true },
    maxSandboxes: 10,
  });
});
afterAll(() => stack.stop());

/** Calls as a client does that repeats what was answered 503; returns how often it was. */
const repeated = async (): Promise<number> => {
  for (let refusals = 0; ; refusals++) {
    const { status } = await stack.request('GET', '/api/v1/version');
    if (status === 200) return refusals;
    if (status !== 503) throw new Error(`Answered ${status}`);
  }
};

it('an import that launches workflows leaves room for callers in a new account, and nothing is given up', async () => {
  const steps = [{ id: 'mark', type: 'addToSegment', segment: 'Welcomed' }];
  await putWorkflow(stack, 'come', { steps });
  const sessions = [
    await importFile(stack, csvOf(rows)),
    await importFile(stack, csvOf(launching, { first: rows }), { eventKeyForNewContacts: 'come' }),
  ];
  const calls: number[] = [];

  await waitFor(
    'both imports and all runs are over',
    async () => {
      calls.push(await repeated());
      const states = await Promise.all(sessions.map((id) => importStatusOf(stack, id).catch(() => undefined)));
      if (!states.every((one) => one?.status === 'FINISHED')) return false;
      const { json } = await stack.request('GET', '/admin/v1/segments');
      const { items = [] } = json as { readonly items?: readonly { name: string; memberCount: number }[] };
      return items.find(({ name }) => name === 'Welcomed')?.memberCount === launching;
    },
    patienceSeconds,
  );

  expect(calls.length).toBeGreaterThan(0);
  expect(await givenUp(stack)).toEqual([]);
});
