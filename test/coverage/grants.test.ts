import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permissionsOf } from '#infra/local/permission/permissions.ts';
import { everybodyIn, readTemplate } from '#infra/local/stack-plan.ts';
import { settingsOf } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { readGrants } from '#test/support/watched-stacks.ts';
import { keptGrants } from './kept-grants.ts';

const records = readGrants();
const missing = globSync('test/flow/**/*.test.ts').filter((file) => !records.some((record) => record.file === file));

/** What the stack grants, in a line each, without the names of the stage. */
const granted = (): string[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'rollcall-grants-'));
  try {
    const { template, stackName } = synthesize(settingsOf('local'), { outdir, validate: false, stubs: true });
    const plan = readTemplate(template, { stackName, sqsEndpoint: 'http://127.0.0.1:1', apiUrl: 'http://127.0.0.1:2' });
    return permissionsOf(everybodyIn(plan), () => {})
      .grants()
      .map(({ text }) => text);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/** A grant without account, region, stage and the ids that CDK makes. */
const inShort = (text: string): string =>
  text
    .replaceAll(/arn:aws:[\w-]*:[\w-]*:\d*:/g, '')
    .replaceAll(/[Rr]ollcall-local-/g, '')
    .replaceAll(/table\/ContactsTable\w+/g, 'table')
    .replaceAll(/importsbucket[0-9a-z]+/g, 'bucket');

const grants = granted().map(inShort);

const howToFix = `No flow test used these grants. For each of them, do one of these:
- take it away from the rights of the function (infra/operation-rights.ts and its neighbours, infra/constructs/store-rights.ts, a construct);
- let a flow test do what needs it;
- name it in test/coverage/kept-grants.ts with the reason why it is kept.`;

// Only a run of all flow tests, each of which passed, can tell what is unused.
test.skipIf(missing.length > 0)('every grant is used by a flow test, or kept for a reason', () => {
  const used = new Set(records.flatMap((record) => record.used).map(inShort));
  const unused = grants.filter((text) => !used.has(text));
  const unexplained = unused.filter((text) => !keptGrants.some(({ grant }) => grant.test(text)));

  expect(unexplained, howToFix).toEqual([]);
});

test('grants are kept only where the stack has them', () => {
  const gone = keptGrants.filter(({ grant }) => !grants.some((text) => grant.test(text)));

  expect(gone, 'The stack grants none of these: take them out of test/coverage/kept-grants.ts').toEqual([]);
});
