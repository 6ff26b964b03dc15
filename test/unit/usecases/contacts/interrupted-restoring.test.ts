import { describe, expect, it } from 'vitest';
import { Crash, crashAfter } from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, type MemoryPorts, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

let tokens = 0;

/** Ports of one request: no two have one token. */
const portsOf = (memory: Memory, step?: Step): MemoryPorts => ({
  ...memoryPorts({ memory, ...(step && { step }) }),
  newId: () => `token-${++tokens}`,
});

/** Runs work that dies after so many operations; whether it came to its end. */
const attempt = async (memory: Memory, operations: number, work: (ports: MemoryPorts) => Promise<unknown>) => {
  try {
    await work(portsOf(memory, crashAfter(operations)));
    return true;
  } catch (error) {
    if (error instanceof Crash) return false;
    throw error;
  }
};

/** A contact in two segments whose deletion died after so many operations; whether it is deleted all the same. */
const deleted = async (memory: Memory, operations: number) => {
  const about = { groupNames: ['VIP', 'News'], groupIds: [], warnings: [] };
  const { id } = await addContact(portsOf(memory), { draft: { email: 'mail@example.com' }, ...about });
  const isWhole = await attempt(memory, operations, (ports) => deleteContact(ports, { id }));
  return { id, isWhole, isDeleted: memory.contacts.get(id)?.state === 'deleted' };
};

const segmentsOf = ({ segments, memberships }: Memory): string[] => {
  const names = new Map([...segments.values()].map(({ id, name }) => [id, name]));
  return [...memberships.values()]
    .map(({ segmentId, isHidden }) => `${names.get(segmentId)}${isHidden ? ', hidden' : ''}`)
    .sort();
};

const again = { draft: { email: 'mail@example.com' }, groupNames: ['News'], groupIds: [], warnings: [] };

describe.each([
  ['added', (ports: MemoryPorts, restoreDeleted: boolean) => addContact(ports, { ...again, restoreDeleted })],
  [
    'subscribed',
    (ports: MemoryPorts, restoreDeleted: boolean) => subscribeContact(ports, { ...again, restoreDeleted }),
  ],
])('a deleted contact that is %s and whose request is sent again after a death', (_, save) => {
  it.each([
    ['in no other segment than it is put into', false, ['News']],
    ['in all segments that it was in if the caller asks for that', true, ['News', 'VIP']],
  ])('comes back %s', async (_place, restoreDeleted, expected) => {
    for (let operations = 0, isWhole = false; !isWhole; operations++) {
      const memory = emptyMemory();
      await deleted(memory, Number.POSITIVE_INFINITY);

      isWhole = await attempt(memory, operations, (ports) => save(ports, restoreDeleted));
      await save(portsOf(memory), restoreDeleted);

      expect([operations, ...segmentsOf(memory)]).toEqual([operations, ...expected]);
    }
  });

  it('leaves the segments that a deletion which died had not hidden', async () => {
    for (let operations = 0, isWhole = false; !isWhole; operations++) {
      const memory = emptyMemory();
      const deletion = await deleted(memory, operations);
      isWhole = deletion.isWhole;
      if (!deletion.isDeleted) continue;

      await save(portsOf(memory), false);

      expect([operations, ...segmentsOf(memory)]).toEqual([operations, 'News']);
    }
  });
});

describe('a deletion that died', () => {
  it('is ended by its repeat, which is answered that the contact is not there', async () => {
    for (let operations = 0, isWhole = false; !isWhole; operations++) {
      const memory = emptyMemory();
      const deletion = await deleted(memory, operations);
      isWhole = deletion.isWhole;
      if (!deletion.isDeleted) continue;

      const repeat = deleteContact(portsOf(memory), { id: deletion.id });

      await expect(repeat).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect([operations, ...segmentsOf(memory)]).toEqual([operations, 'News, hidden', 'VIP, hidden']);
    }
  });
});
