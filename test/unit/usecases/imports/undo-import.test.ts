import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import {
  Crash,
  crashAfter,
  createImport,
  deliver,
  importRowsOf,
  importSettings,
} from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { startUndo, undoImport } from '#usecases/imports/undo-import.ts';

const portsOf = (
  memory: Memory,
  step?: Parameters<typeof memoryPorts>[0] extends infer O ? (O extends { step?: infer S } ? S : never) : never,
) => {
  const ports = memoryPorts({ memory, ...(step && { step }) });
  let looks = 0;
  return {
    ...ports,
    now: () => new Date(Date.parse('2026-02-01T09:00:00.000Z') + looks++).toISOString(),
    fingerprint: ({ type, value }: { type: string; value: string }) => `${type}#${value}`,
    hasTime: () => true,
  };
};

const imported = async (memory: Memory, drafts: readonly ContactDraft[], about: Partial<ImportSettings> = {}) => {
  const settings = importSettings({ groupNames: ['Customers'], ...about });
  const [chunk] = await createImport(memoryPorts({ memory }), [importRowsOf(drafts, settings)], settings);
  if (!chunk) throw new Error('There is no chunk');
  await deliver(memory, chunk);
  return chunk.sessionId;
};

const undo = async (memory: Memory, sessionId: string, dryRun = false) => {
  const ports = portsOf(memory);
  await startUndo(ports, sessionId, { dryRun });
  for (const job of memory.undoJobs.splice(0)) await undoImport(ports, job);
  return (await ports.importFiles.readUndone({ sessionId, number: 1, dryRun })) ?? [];
};

const contactsOf = ({ contacts }: Memory) =>
  [...contacts.values()]
    .filter(({ state }) => state !== 'erased')
    .map(({ version, updatedAt, updatedBy, ...rest }) => rest);

const membershipsOf = ({ memberships }: Memory) => [...memberships.keys()].sort();

describe('undoing an import', () => {
  it('removes whom it created, without a trace, so that the address can be imported as new', async () => {
    const memory = emptyMemory();
    const sessionId = await imported(memory, [{ email: 'new@x.x', firstName: 'New' }]);

    const rows = await undo(memory, sessionId);
    const again = await imported(memory, [{ email: 'new@x.x' }]);

    expect(rows).toEqual([{ row: 1, outcome: 'removed', contactId: 1 }]);
    expect(memory.sessions.get(sessionId)?.undo).toMatchObject({ state: 'FINISHED', counts: { removed: 1, kept: 0 } });
    expect(memory.sessions.get(again)?.counts).toMatchObject({ created: 1 });
  });

  it('gives members, identities and segments back their former values', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', sms: '380501112233', firstName: 'Ann', address: { town: 'Kyiv' } }], {
      groupNames: ['VIP'],
    });
    const before = [contactsOf(memory), membershipsOf(memory)];
    const sessionId = await imported(
      memory,
      [{ email: 'a@x.x', sms: '380509998877', firstName: 'Anna', lastName: 'Smith', address: { town: 'Lviv' } }],
      { groupNamesExclude: ['VIP'] },
    );

    const rows = await undo(memory, sessionId);

    expect(rows).toEqual([{ row: 1, outcome: 'restored', contactId: 1 }]);
    expect([contactsOf(memory), membershipsOf(memory)]).toEqual(before);
    expect(
      findBreaches(
        { ...memory, claims: [...memory.claims.values()], contacts: [...memory.contacts.values()] } as never,
        new Set(),
      ),
    ).toEqual([]);
  });

  it('keeps what was changed since, and says what', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', firstName: 'Ann', lastName: 'Old' }]);
    const sessionId = await imported(memory, [
      { email: 'a@x.x', firstName: 'Anna', lastName: 'New' },
      { email: 'b@x.x', firstName: 'Bob' },
    ]);
    await imported(memory, [
      { email: 'a@x.x', firstName: 'Anne' },
      { email: 'b@x.x', firstName: 'Rob' },
    ]);

    const rows = await undo(memory, sessionId);

    expect(rows[0]).toMatchObject({ outcome: 'restored', reasons: ['firstName was changed since'] });
    expect(rows[1]).toMatchObject({ outcome: 'kept', reasons: [expect.stringMatching(/^changed since, at /)] });
    expect(contactsOf(memory)).toMatchObject([{ firstName: 'Anne', lastName: 'Old' }, { firstName: 'Rob' }]);
  });

  it('says by its dry run what it then does, and does nothing by it', async () => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', firstName: 'Ann' }]);
    const sessionId = await imported(memory, [{ email: 'a@x.x', firstName: 'Anna' }, { email: 'b@x.x' }, { sms: '1' }]);
    const before = structuredClone([memory.contacts, memory.claims, memory.memberships]);

    const predicted = await undo(memory, sessionId, true);
    const untouched = structuredClone([memory.contacts, memory.claims, memory.memberships]);
    const done = await undo(memory, sessionId);

    expect(untouched).toEqual(before);
    expect(predicted).toEqual(done);
    expect(done.map(({ outcome }) => outcome)).toEqual(['restored', 'removed', 'nothing']);
  });

  it('changes nothing the second time, and is refused while the import runs', async () => {
    const memory = emptyMemory();
    const sessionId = await imported(memory, [{ email: 'a@x.x' }]);
    await undo(memory, sessionId);
    const before = structuredClone(memory.contacts);

    await undo(memory, sessionId);

    expect(memory.contacts).toEqual(before);
    await createImport(
      memoryPorts({ memory }),
      [importRowsOf([{ email: 'c@x.x' }], importSettings())],
      importSettings(),
    );
    const [running] = [...memory.sessions.values()].filter(({ finishedAt }) => finishedAt === undefined);
    await expect(startUndo(portsOf(memory), running?.sessionId ?? '', { dryRun: false })).rejects.toThrow('is over');
  });

  it.each([
    ['newer first', [1, 0]],
    ['older first', [0, 1]],
  ])('of two imports over the same contacts ends in what was there before both, %s', async (_, order) => {
    const memory = emptyMemory();
    await imported(memory, [{ email: 'a@x.x', firstName: 'Ann', lastName: 'Old' }]);
    const before = contactsOf(memory);
    const sessions = [
      await imported(memory, [{ email: 'a@x.x', firstName: 'Anna' }]),
      await imported(memory, [{ email: 'a@x.x', lastName: 'New' }]),
    ];

    for (const which of order) await undo(memory, sessions[which] ?? '');

    expect(contactsOf(memory)).toEqual(before);
  });

  it('ends as if it was never killed, wherever its worker dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }), async (deaths) => {
        const memory = emptyMemory();
        await imported(memory, [{ email: 'a@x.x', firstName: 'Ann', sms: '380501112233' }]);
        const before = [contactsOf(memory), membershipsOf(memory)];
        const sessionId = await imported(memory, [
          { email: 'a@x.x', firstName: 'Anna', sms: '380509998877' },
          { email: 'b@x.x', firstName: 'Bob' },
        ]);

        await startUndo(portsOf(memory), sessionId, { dryRun: false });
        const [job] = memory.undoJobs.splice(0);
        if (!job) throw new Error('There is no job');
        for (const operations of deaths) {
          await undoImport(portsOf(memory, crashAfter(operations)), job).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
        }
        await undoImport(portsOf(memory), job);

        expect([contactsOf(memory), membershipsOf(memory)]).toEqual(before);
        expect(memory.sessions.get(sessionId)?.undo).toMatchObject({
          state: 'FINISHED',
          counts: { removed: 1, restored: 1, kept: 0, nothing: 0 },
        });
      }),
      { numRuns: sized(60, 1000) },
    );
  });
});
