import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadColumns } from '#domain/files/contact-file.ts';
import type { UploadSession } from '#domain/files/ports.ts';
import type { SplitJob } from '#domain/files/upload.ts';
import { countOutcomes } from '#domain/imports/counts.ts';
import type { ImportChunk, RowOutcome } from '#domain/imports/import-session.ts';
import { Crash, crashAfter, importSettings } from '#test/support/imports/import-runs.ts';
import { lineColumns } from '#test/support/memory/memory-files.ts';
import { emptyMemory, type Memory, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { splitUpload } from '#usecases/files/split-upload.ts';
import { closeImport } from '#usecases/imports/close-import.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const key = `uploads/${sessionId}/file`;
const session: UploadSession = {
  sessionId,
  settings: importSettings(),
  state: 'STARTED',
  total: 0,
  chunkCount: 0,
  createdAt: '2026-01-05T09:00:00.000Z',
  upload: { fileName: 'contacts.csv' },
};
const windowSize = 4;

const fileOf = (rows: number): string => Array.from({ length: rows }, (_, row) => `${row + 1}@x.x;Jo\n`).join('');

/** A session whose file is there and waits to be cut. */
const uploaded = async (text: string) => {
  const memory = emptyMemory();
  const message: SplitJob = { sessionId, file: { key, size: Buffer.byteLength(text) } };
  await memoryPorts({ memory }).imports.createUpload(session);
  memory.objects.set(key, text);
  return { memory, message };
};

let attempts = 0;
const portsOf = (memory: Memory, { step, hasTime = () => true }: { step?: Step; hasTime?: () => boolean } = {}) => ({
  ...memoryPorts({ memory, ...(step && { step }) }),
  newId: () => `attempt-${++attempts}`,
  windowSize,
  hasTime,
});

const chunksOf = (memory: Memory): ImportChunk[] => [...memory.chunks.values()].sort((a, b) => a.number - b.number);

const rowsOf = async (memory: Memory): Promise<number[]> => {
  const { importFiles } = memoryPorts({ memory });
  const rows = await Promise.all(chunksOf(memory).map((chunk) => importFiles.readRows(chunk)));
  return rows.flat().map(({ row }) => row);
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Works on every chunk that a message was sent for, as the import does. */
const importSent = async (memory: Memory): Promise<void> => {
  const ports = memoryPorts({ memory });
  for (const { number } of memory.sentChunks.splice(0)) {
    const chunk = await ports.imports.findChunk(sessionId, number);
    if (!chunk) throw new Error(`Chunk ${number} is published of and does not exist`);
    const rows = await ports.importFiles.readRows(chunk);
    const outcomes = rows.map(({ row }): RowOutcome => ({ row, outcome: 'created' }));
    await ports.imports.start(sessionId, ports.now());
    await ports.imports.endChunk({ ...chunk, state: 'done', counts: countOutcomes(outcomes), outcomesKey: 'some' });
    await closeImport(ports, sessionId);
  }
};

describe('a file', () => {
  it('is cut into windows of chunks, each told of once it exists, and is removed in the end', async () => {
    const { memory, message } = await uploaded(fileOf(10));
    const steps: string[] = [];

    await splitUpload(portsOf(memory, { step: async (name) => void steps.push(name.split(' ')[0] ?? '') }), message);

    const window = ['putWindow', 'addChunks', 'sendChunk'];
    expect(steps.filter((step) => !/^(find|list|has|read)/.test(step))).toEqual([
      ...[...window, ...window, ...window],
      ...['removeFile', 'endSplit'],
    ]);
    expect(await rowsOf(memory)).toEqual(numbers(10));
    expect(chunksOf(memory).map(({ rowCount, number }) => [number, rowCount])).toEqual([
      [1, 4],
      [2, 4],
      [3, 2],
    ]);
    expect(memory.objects.has(key)).toBe(false);
    expect(memory.sessions.get(sessionId)).toMatchObject({
      state: 'STARTED',
      total: 10,
      chunkCount: 3,
      file: {
        delimiter: ';',
        encoding: 'utf-8',
        header: ['email', 'firstName'],
        notes: ['The second column is a first name'],
        isComplete: true,
      },
    });
  });

  it('is FINISHED when its last chunk is, however the two ends meet', async () => {
    const { memory, message } = await uploaded(fileOf(5));
    const ports = portsOf(memory, {
      step: async (name) => {
        if (name.startsWith('removeFile')) await importSent(memory);
      },
    });

    await splitUpload(ports, message);

    expect(memory.sessions.get(sessionId)).toMatchObject({ state: 'FINISHED', total: 5, counts: { created: 5 } });
  });

  it('says which segments its tags are, and which of them it makes, however often its worker is another', async () => {
    const { memory, message } = await uploaded(fileOf(10));
    memory.sessions.set(sessionId, { ...session, upload: { tagsToSegments: true } });
    await memoryPorts({ memory }).segments.create('Old');
    const readColumns: ReadColumns = (...given) => ({
      ...lineColumns(...given),
      readRow: ({ row, line }) => ({
        row,
        line,
        draft: { email: `${row}@x.x`, segmentNames: ['old', `tag ${row % 3}`] },
      }),
    });

    for (let worker = 0; worker < 3; worker += 1) {
      await splitUpload({ ...portsOf(memory, { hasTime: () => false }), readColumns }, message);
    }

    expect(memory.sessions.get(sessionId)?.file).toMatchObject({
      isComplete: true,
      segments: [
        { name: 'old', isNew: false },
        { name: 'tag 1', isNew: true },
        { name: 'tag 2', isNew: true },
        { name: 'tag 0', isNew: true },
      ],
    });
  });

  it('keeps rows of one contact in one chunk, in order, within a window', async () => {
    const { memory, message } = await uploaded('a@x.x;1\nb@x.x;1\na@x.x;2\nb@x.x;2\na@x.x;3\n');

    await splitUpload(portsOf(memory), message);

    expect(chunksOf(memory).map(({ rowCount }) => rowCount)).toEqual([4, 1]);
    expect(await rowsOf(memory)).toEqual(numbers(5));
  });

  it('is handed on when time is short, after one window at least, and goes on where it was', async () => {
    const { memory, message } = await uploaded(fileOf(11));
    const runs: number[][] = [];

    for (let next: SplitJob | undefined = message; next; next = memory.sentSplits.shift()) {
      await splitUpload(portsOf(memory, { hasTime: () => false }), next);
      runs.push(chunksOf(memory).map(({ rowCount }) => rowCount));
    }

    expect(runs).toEqual([[4], [4, 4], [4, 4, 3]]);
    expect(await rowsOf(memory)).toEqual(numbers(11));
    expect(memory.objects.has(key)).toBe(false);
  });

  it('that was removed, by somebody who read it to its end, does not fail its session', async () => {
    const { memory, message } = await uploaded(fileOf(3));
    const ports = portsOf(memory);
    const late = portsOf(memory, {
      step: async (name) => {
        if (name.startsWith('readFile')) await splitUpload(ports, message);
      },
    });

    await splitUpload(late, message);
    await importSent(memory);

    expect(memory.sessions.get(sessionId)).toMatchObject({ state: 'FINISHED', counts: { read: 3 } });
  });

  it('of a session that is not there any more is left to its retention', async () => {
    const memory = emptyMemory();

    await splitUpload(portsOf(memory), { sessionId, file: { key, size: 1 } });

    expect(memory.sessions.size + memory.chunks.size).toBe(0);
  });
});

describe('a file that cannot be read', () => {
  it('ends its session in ERROR with what the reader says, and is removed', async () => {
    const { memory, message } = await uploaded('!\n');

    await splitUpload(portsOf(memory), message);
    await splitUpload(portsOf(memory), message);

    expect(memory.sessions.get(sessionId)).toMatchObject({
      state: 'ERROR',
      reason: 'ARCHIVE_DAMAGED: The file is damaged after row 0',
      counts: { read: 0 },
    });
    expect(memory.objects.has(key)).toBe(false);
  });

  it('any further is imported up to there, and says so', async () => {
    const { memory, message } = await uploaded(`${fileOf(6)}!\n${fileOf(6)}`);

    await splitUpload(portsOf(memory), message);
    await importSent(memory);

    expect(await rowsOf(memory)).toEqual(numbers(6));
    expect(memory.sessions.get(sessionId)).toMatchObject({
      state: 'ERROR',
      total: 6,
      counts: { read: 6, created: 6 },
      reason: 'ARCHIVE_DAMAGED: The file is damaged after row 6; the 6 rows before were imported',
    });
  });
});

/** What a queue does: messages that were not worked on to their end come again. */
interface Delivery {
  /** Operations until the worker dies, if it does. */
  readonly crash: number | undefined;
  /** Windows until its time is short. */
  readonly windows: number;
}

const deliveries = fc.array(
  fc.record({
    crash: fc.option(fc.nat(30), { nil: undefined, freq: 4 }),
    windows: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('whoever cuts a file may die at any moment', () => {
  it('and every row is in one chunk, every chunk is told of, and the session ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(25), fc.boolean(), deliveries, async (rows, isBroken, course) => {
        const { memory, message } = await uploaded(fileOf(rows) + (isBroken ? '!\n' : ''));

        await deliverAll(memory, message, course);

        expect(await rowsOf(memory)).toEqual(numbers(rows));
        expect(memory.sessions.get(sessionId)).toMatchObject({
          state: isBroken ? 'ERROR' : 'FINISHED',
          total: rows,
          counts: { read: rows, created: rows },
        });
        expect(memory.objects.has(key)).toBe(false);
      }),
    );
  });

  const deliverAll = async (memory: Memory, message: SplitJob, course: readonly Delivery[]) => {
    const waiting = [message];
    const rest = [...course];
    while (waiting.length > 0) {
      const next = waiting.shift() ?? message;
      const { crash, windows } = rest.shift() ?? { crash: undefined, windows: 2 };
      let left = windows;
      const ports = portsOf(memory, {
        ...(crash !== undefined && { step: crashAfter(crash) }),
        hasTime: () => --left > 0,
      });
      await splitUpload(ports, next).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
        waiting.push(next);
      });
      await importSent(memory);
      waiting.push(...memory.sentSplits.splice(0));
    }
  };
});

describe('several who cut the same file at once', () => {
  it('cut every row once, whoever is faster', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(18), fc.infiniteStream(fc.nat(1000)), async (rows, choices) => {
        const { memory, message } = await uploaded(fileOf(rows));

        const results = await playAtRandom(3, choices, (step) => splitUpload(portsOf(memory, { step }), message));
        for (const result of results) if (result.status === 'rejected') await splitUpload(portsOf(memory), message);
        await importSent(memory);

        expect(await rowsOf(memory)).toEqual(numbers(rows));
        expect(memory.sessions.get(sessionId)).toMatchObject({
          state: 'FINISHED',
          total: rows,
          counts: { read: rows },
        });
      }),
    );
  });

  /** Runs so many workers at once; whose operation comes next is chosen at random. */
  const playAtRandom = async (workers: number, choices: Iterator<number>, work: (step: Step) => Promise<void>) => {
    const pending: (() => void)[] = [];
    const step: Step = () => new Promise<void>((resolve) => pending.push(resolve));
    let running = workers;
    const runs = Promise.allSettled(Array.from({ length: workers }, () => work(step).finally(() => running--)));
    while (running > 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const [next] = pending.splice((choices.next().value ?? 0) % Math.max(pending.length, 1), 1);
      next?.();
    }
    return runs;
  };
});
