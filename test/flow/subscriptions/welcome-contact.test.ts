import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';

const lines: string[] = [];
let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack({ logLevel: 'INFO', writeLog: (line) => lines.push(line) });
});
afterAll(() => stack.stop());

const welcomes = (): string[] => lines.filter((line) => line.includes('contact welcomed'));

describe('a consumer of events by a rule of its own', () => {
  it('hears of each new contact of its event type, and of no other', async () => {
    await imported(stack, { contacts: [contactWith('other@example.com')], eventKeyForNewContacts: 'otherContact' });

    const { ids } = await imported(stack, {
      contacts: [contactWith('one@example.com'), contactWith('two@example.com')],
      eventKeyForNewContacts: 'newContact',
    });
    await waitFor('both are welcomed', () => welcomes().length >= 2);

    expect(welcomes().every((line) => line.includes('welcome-contact'))).toBe(true);
    for (const id of ids) expect(welcomes().join('\n')).toContain(`"eventId":"newContact:${id}"`);
    expect(welcomes()).toHaveLength(2);
  });

  it('is told in logs that name no address', () => {
    expect(lines.filter((line) => line.includes('example.com'))).toEqual([]);
  });
});
