import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollcallError } from '#domain/error.ts';
import { createImport, importRowsOf, importSettings, outcomesOf } from '#test/support/imports/import-runs.ts';
import {
  breachesIn,
  imported,
  peopleIn,
  undoingOn,
  undone,
  undoneRowsOf,
  undoPorts,
  workOffUndos,
} from '#test/support/imports/undo-runs.ts';
import { emptyMemory, type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { byLuck, playSchedule, type Writer } from '#test/support/schedules.ts';
import { sized } from '#test/support/soak.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';
import { cancelImport, pauseImport, resumeImport } from '#usecases/imports/control-import.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';
import { undoImport } from '#usecases/imports/undo-import.ts';

const controls = { pause: pauseImport, resume: resumeImport, cancel: cancelImport };
const anyControls = fc.array(fc.constantFrom('pause' as const, 'resume' as const, 'cancel' as const), {
  minLength: 1,
  maxLength: 3,
});
const luck = fc.infiniteStream(fc.nat());

const sessionIdOf = ({ sessions }: Memory): string => [...sessions.keys()].at(-1) ?? '';

/** Pauses, resumes and cancels the last import, or its undo, one after the other. */
const controller = (names: readonly (keyof typeof controls)[]): Writer<void> => ({
  name: names.join(),
  run: async (ports) => {
    for (const name of names) await controls[name](ports, sessionIdOf(ports.memory));
  },
});

describe('pausing, resuming and cancelling between any two operations of workers, who may die or be throttled', () => {
  const settings = importSettings({ groupNames: ['Customers'] });
  const rows = importRowsOf([{ email: 'a@x.x', firstName: 'Ann' }, { email: 'b@x.x' }, { email: 'a@x.x' }], settings);

  it('gives each row one outcome, and creates nobody twice', async () => {
    await fc.assert(
      fc.asyncProperty(anyControls, luck, async (names, stream) => {
        const worker = (number: number): Writer<void> => ({
          name: `chunk ${number}`,
          run: async (ports) => importChunk(ports, { sessionId: sessionIdOf(ports.memory), number }),
        });
        const ending = await playSchedule(
          [worker(1), worker(2), controller(names)],
          async (memory) => {
            const pieces = [rows.slice(0, 2), rows.slice(2)];
            await createImport(memoryPorts({ memory }), pieces, settings);
          },
          byLuck(stream),
          { isThrottled: true },
        );
        if (!ending) throw new Error('The schedule did not end');
        const { memory } = ending;
        const [session] = memory.sessions.values();
        const wanted = session?.state === 'CANCELLED' ? cancelImport : resumeImport;
        await wanted(memoryPorts({ memory }), sessionIdOf(memory));
        for (const job of memory.sentChunks.splice(0)) await importChunk(memoryPorts({ memory }), job);

        const outcomes = outcomesOf(memory, sessionIdOf(memory));
        const created = outcomes.flatMap(({ outcome, contactId }) => (outcome === 'created' ? [contactId] : []));
        const told = memory.published.filter(({ eventTypeKey }) => eventTypeKey === 'newContact');
        expect(memory.sessions.get(sessionIdOf(memory))).toMatchObject({
          state: names.includes('cancel') ? expect.stringMatching(/^(CANCELLED|FINISHED)$/) : 'FINISHED',
          counts: { read: 3 },
        });
        expect(outcomes.map(({ row }) => row)).toEqual([1, 2, 3]);
        expect(created.toSorted()).toEqual(
          [...memory.contacts.values()]
            .filter(isThere)
            .map(({ id }) => id)
            .toSorted(),
        );
        expect(new Set(told.map(({ contactId }) => contactId))).toEqual(new Set(created));
        expect(breachesIn(memory)).toEqual([]);
      }),
      { numRuns: sized(100, 3000) },
    );
  });
});

const isThere = ({ state }: { readonly state: string }): boolean => state !== 'erased';

describe('undoing an import between any two operations of another writer, both of whom may die or be throttled', () => {
  const asked = (email: string, about: object = {}) => ({
    draft: { email, ...about },
    groupNames: [],
    groupIds: [],
    categoryKeys: [],
    warnings: [],
  });
  const idOf = ({ contacts }: Memory, email: string): number =>
    [...contacts.values()].find((contact) => contact.email === email && isThere(contact))?.id ?? 0;
  const ifThere = async (work: Promise<unknown>): Promise<void> => {
    await work.catch((error: unknown) => {
      if (!(error instanceof RollcallError) || error.code !== 'NOT_FOUND') throw error;
    });
  };

  /** What one may do to a contact that an import wrote. */
  const writes = {
    add: (ports: MemoryPorts, email: string) => addContact(ports, asked(email, { lastName: 'Added' })),
    change: (ports: MemoryPorts, email: string) =>
      ifThere(updateContact(ports, idOf(ports.memory, email), asked(email, { firstName: 'Changed' }))),
    remove: (ports: MemoryPorts, email: string) => ifThere(deleteContact(ports, { id: idOf(ports.memory, email) })),
    import: async (ports: MemoryPorts, email: string) => {
      await importChunk(ports, { sessionId: sessionsOf(ports.memory).overlay, number: email === 'known@x.x' ? 1 : 2 });
    },
  };

  const sessionsOf = ({ sessions }: Memory) => {
    const [, undone = '', overlay = ''] = sessions.keys();
    return { undone, overlay };
  };

  const prepare = async (memory: Memory): Promise<void> => {
    await imported(memory, [{ email: 'known@x.x', firstName: 'First', lastName: 'Last' }]);
    await imported(memory, [
      { email: 'known@x.x', firstName: 'Imported', lastName: 'Imported', sms: '380501112233' },
      { email: 'new@x.x', firstName: 'Imported' },
    ]);
    const settings = importSettings({ groupNames: ['Overlaid'] });
    const pieces = ['known@x.x', 'new@x.x'].map((email) => importRowsOf([{ email, lastName: 'Overlaid' }], settings));
    await createImport(memoryPorts({ memory }), pieces, settings);
  };

  /** What is left of a contact, and what its row was told. */
  const endOf = (memory: Memory, email: string) => {
    const told = undoneRowsOf(memory, sessionsOf(memory).undone).find(
      ({ row }) => row === (email === 'new@x.x' ? 2 : 1),
    );
    const left = peopleIn(memory)
      .filter((one) => one.email === email)
      .map(({ id: _, createdAt: __, createdBy, ...rest }) => rest);
    return { end: JSON.stringify([left, told?.outcome]), isReasoned: (told?.reasons?.length ?? 0) > 0 };
  };

  it.each(Object.entries(writes))(
    'ends as if one had followed the other, and each row is told so: %s',
    async (_, write) => {
      const emails = ['known@x.x', 'new@x.x'];
      const inTurn = async (isFirst: boolean) => {
        const memory = emptyMemory();
        await prepare(memory);
        const ports = undoPorts(memory);
        const act = async () => {
          for (const email of emails) await write(ports, email);
        };
        if (isFirst) await act();
        await undone(memory, sessionsOf(memory).undone);
        if (!isFirst) await act();
        return new Map(emails.map((email) => [email, endOf(memory, email)]));
      };
      const possible = [await inTurn(true), await inTurn(false)];

      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...emails), fc.option(anyControls), luck, async (email, names, stream) => {
          const undoer: Writer<void> = {
            name: 'undo',
            run: async (ports) => {
              const { undone: sessionId } = sessionsOf(ports.memory);
              await startUndo(undoingOn(ports), sessionId, { dryRun: false, suppressions: false });
              for (const job of ports.memory.undoJobs.splice(0)) await undoImport(undoingOn(ports), job);
            },
          };
          const other: Writer<void> = {
            name: 'other',
            run: async (ports) => void (await write(undoingOn(ports), email)),
          };
          const held: Writer<void> = {
            name: 'control',
            run: async (ports) => {
              for (const name of names ?? []) await controls[name](ports, sessionsOf(ports.memory).undone);
            },
          };
          const ending = await playSchedule([undoer, other, ...(names ? [held] : [])], prepare, byLuck(stream), {
            isThrottled: true,
          });
          if (!ending) throw new Error('The schedule did not end');
          const { memory } = ending;
          const { undone: sessionId } = sessionsOf(memory);
          await resumeImport(undoPorts(memory), sessionId);
          await workOffUndos(memory);
          await startUndo(undoPorts(memory), sessionId, { dryRun: false, suppressions: false });
          await workOffUndos(memory);

          expect(memory.sessions.get(sessionId)?.undo?.state).toBe('FINISHED');
          expect(undoneRowsOf(memory, sessionId).map(({ row }) => row)).toEqual([1, 2]);
          const { end, isReasoned } = endOf(memory, email);
          const same = possible.flatMap((ends) => ends.get(email) ?? []).filter((one) => one.end === end);
          expect(same.map((one) => one.end)).toContain(end);
          // An undo that died before it told may give reasons of what was written after it.
          expect(isReasoned || same.some((one) => !one.isReasoned)).toBe(true);
          expect(breachesIn(memory)).toEqual([]);
        }),
        { numRuns: sized(60, 2000) },
      );
    },
  );
});
