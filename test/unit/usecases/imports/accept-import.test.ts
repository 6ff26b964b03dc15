import { describe, expect, it } from 'vitest';
import { rowsPerChunk } from '#domain/imports/chunk-rows.ts';
import { importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { acceptImport } from '#usecases/imports/accept-import.ts';

const rowsOf = (count: number) =>
  importRowsOf(
    Array.from({ length: count }, (_, index) => ({ email: `${index}@x.x` })),
    importSettings(),
  );

describe('an accepted import', () => {
  it('is a session that waits, with every row in exactly one chunk and a message for each chunk', async () => {
    const ports = memoryPorts();
    const rows = rowsOf(2 * rowsPerChunk + 1);

    const { sessionId } = await acceptImport(ports, { settings: importSettings(), rows });

    const chunks = await ports.imports.listChunks(sessionId);
    const stored = await Promise.all(chunks.map((chunk) => ports.importFiles.readRows(chunk)));
    expect(ports.memory.sessions.get(sessionId)).toMatchObject({ state: 'STARTED', total: rows.length, chunkCount: 3 });
    expect(chunks.map(({ rowCount, state }) => [rowCount, state])).toEqual([
      [rowsPerChunk, 'open'],
      [rowsPerChunk, 'open'],
      [1, 'open'],
    ]);
    expect(stored.flat()).toEqual(rows);
    expect(ports.memory.sentChunks).toEqual([1, 2, 3].map((number) => ({ sessionId, number })));
  });

  it('tells nobody of what is not stored yet: rows, then the session, then the messages', async () => {
    const steps: string[] = [];
    const ports = memoryPorts({ step: async (name) => void steps.push(name.split(' ')[0] ?? '') });

    await acceptImport(ports, { settings: importSettings(), rows: rowsOf(1) });

    expect(steps).toEqual(['putRows', 'createImport', 'sendChunk']);
  });

  it('ends in ERROR where its chunks cannot be queued, and the request fails', async () => {
    const ports = memoryPorts();
    const chunkQueue = {
      send: async () => {
        throw new Error('The queue is away');
      },
    };

    const accepting = acceptImport({ ...ports, chunkQueue }, { settings: importSettings(), rows: rowsOf(1) });

    await expect(accepting).rejects.toThrow('The queue is away');
    const [session] = ports.memory.sessions.values();
    expect(session).toMatchObject({ state: 'ERROR', reason: 'The import could not be queued; please send it again' });
  });
});

describe('dedupeOn fieldId', () => {
  const withField = async (identifier: boolean) => {
    const ports = memoryPorts();
    const field = await ports.fields.create({ group: 'Shop', name: 'Card', key: 'CARD', type: 'number', identifier });
    const settings = importSettings({ dedupeOn: 'fieldId', fieldId: field?.id ?? 0 });
    const rows = importRowsOf([{ fields: [{ id: field?.id ?? 0, value: '7' }] }], settings);
    return { ports, settings, rows };
  };

  it('is accepted for a field that contacts are found by', async () => {
    const { ports, ...request } = await withField(true);

    await acceptImport(ports, request);

    expect(ports.memory.sentChunks).toHaveLength(1);
  });

  it('is refused for another field, and nothing is queued', async () => {
    const { ports, ...request } = await withField(false);

    await expect(acceptImport(ports, request)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(ports.memory.sentChunks).toEqual([]);
  });

  it('is refused for a field that does not exist', async () => {
    const { ports, rows } = await withField(true);
    const settings = importSettings({ dedupeOn: 'fieldId', fieldId: 999 });

    await expect(acceptImport(ports, { settings, rows })).rejects.toThrow('there is no custom field 999');
  });
});
