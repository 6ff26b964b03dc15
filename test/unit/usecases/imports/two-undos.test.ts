import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import { breachesIn, imported, peopleIn, undoingOn } from '#test/support/imports/undo-runs.ts';
import { emptyMemory, type Memory } from '#test/support/memory-ports.ts';
import { byLuck, playSchedule, type Writer } from '#test/support/schedules.ts';
import { sized } from '#test/support/soak.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';
import { undoImport } from '#usecases/imports/undo-import.ts';

describe('undoing two imports over the same contact at once, by workers who may die or be throttled', () => {
  const known = 'known@x.x';
  const stories: Readonly<Record<string, readonly [Said, Said]>> = {
    'both changed the same member': [{ draft: { firstName: 'One' } }, { draft: { firstName: 'Two' } }],
    'they changed other members': [{ draft: { firstName: 'One' } }, { draft: { lastName: 'Two' } }],
    'the first created it': [
      { email: 'new@x.x', draft: { firstName: 'One' } },
      { email: 'new@x.x', draft: { firstName: 'Two' } },
    ],
    'both filed it': [{ settings: { groupNames: ['VIP'] } }, { settings: { groupNames: ['VIP', 'Guests'] } }],
    'the second took it out again': [
      { settings: { groupNames: ['VIP'] } },
      { settings: { groupNames: [], groupNamesExclude: ['VIP'] } },
    ],
    'the second put it in again': [
      { settings: { groupNames: [], groupNamesExclude: ['Customers'] } },
      { settings: { groupNames: ['Customers'] } },
    ],
    'both moved its phone number': [{ draft: { sms: '380501112233' } }, { draft: { sms: '380509998877' } }],
  };

  it.each(Object.entries(stories))('ends in what was there before both: %s', async (_, said) => {
    const sessions = [1, 2];
    const prepare = async (memory: Memory) => {
      await imported(memory, [{ email: known, firstName: 'First', sms: '380500000000' }]);
      for (const { email = known, draft = {}, settings } of said)
        await imported(memory, [{ email, ...draft }], settings);
    };
    const untouched = emptyMemory();
    await imported(untouched, [{ email: known, firstName: 'First', sms: '380500000000' }]);
    const before = peopleIn(untouched);
    const undoerOf = (number: number): Writer<void> => ({
      name: `undo ${number}`,
      run: async (ports) => {
        const sessionId = [...ports.memory.sessions.keys()][number] ?? '';
        await startUndo(undoingOn(ports), sessionId, { dryRun: false, suppressions: false });
        await undoImport(undoingOn(ports), { sessionId, from: 1, dryRun: false });
      },
    });

    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (stream) => {
        const ending = await playSchedule(sessions.map(undoerOf), prepare, byLuck(stream), { isThrottled: true });
        if (!ending) throw new Error('The schedule did not end');

        expect(peopleIn(ending.memory)).toEqual(before);
        expect(breachesIn(ending.memory)).toEqual([]);
      }),
      { numRuns: sized(30, 3000) },
    );
  });
});

interface Said {
  readonly email?: string;
  readonly draft?: ContactDraft;
  readonly settings?: Partial<ImportSettings>;
}
