import { describe, expect, it } from 'vitest';
import { type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { playEverySchedule, type Writer } from '#test/support/schedules.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { eraseTraces } from '#usecases/erasure/erase-traces.ts';
import { settlingSeconds } from '#usecases/erasure/settling.ts';
import { attachContacts } from '#usecases/segments/attach-contacts.ts';

const about = { groupIds: [], warnings: [] };
const draft = { email: 'mail@example.com' };

/** Contact 1 in segment 1, beside segment 2. */
const prepare = async (memory: Memory): Promise<void> => {
  const ports = memoryPorts({ memory });
  await ports.segments.ensure(['News', 'VIP']);
  await addContact({ ...ports, newId: () => 'before' }, { draft, groupNames: ['News'], ...about });
};

const whoever = async (work: Promise<unknown>): Promise<string> => {
  await work.catch((error: { code?: string }) => {
    if (error.code !== 'NOT_FOUND' && error.code !== 'CONTACT_DELETED') throw error;
  });
  return 'ended';
};

const remove: Writer<string> = {
  name: 'deletes',
  run: (ports) => whoever(deleteContact({ ...ports, newId: () => 'deletion' }, { id: 1 })),
};

const joining: readonly Writer<string>[] = [
  {
    name: 'attaches',
    run: (ports) => whoever(attachContacts({ ...ports, newId: () => 'attaching' }, 2, { contactIds: [1] })),
  },
  {
    name: 'updates',
    run: (ports) => whoever(addContact({ ...ports, newId: () => 'update' }, { draft, groupNames: ['VIP'], ...about })),
  },
];

const shown = ({ memberships }: Memory): number[] =>
  [...memberships.values()].flatMap(({ segmentId, isHidden }) => (isHidden ? [] : segmentId));

describe('a contact that is deleted while others put it into segments', () => {
  it.each(joining)('is in none when these have ended: $name', async (writer) => {
    let overtaken = 0;
    await playEverySchedule([remove, writer], prepare, async ({ memory }, schedule) => {
      if (memory.contacts.get(1)?.state !== 'deleted') return;
      if (shown(memory).length > 0) overtaken += 1;
      const jobs = memory.sentErasures.filter(({ delaySeconds }) => delaySeconds === settlingSeconds);

      await eraseTraces(memoryPorts({ memory }), jobs);

      expect(shown(memory), schedule.join('\n')).toEqual([]);
    });
    expect(overtaken).toBeGreaterThan(0);
  });
});
