import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addContacts, contactOf, contactWith, importOver, sharedFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await sharedFlowStack();
  store = openStackStore(stack);
});
afterAll(() => store.close());

/** Sends requests at once and waits until every import is FINISHED; returns the contact ids of each. */
const importedAtOnce = async (bodies: readonly object[]): Promise<number[][]> => {
  const accepted = await Promise.all(bodies.map((body) => addContacts(stack, body)));
  const ids: number[][] = [];
  for (const { asyncSessionId } of accepted) {
    const { status, mapping = [] } = await importOver(stack, asyncSessionId, 60);
    expect(status).toBe('FINISHED');
    ids.push(mapping.map(({ contactId }) => contactId));
  }
  return ids;
};

describe('requests at the same moment', () => {
  it('make one contact and one event id, where 100 of them bring the same new e-mail address', async () => {
    const body = { contacts: [contactWith('same@example.com', { firstName: 'Same' })], eventKeyForNewContacts: 'same' };

    const ids = await importedAtOnce(Array.from({ length: 100 }, () => body));

    const { contacts } = await store.holdings();
    await importedAtOnce([{ contacts: [contactWith('after-same@example.com')], eventKeyForNewContacts: 'afterSame' }]);
    await waitFor('a later event is logged', async () => (await stack.events({ type: 'afterSame' })).length > 0);
    const events = await stack.events({ type: 'same' });
    expect(new Set(ids.flat()).size).toBe(1);
    expect(contacts.filter(({ email }) => email === 'same@example.com')).toHaveLength(1);
    expect(events.map(({ eventId }) => eventId)).toEqual([`same:${ids[0]?.[0]}`]);
  });

  it('make one segment, where 50 of them name the same new one', async () => {
    const bodies = Array.from({ length: 50 }, (_, index) => ({
      contacts: [contactWith(`member-${index}@example.com`)],
      groupNames: [index % 2 === 0 ? 'Newcomers' : 'NEWCOMERS '],
    }));

    const ids = await importedAtOnce(bodies);

    const members = await Promise.all(ids.flat().map((id) => contactOf(stack, id)));
    expect(members).toHaveLength(50);
    expect(new Set(members.flatMap(({ groups }) => groups.map(({ id }) => id))).size).toBe(1);
  });

  it('share phones, tokens and externalCustomerIds as if they had come one after the other', async () => {
    const bodies = Array.from({ length: 30 }, (_, index) => ({
      contacts: [
        {
          externalCustomerId: `shared-${index % 5}`,
          channels: [
            { type: 'email', value: `shared-${index % 3}@example.com` },
            { type: 'sms', value: '380671112233' },
            { type: 'mobilepush', value: `token-${index % 2}` },
          ],
        },
      ],
    }));

    const ids = await importedAtOnce(bodies);

    const { contacts } = await store.holdings();
    const owners = (value: string) => contacts.filter(({ tokens }) => tokens?.some((token) => token.value === value));
    expect(new Set(ids.flat()).size).toBe(5);
    expect([owners('token-0').length, owners('token-1').length]).toEqual([1, 1]);
  });
});
