import { expect, test } from 'vitest';
import type { ChaosStack } from '#test/flow/chaos/chaos-stack.ts';
import { killFunctions } from '#test/flow/chaos/faults.ts';
import { startTrail } from '#test/flow/chaos/trail.ts';

const played = async (failure: string) => {
  const trail = startTrail(1);
  let asked = 0;
  const stack = { killFunction: () => Promise.reject(new Error(failure)) } as Partial<ChaosStack> as ChaosStack;

  const dead = await killFunctions(
    () => stack,
    { random: () => 0, trail },
    () => ++asked > 3,
  );
  return { dead, violations: trail.violations };
};

test('a fault that names a function which the stack does not have is a violation, told once', async () => {
  const { dead, violations } = await played('Error: There is no function import-chunk: add-contact');

  expect(dead).toBe(0);
  expect(violations).toEqual([expect.stringContaining('There is no function import-chunk')]);
});

test('a stack that is killed meanwhile is none', async () => {
  expect((await played('The stack was killed')).violations).toEqual([]);
});
