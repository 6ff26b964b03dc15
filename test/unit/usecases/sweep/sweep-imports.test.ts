import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UploadSession } from '#domain/files/ports.ts';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import { Crash, crashAfter, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { fileFormat } from '#test/support/makers.ts';
import { emptyMemory, type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { giveUpUpload } from '#usecases/files/give-up-upload.ts';
import { acceptImport } from '#usecases/imports/accept-import.ts';
import { failChunk } from '#usecases/imports/fail-chunk.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { sweepImports } from '#usecases/sweep/sweep-imports.ts';

const settings = importSettings();
const rowsOf = (count: number) =>
  importRowsOf(
    Array.from({ length: count }, (_, index) => ({ email: `${index}@x.x` })),
    settings,
  );

/** Sweeps once, so many hours after the imports of these tests began. */
const sweep = (ports: MemoryPorts, hours = 1, isBusy = false) =>
  sweepImports({
    ...ports,
    now: () => new Date(Date.parse('2026-01-05T09:00:00.000Z') + hours * 3_600_000).toISOString(),
    backlog: { hasMessages: async () => isBusy },
    hasTime: () => true,
  });

/** Takes what waits in the queues and works on it, a chunk's messages by this. */
const workOff = async (ports: MemoryPorts, onChunk = importChunk) => {
  const { sentChunks, failedChunks, failedUploads } = ports.memory;
  for (const message of sentChunks.splice(0)) await onChunk(ports, message);
  for (const message of failedChunks.splice(0)) await failChunk(ports, message);
  for (const message of failedUploads.splice(0)) await giveUpUpload(ports, message);
};

const onlySession = ({ sessions }: Memory) => [...sessions.values()][0];

/** An import whose function died before it sent the messages of its chunks. */
const unsentImport = async () => {
  const ports = memoryPorts();
  await acceptImport(ports, { settings, rows: rowsOf(3) });
  ports.memory.sentChunks.length = 0;
  return ports;
};

const upload: UploadSession = {
  sessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90',
  settings,
  state: 'STARTED',
  total: 0,
  chunkCount: 0,
  createdAt: '2026-01-05T09:00:00.000Z',
  upload: { link: 'https://files.example/a.csv' },
};

/** A file of which a window of one chunk was cut, and its message never sent. */
const unsentWindow = async () => {
  const ports = memoryPorts();
  await ports.imports.createUpload(upload);
  const attempt = { sessionId: upload.sessionId, number: 1, attemptId: 'a' };
  const [range] = await ports.importFiles.putWindow(attempt, [rowsOf(2)]);
  if (!range) throw new Error('There is no range');
  const chunk: ImportChunk = { sessionId: upload.sessionId, number: 1, rowCount: 2, ...range, state: 'open' };
  await ports.imports.addChunks(upload, {
    chunks: [chunk],
    checkpoint: {
      windowCount: 1,
      rowCount: 2,
      chunkCount: 1,
      sentCount: 0,
      format: fileFormat(),
      position: { row: 2, line: 3, byte: 20 },
    },
    file: { delimiter: ',', encoding: 'utf-8', header: ['email'], notes: [], isComplete: false },
  });
  return ports;
};

describe('the sweep of imports', () => {
  it('sends the chunks of an import again that has not moved between two looks', async () => {
    const ports = await unsentImport();

    await sweep(ports);
    const afterFirst = [...ports.memory.sentChunks];
    const swept = await sweep(ports);
    await workOff(ports);

    expect(afterFirst).toEqual([]);
    expect(swept).toEqual({ looked: 1, sentAgain: 1, givenUp: 0 });
    expect(onlySession(ports.memory)).toMatchObject({ state: 'FINISHED', counts: { read: 3, created: 3 } });
  });

  it('leaves an import alone that moves, that is young, or that only waits for its turn', async () => {
    const ports = await unsentImport();

    await sweep(ports, 0);
    await sweep(ports, 0);
    await sweep(ports, 1, true);
    await sweep(ports, 1, true);

    expect(ports.memory.sentChunks).toEqual([]);
  });

  it('ends an import that still does not move, with each of its rows told', async () => {
    const ports = await unsentImport();
    const dropped = async () => {};

    for (let look = 0; look < 12; look++) {
      await sweep(ports);
      await workOff(ports, dropped);
    }

    expect(onlySession(ports.memory)).toMatchObject({
      state: 'ERROR',
      counts: { read: 3, failed: 3 },
      reason: '3 rows in 1 of 1 chunks could not be imported',
    });
    expect(ports.memory.deadLetters).toHaveLength(1);
  });

  it('ends a file that nobody reads any more, and imports what was cut of it', async () => {
    const ports = await unsentWindow();

    for (let look = 0; look < 12; look++) {
      await sweep(ports);
      await workOff(ports);
    }

    expect(onlySession(ports.memory)).toMatchObject({ state: 'ERROR', counts: { read: 2, created: 2 } });
  });

  it('has a file that lies in the bucket cut again', async () => {
    const ports = await unsentWindow();
    const attempt = { sessionId: upload.sessionId, attemptId: 'a' };
    const file = { key: 'uploads/x/file', etag: 'e', size: 9 };
    await ports.fetches.take(attempt, upload, ports.now());
    await ports.fetches.finish(attempt, file);

    await sweep(ports);
    await sweep(ports);

    expect(ports.memory.sentSplits).toEqual([{ sessionId: upload.sessionId, file }]);
  });

  it('begins the next time where the oldest import was that is not over', async () => {
    const ports = await unsentImport();

    await sweep(ports);
    const whileOpen = ports.memory.sweepMarks.get('imports');
    await sweep(ports);
    await workOff(ports);
    await sweep(ports);

    expect(whileOpen).toBe(onlySession(ports.memory)?.createdAt);
    expect(ports.memory.sweepMarks.get('imports')).toBe('2026-01-05T09:50:00.000Z');
  });

  it('brings every import to its end, wherever the functions on its way die', async () => {
    const dying = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 4 }), dying, async (acceptedFor, deaths) => {
        const memory = emptyMemory();
        const mortal = memoryPorts({ memory, step: crashAfter(acceptedFor) });
        await acceptImport(mortal, { settings, rows: rowsOf(2) }).catch(ifCrash);
        const ports = memoryPorts({ memory });
        const left = [...deaths];

        for (let look = 0; look < 12; look++) {
          await sweep(memoryPorts({ memory, step: crashAfter(left.shift() ?? 100) })).catch(ifCrash);
          const lost = left.shift();
          // A message that is delivered to workers who die is gone after its last delivery.
          if (lost !== undefined) {
            await workOff(memoryPorts({ memory, step: crashAfter(lost) })).catch(ifCrash);
          } else await workOff(ports);
        }

        const session = onlySession(memory);
        if (!session) return;
        expect(session.state).toMatch(/^(FINISHED|ERROR)$/);
        expect(session.counts?.read).toBe(session.state === 'FINISHED' ? 2 : expect.any(Number));
      }),
      { numRuns: sized(150, 3000) },
    );
  });
});

describe('a file that is given up', () => {
  it('has the chunks of its last window sent, as their messages may be missing', async () => {
    const ports = await unsentWindow();

    await giveUpUpload(ports, { sessionId: upload.sessionId });
    const sent = [...ports.memory.sentChunks];
    await workOff(ports);

    expect(sent).toEqual([{ sessionId: upload.sessionId, number: 1 }]);
    expect(onlySession(ports.memory)).toMatchObject({ state: 'ERROR', counts: { read: 2, created: 2 } });
  });
});

const ifCrash = (error: unknown): void => {
  if (!(error instanceof Crash)) throw error;
};
