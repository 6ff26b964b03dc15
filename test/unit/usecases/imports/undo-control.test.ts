import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDeath } from '#test/support/any-import.ts';
import { endingBy, ifCrash } from '#test/support/imports/import-runs.ts';
import {
  imported,
  peopleIn,
  undoneRowsOf,
  undoPorts,
  workOffUndos,
  workOnUndo,
} from '#test/support/imports/undo-runs.ts';
import { emptyMemory, type Memory } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { cancelImport, pauseImport, resumeImport } from '#usecases/imports/control-import.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';
import { undoImport } from '#usecases/imports/undo-import.ts';

/** An import of four chunks: it created two contacts and changed two. */
const overImport = async () => {
  const memory = emptyMemory();
  await imported(memory, [
    { email: 'a@x.x', firstName: 'Ann' },
    { email: 'b@x.x', firstName: 'Bob' },
  ]);
  const before = peopleIn(memory);
  const rows = ['a', 'b', 'c', 'd'].map((name) => ({ email: `${name}@x.x`, firstName: `New ${name}` }));
  const sessionId = await imported(memory, rows, {}, { chunksOf: (all) => all.map((row) => [row]) });
  return { memory, sessionId, before };
};

const start = (memory: Memory, sessionId: string, dryRun = false) =>
  startUndo(undoPorts(memory), sessionId, { dryRun, suppressions: false });

/** Works on an undo until so many chunks are over, and hands it on. */
const workOn = async (memory: Memory, chunks: number) => {
  const job = memory.undoJobs.shift();
  let left = chunks;
  if (job) await undoImport({ ...undoPorts(memory), hasTime: () => left-- > 0 }, job);
};

const undoOf = (memory: Memory, sessionId: string) => memory.sessions.get(sessionId)?.undo;

const outcomes = (memory: Memory, sessionId: string) =>
  undoneRowsOf(memory, sessionId).map(({ row, outcome }) => `${row} ${outcome}`);

describe('the undo of an import', () => {
  it('is paused, keeps no message, and resumes where it was', async () => {
    const { memory, sessionId, before } = await overImport();
    await start(memory, sessionId);
    await workOn(memory, 1);

    await pauseImport(undoPorts(memory), sessionId);
    await workOffUndos(memory);
    const held = [undoOf(memory, sessionId)?.state, memory.undoJobs.length, ...outcomes(memory, sessionId)];
    await start(memory, sessionId);
    const messages = memory.undoJobs.length;
    await resumeImport(undoPorts(memory), sessionId);
    await workOffUndos(memory);

    expect(held).toEqual(['PAUSED', 0, '4 removed']);
    expect(messages).toBe(0);
    expect(undoOf(memory, sessionId)).toMatchObject({ state: 'FINISHED', counts: { removed: 2, restored: 2 } });
    expect(peopleIn(memory)).toEqual(before);
  });

  it.each(['running', 'paused'])(
    'is cancelled while it is %s: what is left is skipped, and can be undone later',
    async (how) => {
      const { memory, sessionId, before } = await overImport();
      await start(memory, sessionId);
      await workOn(memory, 1);
      if (how === 'paused') {
        await pauseImport(undoPorts(memory), sessionId);
        await workOffUndos(memory);
      }

      await cancelImport(undoPorts(memory), sessionId);
      await workOffUndos(memory);
      const cancelled = [...outcomes(memory, sessionId), undoOf(memory, sessionId)?.counts.skipped];
      const [first] = undoneRowsOf(memory, sessionId);
      const isTold = memory.published.some(({ eventTypeKey }) => eventTypeKey === 'importUndone');
      await start(memory, sessionId);
      await workOffUndos(memory);

      expect(cancelled).toEqual(['1 skipped', '2 skipped', '3 skipped', '4 removed', 3]);
      expect([first?.reasons, isTold]).toEqual([['the undo was cancelled before this row'], false]);
      expect(undoOf(memory, sessionId)).toMatchObject({ state: 'FINISHED', counts: { removed: 2, restored: 2 } });
      expect(peopleIn(memory)).toEqual(before);
    },
  );

  it('is cancelled as a dry run, too, and another one begins anew', async () => {
    const { memory, sessionId } = await overImport();
    await start(memory, sessionId, true);
    await workOn(memory, 2);
    await cancelImport(undoPorts(memory), sessionId);
    await workOffUndos(memory);
    const cancelled = undoOf(memory, sessionId);

    await start(memory, sessionId, true);
    await workOffUndos(memory);

    expect(cancelled).toMatchObject({ state: 'CANCELLED', counts: { removed: 2, skipped: 2 } });
    expect(undoOf(memory, sessionId)).toMatchObject({
      state: 'FINISHED',
      dryRun: true,
      counts: { removed: 2, restored: 2 },
    });
  });

  it('takes the place of a dry run that is still under way, whose worker then stops', async () => {
    const { memory, sessionId, before } = await overImport();
    await start(memory, sessionId, true);
    await workOn(memory, 1);
    await start(memory, sessionId);

    await workOffUndos(memory);

    expect(undoOf(memory, sessionId)).not.toHaveProperty('dryRun');
    expect(undoOf(memory, sessionId)).toMatchObject({ state: 'FINISHED', counts: { removed: 2, restored: 2 } });
    expect(peopleIn(memory)).toEqual(before);
  });
});

describe('undoing, pausing, resuming and cancelling at any moment, by whoever dies or is throttled', () => {
  const anyAct = fc.oneof(
    fc.record({
      kind: fc.constantFrom('undo', 'try', 'pause', 'resume', 'cancel'),
      dies: anyDeath(6),
    }),
    fc.record({ kind: fc.constant('work'), dies: anyDeath(60) }),
  );
  const controls = { pause: pauseImport, resume: resumeImport, cancel: cancelImport };

  it('tells each row once, and ends in what was there before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { maxLength: 16 }), async (acts) => {
        const { memory, sessionId, before } = await overImport();
        for (const { kind, dies } of acts) {
          const mortal = undoPorts(memory, endingBy(dies));
          if (kind === 'work') await workOnUndo(memory, dies);
          else if (kind === 'undo' || kind === 'try') {
            const asked = { dryRun: kind === 'try', suppressions: false };
            await startUndo(mortal, sessionId, asked).catch(ifCrash);
          } else await controls[kind as keyof typeof controls](mortal, sessionId).catch(ifCrash);
        }

        // Somebody who lives lets what was begun come to its end, and then wants it all undone.
        await resumeImport(undoPorts(memory), sessionId);
        await workOffUndos(memory);
        const first = undoOf(memory, sessionId);
        const told = undoneRowsOf(memory, sessionId, first?.dryRun ?? false);
        await start(memory, sessionId);
        await workOffUndos(memory);

        const sum = Object.values(first?.counts ?? {}).reduce((one, other) => one + other, 0);
        expect([sum, told.length]).toEqual(first ? [4, 4] : [0, 0]);
        expect(first?.finishedAt === undefined).toBe(first === undefined);
        expect(undoOf(memory, sessionId)).toMatchObject({ state: 'FINISHED', counts: { removed: 2, restored: 2 } });
        expect(undoneRowsOf(memory, sessionId)).toHaveLength(4);
        expect(peopleIn(memory)).toEqual(before);
      }),
      { numRuns: sized(150, 3000) },
    );
  });
});
