import { expect, it } from 'vitest';
import type { UploadSession } from '#domain/files/ports.ts';
import type { ImportChunk } from '#domain/imports/import-session.ts';
import { fileFormat } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { failUpload } from '#usecases/files/fail-upload.ts';
import { closeImport } from '#usecases/imports/close-import.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const session: UploadSession = {
  sessionId,
  settings: { dedupeOn: 'email', customFieldsIDs: [], groupNames: [], groupNamesExclude: [], restoreDeleted: false },
  state: 'STARTED',
  total: 0,
  chunkCount: 0,
  createdAt: '2026-01-05T09:00:00.000Z',
  upload: { link: 'https://files.example/a.csv' },
};
const chunk: ImportChunk = { sessionId, number: 1, rowCount: 2, firstByte: 0, lastByte: 9, state: 'open' };
const counts = { read: 2, created: 2, updated: 0, unchanged: 0, skipped: 0, failed: 0 };

it('ends a session whose file cannot be fetched in ERROR, with what its caller can do about it', async () => {
  const ports = memoryPorts();
  await ports.imports.createUpload(session);

  await failUpload(ports, sessionId, 'The server of the link answered 404');
  await failUpload(ports, sessionId, 'The server of the link answered 404');

  expect(await ports.imports.find(sessionId)).toMatchObject({
    state: 'ERROR',
    reason: 'The server of the link answered 404',
    counts: { read: 0 },
  });
});

it('ends in ERROR only once the chunks before are over, and says how many rows they were', async () => {
  const ports = memoryPorts();
  await ports.imports.createUpload(session);
  await ports.imports.addChunks(session, {
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

  await failUpload(ports, sessionId, 'Line 4 has a quote that is never closed');
  const before = await ports.imports.find(sessionId);
  await ports.imports.endChunk({ ...chunk, state: 'done', counts, outcomesKey: 'outcomes/1' });
  await closeImport(ports, sessionId);

  expect(before).toMatchObject({ state: 'STARTED' });
  expect(await ports.imports.find(sessionId)).toMatchObject({
    state: 'ERROR',
    reason: 'Line 4 has a quote that is never closed; the 2 rows before were imported',
    counts,
  });
});
