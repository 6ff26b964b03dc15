import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UploadSession } from '#domain/files/ports.ts';
import { isClosed } from '#domain/imports/import-session.ts';
import { anyDeath } from '#test/support/any-import.ts';
import {
  createImport,
  type Death,
  endingBy,
  ifCrash,
  importRowsOf,
  importSettings,
  outcomesOf,
} from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { fetchUpload } from '#usecases/files/fetch-upload.ts';
import { splitUpload } from '#usecases/files/split-upload.ts';
import { cancelImport, pauseImport, resumeImport } from '#usecases/imports/control-import.ts';
import { getImportStatus } from '#usecases/imports/get-import-status.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';

const settings = importSettings();
const rowsOf = (count: number) =>
  importRowsOf(
    Array.from({ length: count }, (_, index) => ({ email: `${index}@x.x` })),
    settings,
  );

const sessionOf = ({ sessions }: Memory) => {
  const [session] = sessions.values();
  if (!session) throw new Error('There is no session');
  return session;
};

/** An import of three chunks of a row each, with a message for each chunk. */
const queuedImport = async (memory = emptyMemory()) => {
  const ports = memoryPorts({ memory });
  const chunks = await createImport(
    ports,
    rowsOf(3).map((row) => [row]),
    settings,
  );
  await ports.chunkQueue.send(chunks.map(({ sessionId, number }) => ({ sessionId, number })));
  return { ports, memory, sessionId: sessionOf(memory).sessionId };
};

/** Takes one message off the queue and works on it; one whose worker ends early comes again. */
const workOnNext = async (memory: Memory, death: Death = 1000): Promise<void> => {
  const message = memory.sentChunks.shift();
  if (!message) return;
  try {
    await importChunk(memoryPorts({ memory, step: endingBy(death) }), message);
  } catch (error) {
    ifCrash(error);
    memory.sentChunks.push(message);
  }
};

const workOff = async (memory: Memory): Promise<void> => {
  while (memory.sentChunks.length > 0) await workOnNext(memory);
};

const outcomeNames = (memory: Memory, sessionId: string) =>
  outcomesOf(memory, sessionId).map(({ outcome, error }) => error?.code ?? outcome);

describe('a paused import', () => {
  it('imports no further chunk, keeps no message in the queue, and resumes where it was', async () => {
    const { ports, memory, sessionId } = await queuedImport();
    await workOnNext(memory);

    await pauseImport(ports, sessionId);
    await workOff(memory);
    const held = sessionOf(memory);
    const contactsMeanwhile = memory.contacts.size;
    await resumeImport(ports, sessionId);
    await workOff(memory);

    expect([held.state, contactsMeanwhile]).toEqual(['PAUSED', 1]);
    expect(sessionOf(memory)).toMatchObject({ state: 'FINISHED', counts: { read: 3, created: 3 } });
  });

  it('is under way to callers of the contract, with a sentence', async () => {
    const { ports, memory, sessionId } = await queuedImport();
    await workOnNext(memory);

    await pauseImport(ports, sessionId);

    expect(await getImportStatus(ports, sessionId)).toEqual({
      status: 'IMPORTING',
      description: 'The import is paused: 3 contacts go on once it is resumed',
    });
  });
});

describe('a cancelled import', () => {
  it.each(['running', 'paused'])('skips what was not imported while it was %s, and every row is told', async (how) => {
    const { ports, memory, sessionId } = await queuedImport();
    await workOnNext(memory);
    if (how === 'paused') {
      await pauseImport(ports, sessionId);
      await workOff(memory);
    }

    await cancelImport(ports, sessionId);
    await workOff(memory);

    expect(sessionOf(memory)).toMatchObject({
      state: 'CANCELLED',
      counts: { read: 3, created: 1, skipped: 2 },
      reason: 'The import was cancelled; rows that were not imported before are skipped',
    });
    expect(outcomeNames(memory, sessionId)).toEqual(['created', 'CANCELLED', 'CANCELLED']);
    expect(await getImportStatus(ports, sessionId)).toMatchObject({ status: 'ERROR' });
  });

  it('stays as it is whatever it is told afterwards, as does one that is finished', async () => {
    const finished = await queuedImport();
    await workOff(finished.memory);
    const cancelled = await queuedImport();
    await cancelImport(cancelled.ports, cancelled.sessionId);
    await workOff(cancelled.memory);

    for (const { ports, memory, sessionId } of [finished, cancelled]) {
      const before = structuredClone(sessionOf(memory));
      for (const control of [pauseImport, resumeImport, cancelImport, resumeImport]) await control(ports, sessionId);
      await workOff(memory);
      expect(sessionOf(memory)).toEqual(before);
    }
  });

  it('is not found where there is none', async () => {
    for (const control of [pauseImport, resumeImport, cancelImport]) {
      await expect(control(memoryPorts(), 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90')).rejects.toThrow('not found');
    }
  });
});

describe('the file of an import', () => {
  const session: UploadSession = {
    sessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90',
    settings,
    state: 'STARTED',
    total: 0,
    chunkCount: 0,
    createdAt: '2026-01-05T09:00:00.000Z',
    upload: { fileName: 'a.csv' },
  };
  const stored = async () => {
    const ports = memoryPorts();
    await ports.imports.createUpload(session);
    const text = Array.from({ length: 6 }, (_, index) => `${index}@x.x\n`).join('');
    const file = { key: `uploads/${session.sessionId}/file`, size: text.length };
    ports.memory.objects.set(file.key, text);
    const split = (of: MemoryPorts, hasTime = () => true) =>
      splitUpload({ ...of, windowSize: 2, hasTime }, { sessionId: session.sessionId, file });
    return { ports, file, split };
  };

  it('is cut no further while the import is paused, and from there on once it is resumed', async () => {
    const { ports, file, split } = await stored();
    await split(ports, () => false);
    ports.memory.sentSplits.length = 0;
    const cutBefore = ports.memory.chunks.size;

    await pauseImport(ports, session.sessionId);
    await split(ports);
    const whilePaused = [ports.memory.chunks.size, ports.memory.sentSplits.length];
    await resumeImport(ports, session.sessionId);

    expect(whilePaused).toEqual([cutBefore, 0]);
    expect(ports.memory.sentSplits).toEqual([{ sessionId: session.sessionId, file }]);
  });

  it('is cut no further once the import is cancelled, and the import ends', async () => {
    const { ports, split } = await stored();
    await split(ports, () => false);

    await cancelImport(ports, session.sessionId);
    await split(ports);
    await workOff(ports.memory);

    expect(isClosed(sessionOf(ports.memory))).toBe(true);
    expect(sessionOf(ports.memory)).toMatchObject({ state: 'CANCELLED', counts: { skipped: 2 }, total: 2 });
  });

  it('is not fetched while the import is paused, and its link is kept for when it is resumed', async () => {
    const ports = memoryPorts();
    await ports.imports.createUpload(session);
    const message = { session, sealedLink: 'sealed' };
    const fetchPorts = { ...ports, downloads: { open: () => Promise.reject(new Error('It was fetched')) } };

    await pauseImport(ports, session.sessionId);
    await fetchUpload({ ...fetchPorts, maxBytes: 100, workMilliseconds: 1000 }, message);
    await resumeImport(ports, session.sessionId);

    expect(ports.memory.sentFetches).toEqual([message]);
  });
});

describe('pausing, resuming and cancelling at any moment, by whoever dies or is throttled', () => {
  const anyAct = fc.oneof(
    fc.record({ kind: fc.constantFrom('pause', 'resume', 'cancel'), dies: anyDeath(6) }),
    fc.record({ kind: fc.constant('work'), dies: anyDeath(25) }),
  );
  const controls = { pause: pauseImport, resume: resumeImport, cancel: cancelImport };

  it('loses no row, imports none twice, and ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { maxLength: 14 }), async (acts) => {
        const { ports, memory, sessionId } = await queuedImport();
        for (const { kind, dies } of acts) {
          if (kind === 'work') await workOnNext(memory, dies);
          else {
            const mortal = memoryPorts({ memory, step: endingBy(dies) });
            await controls[kind as keyof typeof controls](mortal, sessionId).catch(ifCrash);
          }
        }

        // In the end somebody who lives repeats what was wanted.
        await (sessionOf(memory).state === 'CANCELLED' ? cancelImport : resumeImport)(ports, sessionId);
        await workOff(memory);

        const { state, counts } = sessionOf(memory);
        const outcomes = outcomeNames(memory, sessionId);
        expect(state).toMatch(/^(FINISHED|CANCELLED)$/);
        expect(counts?.read).toBe(3);
        expect(outcomes).toHaveLength(3);
        expect(memory.contacts.size).toBe(outcomes.filter((outcome) => outcome === 'created').length);
      }),
      { numRuns: sized(200, 5000) },
    );
  });
});
