import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { WorkflowExecutions } from '#domain/workflows/ports.ts';
import { pacedExecutions } from '#usecases/workflows/paced-executions.ts';

/** Executions on a clock that goes on only while something waits. */
const arranged = (milliseconds: number, lifeMilliseconds = 60_000) => {
  let now = 0;
  const done: [string, number][] = [];
  const executions: WorkflowExecutions = {
    start: async (runId, replacement) => {
      done.push([`${runId} ${replacement}`, now]);
    },
    wake: async (token) => {
      done.push([token, now]);
    },
  };
  const pause = async (_random: number, atLeast = 0) => {
    await nextTurn();
    now += atLeast;
  };
  const paced = pacedExecutions(executions, { pause, milliseconds, remainingTime: () => lifeMilliseconds - now });
  return { paced, done };
};

test('executions begin and wake at a pace, whatever asks for them at once', async () => {
  const { paced, done } = arranged(400);

  await Promise.all([paced.start('one'), paced.wake('two'), paced.start('three', 2)]);

  expect(done).toEqual([
    ['one undefined', 400],
    ['two', 800],
    ['three 2', 1200],
  ]);
});

test('executions have no pace where there is room', async () => {
  const { paced, done } = arranged(0);

  await Promise.all([paced.start('one'), paced.start('two')]);

  expect(done.map(([, at]) => at)).toEqual([0, 0]);
});

test('what has no time left fails, and nothing of it begins', async () => {
  const { paced, done } = arranged(1000, 7_500);

  const ends = await Promise.allSettled(['one', 'two', 'three', 'four', 'five'].map((runId) => paced.start(runId)));

  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected']);
  expect(done.map(([name]) => name)).toEqual(['one undefined', 'two undefined']);
});
