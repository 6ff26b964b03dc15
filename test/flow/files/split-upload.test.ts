import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvOf, importFile, linesOf } from '#test/support/files/upload-flow.ts';
import { importOver, rowsOf, startFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await startFlowStack();
  store = openStackStore(stack);
});
afterAll(async () => {
  store.close();
  await stack.stop();
});

const describedImport = async (sessionId: string) =>
  (await stack.request('GET', `/admin/v1/imports/${sessionId}`)).json as Record<string, unknown>;

describe('a file of more rows than a window', () => {
  it('is tried without a trace, and then imported as was said, row by row', async () => {
    // Most rows are refused, as these cost no writes: what this is about are the windows.
    const refused = Array.from({ length: 10_000 }, (_, index) => `nobody-${index},,\n`).join('');
    const file = `${csvOf(500)}${refused}${linesOf(500, { first: 500 })}FILE-7@example.com,,Olena\nfile-999@example.com,,\n`;
    const settings = { groupNames: ['From a file'], eventKeyForNewContacts: 'fromFile' };

    const trial = await importFile(stack, file, { ...settings, dryRun: true });
    const tried = await importOver(stack, trial, 60);
    const foundThen = (await store.holdings()).contacts.length;
    const session = await importFile(stack, file, settings);
    const done = await importOver(stack, session, 60);

    const counts = '1000 created, 1 updated, 1 unchanged, 0 skipped, 10000 failed';
    expect(tried).toEqual({
      status: 'FINISHED',
      description: `11002 rows were tried and nothing was written: ${counts}`,
      mapping: [],
    });
    expect(foundThen).toBe(0);
    expect(done).toMatchObject({ status: 'FINISHED', description: `11002 rows were read: ${counts}` });
    expect(done.mapping).toHaveLength(1_000);
    expect(await describedImport(session)).toMatchObject({
      upload: { fileName: 'contacts.csv', delimiter: ',', encoding: 'utf-8' },
      total: 11_002,
      read: 11_002,
    });
    expect(await describedImport(trial)).toMatchObject({ dryRun: true });
    const withoutIds = (rows: Awaited<ReturnType<typeof rowsOf>>) => rows.map(({ contactId, ...row }) => row);
    expect(withoutIds(await rowsOf(stack, trial))).toEqual(withoutIds(await rowsOf(stack, session)));
  });
});
