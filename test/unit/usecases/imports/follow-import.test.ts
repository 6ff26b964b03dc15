import { describe, expect, it } from 'vitest';
import { RollcallError } from '#domain/error.ts';
import { countOutcomes } from '#domain/imports/counts.ts';
import type { ImportChunk, ImportRow, ImportSession, RowOutcome, WantedRows } from '#domain/imports/import-session.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { describeImport, listImports } from '#usecases/imports/describe-import.ts';
import { exportImportRows } from '#usecases/imports/export-import-rows.ts';
import { getImportStatus } from '#usecases/imports/get-import-status.ts';
import { listImportRows } from '#usecases/imports/list-import-rows.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';

const sessionOf = (about: Partial<ImportSession> = {}): ImportSession => ({
  sessionId,
  settings: { dedupeOn: 'email', customFieldsIDs: [], groupNames: [], groupNamesExclude: [], restoreDeleted: false },
  state: 'IMPORTING',
  total: 6,
  chunkCount: 3,
  createdAt: '2026-01-05T09:00:00.000Z',
  startedAt: '2026-01-05T09:00:01.000Z',
  ...about,
});

const created = (row: number, contactId = row): RowOutcome => ({
  row,
  outcome: 'created',
  contactId,
  dedupeValue: `${row}@example.com`,
});

const warned = (row: number): RowOutcome => ({
  ...created(row),
  warnings: [{ code: 'INVALID_NAME', field: 'firstName', message: 'no' }],
});

const failed = (row: number): RowOutcome => ({
  row,
  outcome: 'failed',
  error: { code: 'INVALID_EMAIL', field: 'email', message: 'no' },
});

/** An import whose chunks have these outcomes; a chunk of row numbers is still open. */
const imported = async (about: Partial<ImportSession>, ...chunks: readonly (readonly (RowOutcome | number)[])[]) => {
  const steps: string[] = [];
  const ports = memoryPorts({ step: async (name) => void steps.push(name) });
  const rowOf = (outcome: RowOutcome | number): ImportRow => {
    const row = typeof outcome === 'number' ? outcome : outcome.row;
    return { row, draft: { email: `${row}@example.com` } };
  };
  const ranges = await ports.importFiles.putRows(
    sessionId,
    chunks.map((outcomes) => outcomes.map(rowOf)),
  );
  const made = ranges.map(
    (range, index): ImportChunk => ({
      sessionId,
      number: index + 1,
      rowCount: chunks[index]?.length ?? 0,
      ...range,
      state: 'open',
    }),
  );
  await ports.imports.create(sessionOf(about), made);
  for (const chunk of made) {
    const outcomes = (chunks[chunk.number - 1] ?? []).filter((outcome) => typeof outcome !== 'number');
    if (outcomes.length < chunk.rowCount) continue;
    const outcomesKey = await ports.importFiles.putOutcomes(chunk, 'attempt', outcomes);
    await ports.imports.endChunk({ ...chunk, state: 'done', counts: countOutcomes(outcomes), outcomesKey });
  }
  steps.length = 0;
  return { ...ports, steps, now: () => '2026-01-05T09:00:03.000Z' };
};

describe('the status of an import', () => {
  it('has a mapping once it is FINISHED, of each contact once', async () => {
    const unchanged: RowOutcome = { row: 4, outcome: 'unchanged', contactId: 9, dedupeValue: 'four@example.com' };
    const again: RowOutcome = { row: 5, outcome: 'updated', contactId: 9, dedupeValue: 'five@example.com' };
    const skipped: RowOutcome = { row: 6, outcome: 'skipped', contactId: 3 };
    const counts = countOutcomes([created(1), failed(2), unchanged, again, skipped]);
    const ports = await imported({ state: 'FINISHED', counts }, [unchanged, again], [created(1), failed(2), skipped]);

    expect(await getImportStatus(ports, sessionId)).toEqual({
      status: 'FINISHED',
      description: '6 rows were read: 1 created, 1 updated, 1 unchanged, 1 skipped, 1 failed',
      mapping: [
        { dedupeValue: '1@example.com', contactId: 1 },
        { dedupeValue: 'four@example.com', contactId: 9 },
      ],
    });
  });

  it('says what was left out of rows that count as imported', async () => {
    const counts = countOutcomes([warned(1), warned(2), created(3)]);
    const ports = await imported({ state: 'FINISHED', total: 3, counts }, [warned(1), warned(2), created(3)]);

    expect(await getImportStatus(ports, sessionId)).toMatchObject({
      description:
        '3 rows were read: 3 created, 0 updated, 0 unchanged, 0 skipped, 0 failed, 2 with warnings. ' +
        "Warnings: 2 INVALID_NAME in 'firstName'",
    });
  });

  it.each([
    ['STARTED', undefined, '6 contacts wait to be imported'],
    ['IMPORTING', undefined, '6 contacts are being imported'],
    ['ERROR', '3 rows could not be imported', '3 rows could not be imported'],
  ] as const)('has no mapping while %s', async (state, reason, description) => {
    const ports = await imported({ state, ...(reason && { reason }) }, [created(1)]);

    expect(await getImportStatus(ports, sessionId)).toEqual({ status: state, description });
    expect(ports.steps).toEqual([`findImport ${sessionId}`]);
  });

  it('of nothing is NOT_FOUND', async () => {
    await expect(getImportStatus(memoryPorts(), sessionId)).rejects.toThrow(/not found/);
  });
});

describe('the progress of an import', () => {
  it('is the sum of its chunks while it runs', async () => {
    const ports = await imported({}, [created(1), created(2), failed(3)], [created(4)], [5, 6]);

    const progress = await describeImport(ports, sessionId);

    expect(progress).toMatchObject({ counts: { read: 4, created: 3, failed: 1 }, rowsPerSecond: 2 });
    expect(await listImports(ports, { limit: 5 })).toEqual({ items: [progress] });
  });

  it('is what it ended with once it is over', async () => {
    const counts = countOutcomes([created(1), created(2)]);
    const ports = await imported({ state: 'FINISHED', counts, finishedAt: '2026-01-05T09:00:01.500Z' }, [1, 2]);

    expect(await describeImport(ports, sessionId)).toMatchObject({ counts, rowsPerSecond: 4 });
    expect(ports.steps).toEqual([`findImport ${sessionId}`]);
  });
});

describe('the rows of an import', () => {
  const walk = async (ports: Awaited<ReturnType<typeof imported>>, about: WantedRows & { limit: number }) => {
    const pages: number[][] = [];
    let cursor: string | undefined;
    do {
      const { limit, ...wanted } = about;
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const answer = await listImportRows(ports, { sessionId, page, wanted });
      pages.push(answer.items.map(({ row }) => row));
      cursor = answer.cursor;
    } while (cursor !== undefined);
    return pages;
  };

  it('come in row order however chunks were cut, each once', async () => {
    const ports = await imported({}, [created(5), created(1)], [failed(2), created(6)], [created(3), failed(4)]);

    expect((await walk(ports, { limit: 4 })).flat()).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await walk(ports, { limit: 1 })).flat()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of a long import come chunk after chunk', async () => {
    const ports = await imported(
      { total: 1_000_000 },
      [created(2), created(1)],
      [failed(3), 4],
      [created(6), failed(5)],
    );

    expect(await walk(ports, { limit: 3 })).toEqual([[1, 2, 5], [6]]);
  });

  it('of one outcome are read from the chunks that have some', async () => {
    const ports = await imported({ total: 1_000_000 }, [created(1)], [failed(2), created(3)], [failed(4)]);

    expect((await walk(ports, { limit: 9, outcome: 'failed' })).flat()).toEqual([2, 4]);
    expect(ports.steps.filter((step) => step.startsWith('readOutcomes'))).toHaveLength(2);
  });

  it('with warnings are read from the chunks that have some, whatever became of them', async () => {
    const ports = await imported({ total: 1_000_000 }, [created(1)], [warned(2), created(3)], [failed(4)]);

    expect((await walk(ports, { limit: 9, warnings: true })).flat()).toEqual([2]);
    expect((await walk(ports, { limit: 9, warnings: 'INVALID_NAME' })).flat()).toEqual([2]);
    expect((await walk(ports, { limit: 9, warnings: 'INVALID_PHONE' })).flat()).toEqual([]);
    expect(ports.steps.filter((step) => step.startsWith('readOutcomes'))).toHaveLength(2);
  });

  it.each(['', 'x', '1', '-1.0', '1.0.0', '99999999999.1'])('refuse the cursor %j', async (cursor) => {
    const ports = await imported({}, [created(1)]);

    await expect(listImportRows(ports, { sessionId, wanted: {}, page: { limit: 1, cursor } })).rejects.toThrow(
      RollcallError,
    );
  });

  const answerBytesOf = (row: object) => JSON.stringify(row).length;

  it('come with what was submitted, as long as they fit an answer', async () => {
    const ports = { ...(await imported({}, [created(1), failed(2)], [created(3)])), answerBytesOf };

    const { items, cursor } = await exportImportRows(ports, { sessionId, wanted: {}, page: { limit: 2 } });

    expect(items).toEqual([
      { row: { row: 1, draft: { email: '1@example.com' } }, outcome: created(1) },
      { row: { row: 2, draft: { email: '2@example.com' } }, outcome: failed(2) },
    ]);
    expect(cursor).toBe('0.2');
  });

  /** All parts of an export, one after the other. */
  const partsOf = async (ports: Parameters<typeof exportImportRows>[0], wanted: WantedRows = {}) => {
    const parts: number[][] = [];
    for (let cursor: string | undefined; ; ) {
      const page = { limit: 1_000, ...(cursor !== undefined && { cursor }) };
      const part = await exportImportRows(ports, { sessionId, wanted, page });
      parts.push(part.items.map(({ row }) => row.row));
      cursor = part.cursor;
      if (cursor === undefined) return parts;
    }
  };

  it('that are huge are handed out in parts, and none is lost', async () => {
    const ports = await imported({}, [created(1), created(2), created(3)]);
    const contactKey = 'x'.repeat(3_000_000);
    const readRows = async () => [1, 2, 3].map((row) => ({ row, draft: { contactKey } }));
    const huge = { ...ports, answerBytesOf, importFiles: { ...ports.importFiles, readRows } };

    expect(await partsOf(huge)).toEqual([[1], [2], [3]]);
  });

  it('come all at once from however many chunks, of which those without one are not read', async () => {
    const chunks = Array.from({ length: 60 }, (_, index) =>
      index % 2 === 0 ? [failed(index + 1)] : [created(index + 1)],
    );
    const ports = { ...(await imported({ total: 1_000_000 }, ...chunks)), answerBytesOf };

    const [first, ...others] = await partsOf(ports, { outcome: 'failed' });

    expect(first).toHaveLength(30);
    expect(others).toEqual([]);
  });

  it('are handed out in parts where reading them takes long, and none is lost', async () => {
    const made = await imported({ total: 1_000_000 }, [failed(1)], [failed(2)], [failed(3)]);
    let seconds = 0;
    const now = () => {
      seconds += 5;
      return new Date(Date.UTC(2026, 0, 5, 9, 0, seconds)).toISOString();
    };

    const parts = await partsOf({ ...made, answerBytesOf, now });

    expect(parts.flat()).toEqual([1, 2, 3]);
    expect(parts.length).toBeGreaterThan(1);
  });
});
