import { relative } from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import { leaveGrants, newRefusals } from '#test/support/watched-stacks.ts';

/* Runs with every file of flow tests: what AWS would refuse fails the test during which it happens. */

const expectNoRefusal = () => expect(newRefusals(), 'what AWS would refuse').toEqual([]);

afterEach(expectNoRefusal);

afterAll(() => {
  expectNoRefusal();
  leaveGrants(relative(process.cwd(), expect.getState().testPath ?? ''));
});
