import { afterAll, beforeAll, expect, it } from 'vitest';
import { countedBy, untilCounted } from '#test/support/counts/overview.ts';
import { contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack();
});
afterAll(() => stack.stop());

/** Adds a contact to be counted. */
const counted = async (email: string): Promise<number> => {
  const { json } = await stack.request('POST', '/api/v1/contact', { body: contactWith(email) });
  return (json as { id: number }).id;
};

it('contacts are counted by source as they come, and again as they are deleted, restored, erased and undone', async () => {
  const before = (await countedBy(stack)).overview;
  const since = (now: typeof before) => {
    const { API = 0, IMPORT = 0 } = now.contactsBySource;
    const { API: apiBefore = 0, IMPORT: importBefore = 0 } = before.contactsBySource;
    return [API - apiBefore, IMPORT - importBefore].join(' ');
  };
  const counts = (what: string, expected: string) =>
    untilCounted(stack, what, ({ overview }) => since(overview) === expected);
  const ids = [
    await counted('count-1@example.com'),
    await counted('count-2@example.com'),
    await counted('count-3@example.com'),
  ];
  const contacts = ['count-4@example.com', 'count-5@example.com'].map((email) => contactWith(email));
  const { sessionId } = await imported(stack, { contacts, dedupeOn: 'email' });

  const { overview: five } = await counts('five contacts are counted', '3 2');
  await stack.request('DELETE', `/api/v1/contact/${ids[0]}`);
  await stack.request('DELETE', `/api/v1/contact/${ids[1]}?erase=true`);
  await counts('a deleted and an erased one are not counted', '1 2');
  await stack.request('POST', `/admin/v1/contacts/${ids[0]}/restoration`);
  await stack.request('POST', `/admin/v1/imports/${sessionId}/undo`, { body: {} });
  const { overview } = await counts('a restored one is counted, and those that were undone are not', '2 0');

  const created = ({ days }: typeof before) => days.reduce((sum, day) => sum + day.created, 0);
  expect(created(overview)).toBe(created(five));
  expect(overview.days).toHaveLength(30);
  expect(overview.deadLetters).toContainEqual({
    queue: 'rollcall-local-counts-dead-letter',
    waiting: 0,
    alarm: 'rollcall-local-counts-given-up',
    runbook: 'docs/runbook.md#counts-are-missing',
  });
});
