import { expect } from 'vitest';
import type { Contact } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { addContacts, contactOf, contactWith, imported, rowsOf } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import type { StackStore } from '#test/support/stack-store.ts';
import { control, importOf, undoOver } from './controlled.ts';

interface Held {
  /** What all addresses begin with. */
  readonly prefix: string;
  /** People that are known before; each import has twice as many. */
  readonly known: number;
  /** Runs beside the imports, and beside their undos, until `isOver` says so. */
  readonly beside?: (functionName: string, isOver: () => boolean) => Promise<void>;
}

/**
 * Imports the same people three times, one import paused and resumed and one cancelled on its way, and undoes all three at once,
 * one of which is paused and resumed. Each row
 * has one outcome, and everybody is as before.
 */
export const holdAndUndo = async (
  stack: TestStack,
  store: StackStore,
  { prefix, known, beside }: Held,
): Promise<void> => {
  const address = (index: number) => `${prefix}-${index}@example.com`;
  const everyone = Array.from({ length: 2 * known }, (_, index) => address(index));
  const first = everyone.slice(0, known).map((email) => contactWith(email, { firstName: 'Before' }));
  const { ids } = await imported(stack, { contacts: first, groupNames: ['Before'] });
  const people = () => peopleOf(stack, store, { prefix, sample: ids.slice(0, 3) });
  const before = await people();

  const importAll = (number: number) =>
    addContacts(stack, {
      contacts: everyone.map((email) =>
        contactWith(email, { firstName: `Import ${number}`, ...(number !== 1 && { lastName: `Import ${number}` }) }),
      ),
      groupNames: [`Group ${number}`],
      ...(number > 0 && { groupNamesExclude: ['Before'] }),
    });
  const sessions: string[] = [];
  for (const number of [0, 1, 2]) sessions.push((await importAll(number)).asyncSessionId);
  const [paused = '', cancelled = '', last = ''] = sessions;
  const states = await during(beside, 'import-chunk', async () => {
    await control(stack, paused, 'pause');
    await control(stack, cancelled, 'cancel');
    await control(stack, cancelled, 'pause');
    const held = (await importOf(stack, paused)).state;
    await control(stack, paused, 'resume');
    return [held, ...(await Promise.all(sessions.map((session) => stateAtEnd(stack, session))))];
  });
  const rows = await Promise.all(sessions.map((session) => rowsOf(stack, session)));

  const undone = await during(beside, 'undo-rows', async () => {
    await Promise.all(sessions.map((session) => control(stack, session, 'undo')));
    await control(stack, last, 'pause');
    await Promise.all(sessions.slice(0, 2).map((session) => undoOver(stack, session, 200)));
    await control(stack, last, 'resume');
    return Promise.all(sessions.map((session) => undoOver(stack, session, 200)));
  });
  expect(states[0]).toMatch(/^(PAUSED|FINISHED)$/);
  expect(states.slice(1)).toEqual(['FINISHED', expect.stringMatching(/^(CANCELLED|FINISHED)$/), 'FINISHED']);
  const numbers = everyone.map((_, index) => index + 1);
  expect(rows.map((told) => told.map(({ row }) => row))).toEqual(sessions.map(() => numbers));
  const isUntold = ({ contactId, code }: ImportedRow) => (contactId === undefined) !== (code === 'CANCELLED');
  expect(rows.flat().filter(isUntold)).toEqual([]);
  const sums = undone.map(({ state, counts }) => [state, counts.skipped, Object.values(counts).reduce(add)]);
  expect(sums).toEqual(sessions.map(() => ['FINISHED', 0, everyone.length]));
  expect(await people()).toEqual(before);
  expect(findBreaches(await store.holdings())).toEqual([]);
};

type ImportedRow = Awaited<ReturnType<typeof rowsOf>>[number];

const add = (one: number, other: number): number => one + other;

const during = async <Result>(
  beside: Held['beside'],
  functionName: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  let isOver = false;
  const disturbed = beside?.(functionName, () => isOver);
  const result = await work();
  isOver = true;
  await disturbed;
  return result;
};

const stateAtEnd = (stack: TestStack, sessionId: string): Promise<string> =>
  waitFor(
    'the import is over',
    async () => {
      const { state, finishedAt } = await importOf(stack, sessionId);
      return finishedAt !== undefined && state;
    },
    200,
  );

/** People without what each write changes, and the segments of some of them. */
const peopleOf = async (
  stack: TestStack,
  store: StackStore,
  { prefix, sample }: { readonly prefix: string; readonly sample: readonly number[] },
) => {
  const { contacts } = await store.holdings();
  const isMeant = ({ state, email }: Contact) => state !== 'erased' && email?.startsWith(`${prefix}-`);
  const filed = await Promise.all(sample.map((id) => contactOf(stack, id)));
  return {
    contacts: contacts
      .filter(isMeant)
      .map(({ version: _, updatedAt: __, updatedBy: ___, ...rest }) => rest)
      .sort((one, other) => one.id - other.id),
    groups: filed.map(({ groups }) => groups.map(({ name }) => name)),
  };
};
