import { describe, expect, it } from 'vitest';
import type { OfferedUpload } from '#domain/files/offered-upload.ts';
import { noCounts } from '#domain/imports/counts.ts';
import { fileFormat } from '#test/support/makers.ts';
import { sha256Of } from '#test/support/memory/memory-fetches.ts';
import { emptyMemory, memoryPorts } from '#test/support/memory-ports.ts';
import { acceptUpload } from '#usecases/files/accept-upload.ts';
import { giveUpUpload } from '#usecases/files/give-up-upload.ts';
import { importUpload } from '#usecases/files/import-upload.ts';
import { offerUpload } from '#usecases/files/offer-upload.ts';
import { closeImport } from '#usecases/imports/close-import.ts';

const settings = {
  dedupeOn: 'email',
  customFieldsIDs: [],
  groupNames: ['Customers'],
  groupNamesExclude: [],
  restoreDeleted: false,
} as const;
const byField = { ...settings, dedupeOn: 'fieldId', fieldId: 7 } as const;
const link = 'https://user:password@files.example/a.csv?token=secret';
const upload = { link: 'https://files.example/a.csv', fileName: 'a.csv', delimiter: ';' };
const cardField = {
  id: 7,
  group: 'Personal',
  name: 'Card',
  key: 'CARD',
  type: 'textfield',
  identifier: true,
} as const;

describe('the import of a file behind a link', () => {
  it('is a session in state STARTED and a message with the sealed link', async () => {
    const ports = memoryPorts();

    const { sessionId } = await acceptUpload(ports, { settings, upload, link });

    const session = await ports.imports.find(sessionId);
    expect(session).toMatchObject({ sessionId, settings, upload, state: 'STARTED', total: 0, chunkCount: 0 });
    expect(await ports.imports.hasOpenChunks(sessionId)).toBe(true);
    const [message] = ports.memory.sentFetches;
    expect(message).toMatchObject({ session });
    expect(message && 'sealedLink' in message && (await ports.sealer.open(message.sealedLink, sessionId))).toBe(link);
  });

  it('keeps credentials and query of the link nowhere but under the seal', async () => {
    const ports = memoryPorts();

    await acceptUpload(ports, { settings, upload, link });

    const kept = JSON.stringify([...ports.memory.sessions, ...ports.memory.sentFetches]);
    expect(kept).not.toMatch(/user|password|token|secret/);
  });

  it('is refused where contacts are not found by its field, before anything is kept', async () => {
    const ports = memoryPorts();

    await expect(acceptUpload(ports, { settings: byField, upload, link })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });

    expect([ports.memory.sessions.size, ports.memory.sentFetches.length]).toEqual([0, 0]);
  });

  it('may match by a field that contacts are found by', async () => {
    const ports = memoryPorts();
    ports.memory.fields.push(cardField);

    const { sessionId } = await acceptUpload(ports, { settings: byField, upload, link });

    expect((await ports.imports.find(sessionId))?.settings.fieldId).toBe(7);
  });

  it('is queued before its session is made, so that no session waits for nobody', async () => {
    const memory = emptyMemory();
    const ports = memoryPorts({
      memory,
      step: async (name) => {
        if (name.startsWith('createUpload')) throw new Error('killed');
      },
    });

    await expect(acceptUpload(ports, { settings, upload, link })).rejects.toThrow('killed');

    expect([memory.sentFetches.length, memory.sessions.size]).toEqual([1, 0]);
  });
});

describe('a file that a caller sends', () => {
  const bytes = Buffer.from('email\njohn@example.com\n');
  const described = { size: bytes.length, sha256: sha256Of(bytes), fileName: 'a.csv' };

  const offered = async () => {
    const ports = memoryPorts();
    const { uploadId } = await offerUpload(ports, described);
    const key = `uploads/${uploadId}/file`;
    const start = () => importUpload(ports, { uploadId, settings, options: { encoding: 'utf-8' } });
    return { ports, uploadId, start, key, put: (file = bytes) => ports.memory.files.set(key, file) };
  };

  it('is offered a place for an hour', async () => {
    const ports = memoryPorts();

    const offer = await offerUpload(ports, described);

    const noted = ports.memory.offers.get(offer.uploadId) as OfferedUpload;
    expect(offer).toEqual({
      uploadId: expect.any(String),
      url: `https://bucket.example/uploads/${offer.uploadId}/file`,
      headers: { 'x-amz-checksum-sha256': described.sha256 },
      expiresAt: noted.expiresAt,
    });
    expect(noted).toMatchObject(described);
    expect(Date.parse(noted.expiresAt) - Date.parse(noted.createdAt)).toBe(3_600_000);
  });

  it('becomes one import, under the id of its upload', async () => {
    const { ports, uploadId, key, put, start } = await offered();
    put();

    expect(await start()).toEqual({ sessionId: uploadId });

    expect(ports.memory.sentFetches).toMatchObject([{ file: { key, size: bytes.length } }]);
    expect(await ports.imports.find(uploadId)).toMatchObject({
      settings,
      state: 'STARTED',
      upload: { fileName: 'a.csv', encoding: 'utf-8' },
    });
  });

  it('is the same import when it is asked for again, also when the file was deleted after it', async () => {
    const { ports, uploadId, key, put, start } = await offered();
    put();
    await start();
    ports.memory.files.delete(key);

    expect(await start()).toEqual({ sessionId: uploadId });

    expect(ports.memory.sentFetches).toHaveLength(1);
  });

  it.each([
    ['not there', undefined],
    ['shorter', bytes.subarray(1)],
    ['another one', Buffer.from('email\njane@example.com\n')],
  ])('is not imported where it is %s', async (_, file) => {
    const { ports, put, start } = await offered();
    if (file) put(file);

    await expect(start()).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });

    expect([ports.memory.sentFetches.length, ports.memory.sessions.size]).toEqual([0, 0]);
  });

  it('is not found under another id', async () => {
    const { ports } = await offered();

    await expect(
      importUpload(ports, { uploadId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90', settings, options: {} }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not imported by a field that contacts are not found by', async () => {
    const { ports, uploadId, put } = await offered();
    put();

    await expect(importUpload(ports, { uploadId, settings: byField, options: {} })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });
});

describe('a file that kept failing', () => {
  const givingUp = () => {
    const memory = emptyMemory();
    const ports = memoryPorts({ memory });
    const deadLetters: object[] = [];
    const live = {
      ...ports,
      deadLetterQueue: { send: async (jobs: readonly object[]) => void deadLetters.push(...jobs) },
    };
    return { memory, ports, deadLetters, giveUp: (sessionId: string) => giveUpUpload(live, { sessionId }) };
  };

  it('ends its import in ERROR and is left to a person', async () => {
    const { ports, deadLetters, giveUp } = givingUp();
    const { sessionId } = await acceptUpload(ports, { settings, upload, link });

    await giveUp(sessionId);

    expect(await ports.imports.find(sessionId)).toMatchObject({
      state: 'ERROR',
      reason: expect.stringContaining('please send the import again'),
    });
    expect(deadLetters).toEqual([{ sessionId }]);
  });

  it('after it was read to its end is imported all the same', async () => {
    const { memory, ports, deadLetters, giveUp } = givingUp();
    const { sessionId } = await acceptUpload(ports, { settings, upload, link });
    const session = await ports.imports.find(sessionId);
    if (!session) throw new Error('There is no session');
    const chunks = [{ sessionId, number: 1, rowCount: 2, firstByte: 0, lastByte: 9, state: 'open' }] as const;
    await ports.imports.addChunks(session, {
      chunks,
      checkpoint: { windowCount: 1, rowCount: 2, chunkCount: 1, sentCount: 0, format: fileFormat() },
      file: { delimiter: ',', encoding: 'utf-8', header: ['email'], notes: [], isComplete: true },
    });

    await giveUp(sessionId);
    const sent = [...memory.sentChunks];
    await ports.imports.endChunk({
      ...chunks[0],
      state: 'done',
      counts: { ...noCounts, read: 2, created: 2 },
      outcomesKey: 'outcomes',
    });
    await closeImport(ports, sessionId);

    expect(sent).toEqual([{ sessionId, number: 1 }]);
    expect(await ports.imports.find(sessionId)).toMatchObject({ state: 'FINISHED', counts: { created: 2 } });
    expect(deadLetters).toEqual([]);
  });

  it('after its import was over bothers nobody', async () => {
    const { ports, deadLetters, giveUp } = givingUp();
    const { sessionId } = await acceptUpload(ports, { settings, upload, link });
    await ports.imports.failFile(sessionId, 'The file is empty');

    await giveUp(sessionId);
    await giveUp('00000000-0000-4000-8000-00000000ffff');

    expect(await ports.imports.find(sessionId)).toMatchObject({ reason: 'The file is empty' });
    expect(deadLetters).toEqual([]);
  });
});
