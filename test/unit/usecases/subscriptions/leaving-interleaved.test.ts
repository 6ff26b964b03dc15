import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOf } from '#domain/segments/segment.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';
import { createImport, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { playSchedule, type Writer } from '#test/support/schedules.ts';
import { sized } from '#test/support/soak.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { restoreContact } from '#usecases/contacts/restore-contact.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { attachContacts } from '#usecases/segments/attach-contacts.ts';
import { emptySegment } from '#usecases/segments/empty-segment.ts';
import { getSubscriptions, setSubscriptions } from '#usecases/subscriptions/contact-subscriptions.ts';
import { defineCategory } from '#usecases/subscriptions/manage-categories.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

const contactId = 1;
const segmentId = 1;
const email = 'left@example.com';
const settings = importSettings({ groupNames: ['Newsletter'], restoreDeleted: true });
const single = { draft: { email }, groupNames: ['Newsletter'], groupIds: [], warnings: [], restoreDeleted: true };

/** A contact in the category `news`, as `Newsletter` mirrors it, and an import of its row into that segment. */
const prepare = async (memory: Memory): Promise<void> => {
  const ports = memoryPorts({ memory });
  await defineCategory(ports, 'news', 'Newsletter');
  await addContact(ports, single);
  memory.contacts.set(2, bareContact({ id: 2 }));
  memory.lastId = 2;
  await createImport(ports, [importRowsOf([{ email }], settings)], settings);
};

const leave: Writer<string> = {
  name: 'leaves',
  run: async (ports) => {
    try {
      await setSubscriptions(ports, contactId, []);
      return 'left';
    } catch {
      return 'not found';
    }
  },
};

const writer = (name: string, work: (ports: MemoryPorts) => Promise<unknown>): Writer<string> => ({
  name,
  run: async (ports) => {
    await work(ports);
    return name;
  },
});

const deleting = async (ports: MemoryPorts): Promise<void> => {
  try {
    await deleteContact(ports, { id: contactId });
  } catch {
    // It is deleted already.
  }
  await restoreContact(ports, contactId);
};

const others: readonly Writer<string>[] = [
  writer('imports', async (ports) => {
    const [session = ''] = ports.memory.sessions.keys();
    await importChunk(ports, { sessionId: session, number: 1 });
  }),
  writer('adds', (ports) => addContact(ports, single)),
  writer('fills in a form that names the segment', (ports) => subscribeContact(ports, single)),
  writer('attaches', (ports) => attachContacts(ports, segmentId, { contactIds: [contactId, 2] })),
  writer('deletes and restores', deleting),
  writer('empties the segment', (ports) => emptySegment(ports, segmentId)),
];

const membersOf = async (ports: MemoryPorts): Promise<number[]> => {
  const [segment] = await ports.segments.findByIds([segmentId]);
  return segment ? ports.segmentMembers.list(epochOf(segment), { limit: 10, isAscending: true }) : [];
};

/** Everything that may put somebody into a segment, once more after all is over. */
const again = async (ports: MemoryPorts): Promise<void> => {
  await addContact(ports, single);
  await attachContacts(ports, segmentId, { contactIds: [contactId] });
  await deleting(ports);
  await createImport(ports, [importRowsOf([{ email }], settings)], settings);
  const sessionId = [...ports.memory.sessions.keys()].at(-1) ?? '';
  await importChunk(ports, { sessionId, number: 1 });
};

describe('a person who leaves a subscription category while others import, add, attach and restore, each dying at times', () => {
  it('is not in its segment afterwards, whatever came in between', async () => {
    const company = fc.subarray([...others], { minLength: 1, maxLength: 2 });
    const luck = fc.infiniteStream(fc.nat());

    await fc.assert(
      fc.asyncProperty(company, luck, async (chosen, stream) => {
        const played: string[] = [];
        const ending = await playSchedule([leave, ...chosen], prepare, (moves) => {
          const move = moves[(stream.next().value ?? 0) % moves.length];
          if (move) played.push(move.label);
          return move;
        });
        if (!ending) throw new Error('The schedule did not end');
        const ports = memoryPorts({ memory: ending.memory });
        const story = [...chosen.map(({ name }) => name), ...played].join('\n');
        if (!ending.said.includes('left')) return;

        expect(await membersOf(ports), story).not.toContain(contactId);
        await again(ports);
        expect(await membersOf(ports), story).not.toContain(contactId);
        expect(await getSubscriptions(ports, contactId), story).toEqual([]);
      }),
      { numRuns: sized(300, 1500) },
    );
  }, 60_000);
});

describe('a person who left a subscription category', () => {
  const left = async (): Promise<MemoryPorts> => {
    const ports = memoryPorts();
    await prepare(ports.memory);
    await setSubscriptions(ports, contactId, []);
    return ports;
  };

  it('is told of in the row that would have put it there, which changes nothing', async () => {
    const ports = await left();

    await importChunk(ports, { sessionId: [...ports.memory.sessions.keys()][0] ?? '', number: 1 });

    const [chunk] = ports.memory.chunks.values();
    expect(chunk?.counts).toMatchObject({ unchanged: 1, updated: 0 });
    const { warnings } = await addContact(ports, single);
    expect(warnings).toEqual([expect.objectContaining({ code: 'CATEGORY_LEFT' })]);
  });

  it('is in it again where it asks for it', async () => {
    const [byForm, bySetting] = [await left(), await left()];

    await subscribeContact(byForm, { ...single, groupNames: [], categoryKeys: ['news'] });
    await setSubscriptions(bySetting, contactId, ['news']);

    expect(await getSubscriptions(byForm, contactId)).toEqual(['news']);
    expect(await getSubscriptions(bySetting, contactId)).toEqual(['news']);
    await again(byForm);
    expect(await getSubscriptions(byForm, contactId)).toEqual(['news']);
  });

  it('stays out of it where the contact is deleted and restored without its segments', async () => {
    const ports = await left();
    await deleteContact(ports, { id: contactId });

    await addContact(ports, { ...single, restoreDeleted: false, groupNames: [] });
    await addContact(ports, single);

    expect(await getSubscriptions(ports, contactId)).toEqual([]);
  });
});
