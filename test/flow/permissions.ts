import { relative } from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import { denialText } from '#infra/local/permission/grant.ts';
import { leaveGrants, newDenials } from '#test/support/watched-permissions.ts';

/* Runs with every file of flow tests: a call that AWS would deny fails the test during which it was made. */

const expectNoDenial = () =>
  expect([...new Set(newDenials().map(denialText))], 'calls that AWS would deny').toEqual([]);

afterEach(expectNoDenial);

afterAll(() => {
  expectNoDenial();
  leaveGrants(relative(process.cwd(), expect.getState().testPath ?? ''));
});
