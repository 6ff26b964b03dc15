import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosStack } from './chaos-stack.ts';
import { listAll, shownImport, shownRun } from './pages.ts';
import type { World } from './world.ts';

/** What still goes on, in words; nothing of a stack that is idle, whose delayed messages are not due. */
const whatGoesOn = async (stack: ChaosStack, world: World, queues: readonly string[]): Promise<string[]> => {
  const full = [];
  for (const queue of queues) {
    const { due } = await stack.depthOf(queue);
    if (due > 0) full.push(`${due} messages in ${queue}`);
  }
  if (full.length > 0) return full;
  // Nothing is under way, so what is not over lost its messages: its time comes with the schedule of sweeps.
  await stack.invoke('sweep-unfinished');
  const imports = await listAll(world.ask, '/admin/v1/imports', shownImport);
  const runs = await listAll(world.ask, '/admin/v1/workflow-runs', shownRun);
  return [
    ...imports
      .filter(({ state }) => !isOver(state))
      .map((one) => `import ${one.sessionId} is ${one.state} at row ${one.read}`),
    ...imports.filter((one) => one.undo?.state === 'RUNNING').map(({ sessionId }) => `${sessionId} is undone`),
    ...runs.filter(({ state }) => /running|waiting/.test(state)).map(({ runId, state }) => `run ${runId} is ${state}`),
  ];
};

/** A machine that does much else needs so many times as long to work off what has heaped up, as long as something moves. */
const mostPeriods = 12;

/** Waits until nothing goes on any more; whatever has not moved for so many seconds is a violation each. */
export const waitUntilIdle = async (
  stack: ChaosStack,
  world: World,
  { queues, seconds }: { readonly queues: readonly string[]; readonly seconds: number },
): Promise<void> => {
  const period = seconds * 1000;
  const last = Date.now() + mostPeriods * period;
  let [deadline, seen] = [Date.now() + period, ''];
  for (let idle = 0; idle < 2; ) {
    const still = await whatGoesOn(stack, world, queues);
    const moves = still.join() !== seen;
    if (moves) [deadline, seen] = [Math.min(last, Date.now() + period), still.join()];
    idle = still.length === 0 ? idle + 1 : 0;
    if (still.length > 0 && Date.now() > deadline) {
      for (const what of still.slice(0, 30)) world.trail.violate('nothing is stuck', what);
      return;
    }
    await pause(still.length > 0 ? 1000 : 300);
  }
};

/** The queues that hold messages back for later, in words. */
export const whatIsDelayed = async (stack: ChaosStack, queues: readonly string[]): Promise<string[]> => {
  const found = [];
  for (const queue of queues) {
    const { delayed } = await stack.depthOf(queue);
    if (delayed > 0) found.push(`${delayed} delayed messages in ${queue}`);
  }
  return found;
};

/** Lets imports go on that were paused. */
export const resumeImports = async ({ ask }: World): Promise<void> => {
  for (const { sessionId, state } of await listAll(ask, '/admin/v1/imports', shownImport)) {
    if (state === 'PAUSED') await ask('POST', `/admin/v1/imports/${sessionId}/resume`);
  }
};

const isOver = (state: string): boolean => /^(FINISHED|ERROR|CANCELLED)$/.test(state);
