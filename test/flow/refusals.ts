import { relative } from 'node:path';
import { afterAll, afterEach, expect, inject, type RunnerTestSuite } from 'vitest';
import { leaveGrants, newRefusals } from '#test/support/watched-stacks.ts';

/* Runs with every file of flow tests: what AWS would refuse fails the test during which it happens. */

const expectNoRefusal = () => expect(newRefusals(), 'what AWS would refuse').toEqual([]);

afterEach(expectNoRefusal);

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures a hook asks for.
afterAll(({}, file) => {
  expectNoRefusal();
  // What a part of a file, or a test that failed, left unused says nothing about the grants.
  const isWhole = inject('isOfAllTests') && !hasFailed(file);
  if (isWhole) leaveGrants(relative(process.cwd(), expect.getState().testPath ?? ''));
});

const hasFailed = ({ tasks }: Readonly<RunnerTestSuite>): boolean =>
  tasks.some((task) => task.result?.state === 'fail' || (task.type === 'suite' && hasFailed(task)));
