import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOf } from '#domain/segments/segment.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';
import { createImport, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { playSchedule, type Writer } from '#test/support/schedules.ts';
import { sized } from '#test/support/soak.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { attachContacts } from '#usecases/segments/attach-contacts.ts';
import { emptySegment } from '#usecases/segments/empty-segment.ts';
import { removeLeftovers } from '#usecases/segments/remove-leftovers.ts';

const segmentId = 1;
const imported = 'imported@example.com';
const settings = importSettings({ groupNames: ['Customers'] });

/** Contacts 1 to 4, of which 1 and 2 are in the segment, and an import of one row that is to join it. */
const prepare = async (memory: Memory): Promise<void> => {
  const ports = memoryPorts({ memory });
  await ports.segments.ensure(['Customers']);
  for (const id of [1, 2, 3, 4]) memory.contacts.set(id, bareContact({ id }));
  memory.lastId = 4;
  await attachContacts(ports, segmentId, { contactIds: [1, 2] });
  await createImport(ports, [importRowsOf([{ email: imported }], settings)], settings);
};

const sweep = async (ports: MemoryPorts): Promise<void> => {
  await removeLeftovers(ports, { segmentId, segmentName: 'Customers', epoch: 1 });
};

const writers: Writer<string>[] = [
  {
    name: 'empties, then attaches',
    run: async (ports) => {
      await emptySegment(ports, segmentId);
      await attachContacts(ports, segmentId, { contactIds: [1] });
      return 'emptied';
    },
  },
  {
    name: 'attaches what may have been read before',
    run: async (ports) => {
      await attachContacts(ports, segmentId, { contactIds: [1, 3] });
      return 'attached';
    },
  },
  {
    name: 'imports',
    run: async (ports) => {
      const [session = ''] = ports.memory.sessions.keys();
      await importChunk(ports, { sessionId: session, number: 1 });
      return 'imported';
    },
  },
  {
    name: 'removes what is left',
    run: async (ports) => {
      await sweep(ports);
      return 'swept';
    },
  },
];

/** Whether a writer attached somebody after the segment had been emptied for the last time. */
const attachedAfter = (played: readonly string[], writer: number): boolean =>
  played.findLastIndex((label) => label.startsWith(`${writer}:addMembership`)) >
  played.lastIndexOf(`0:endEpoch ${segmentId}`);

describe('a segment that is emptied while others attach, import and clear it, each dying at times', () => {
  it('keeps whatever was attached after it, whoever had read it before, and nothing else', async () => {
    const luck = fc.infiniteStream(fc.nat());

    await fc.assert(
      fc.asyncProperty(luck, async (stream) => {
        const played: string[] = [];
        const ending = await playSchedule(writers, prepare, (moves) => {
          const move = moves[(stream.next().value ?? 0) % moves.length];
          if (move) played.push(move.label);
          return move;
        });
        if (!ending) throw new Error('The schedule did not end');

        const ports = memoryPorts({ memory: ending.memory });
        await sweep(ports);
        const [segment] = await ports.segments.findByIds([segmentId]);
        if (!segment) throw new Error('The segment is gone');
        const members = await ports.segmentMembers.list(epochOf(segment), { limit: 10, isAscending: true });
        const newcomer = [...ending.memory.contacts.values()].find(({ email }) => email === imported)?.id ?? 0;
        const story = played.join('\n');

        expect(members, story).toContain(1);
        expect(members, story).not.toContain(2);
        if (attachedAfter(played, 1)) expect(members, story).toContain(3);
        if (attachedAfter(played, 2)) expect(members, story).toContain(newcomer);
        expect(await ports.segmentMembers.count(epochOf(segment)), story).toBe(members.length);
        expect(
          [...ending.memory.memberships.values()].filter(({ epoch }) => epoch === 1),
          story,
        ).toEqual([]);
      }),
      { numRuns: sized(200, 600) },
    );
  }, 60_000);
});
