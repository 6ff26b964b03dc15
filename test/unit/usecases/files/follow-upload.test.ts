import { describe, expect, it } from 'vitest';
import { readColumns } from '#contract/files/file-columns.ts';
import { importBody } from '#contract/imports/import-response.ts';
import type { UploadSession } from '#domain/files/ports.ts';
import type { ImportSession } from '#domain/imports/import-session.ts';
import { createImport, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { fileFormat } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { giveUpUpload } from '#usecases/files/give-up-upload.ts';
import { describeImport } from '#usecases/imports/describe-import.ts';
import { getImportStatus } from '#usecases/imports/get-import-status.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const file = { delimiter: ';', encoding: 'windows-1251', header: ['email'], notes: ['A note'], isComplete: false };
const counts = { read: 2, created: 1, updated: 1, unchanged: 0, skipped: 0, failed: 0 };

/** Ports with one session of a file. */
const uploaded = async (about: Partial<ImportSession> = {}) => {
  const ports = memoryPorts();
  const session: UploadSession = {
    sessionId,
    settings: importSettings(),
    state: 'STARTED',
    total: 0,
    chunkCount: 0,
    createdAt: '2026-01-05T09:00:00.000Z',
    upload: { link: 'https://shop.example/a.csv', fileName: 'a.csv', encoding: 'cp1251' },
    ...about,
  };
  await ports.imports.createUpload(session);
  return ports;
};

describe('the status of a file', () => {
  const read = { ...file, isComplete: true };

  it.each<[Partial<ImportSession>, string]>([
    [{}, 'The file waits to be read'],
    [{ total: 9, file }, '9 contacts, as far as the file was read, wait to be imported'],
    [{ total: 9, file, state: 'IMPORTING' }, '9 contacts, as far as the file was read, are being imported'],
    [{ total: 9, file: read, state: 'IMPORTING' }, '9 contacts are being imported'],
    [{ total: 9, file: read, state: 'IMPORTING', dryRun: true }, '9 contacts are being tried'],
    [
      { total: 2, file: read, state: 'FINISHED', counts },
      '2 rows were read: 1 created, 1 updated, 0 unchanged, 0 skipped, 0 failed',
    ],
    [
      { total: 2, file: read, state: 'FINISHED', dryRun: true, counts },
      '2 rows were tried and nothing was written: 1 created, 1 updated, 0 unchanged, 0 skipped, 0 failed',
    ],
    [{ state: 'ERROR', reason: 'The server of the link answered 404' }, 'The server of the link answered 404'],
  ])('%j is told as: %s', async (about, description) => {
    const ports = await uploaded(about);

    expect(await getImportStatus(ports, sessionId)).toMatchObject({ description });
  });

  it('is the same to the contract: no member more than for other imports', async () => {
    const ports = await uploaded({ total: 9, file, state: 'IMPORTING' });

    expect(Object.keys(await getImportStatus(ports, sessionId))).toEqual(['status', 'description']);
  });
});

describe('a file on our own routes', () => {
  it('shows what is known of it, as it was found rather than as it was named', async () => {
    const ports = await uploaded({ total: 9, file, dryRun: true });

    expect(importBody(await describeImport(ports, sessionId))).toMatchObject({
      total: 9,
      dryRun: true,
      upload: {
        link: 'https://shop.example/a.csv',
        fileName: 'a.csv',
        encoding: 'windows-1251',
        delimiter: ';',
        notes: ['A note'],
        isComplete: false,
      },
    });
  });

  it('shows everything that was asked for, and what each column became', async () => {
    const options = {
      sheet: 'Clients',
      source: 'mailchimp',
      consentWords: { 'left us': 'unsubscribed' },
      dateFormat: 'DD/MM/YYYY',
      defaultCountry: 'PL',
      keepIds: true,
      tagsToSegments: true,
      fieldMapping: { Card: '101' },
    };
    const header = ['E-mail', 'Opt-out', 'Card', 'Remark'];
    const ports = await uploaded({
      settings: importSettings({ importAs: 'unsubscribed', allowSharedIds: true, importMode: 'create' }),
      upload: { fileName: 'a.xlsx', ...options },
      file: { ...file, header, targets: ['email', 'unsubscribed', '101', ''] },
    });

    expect(importBody(await describeImport(ports, sessionId))).toMatchObject({
      settings: { importAs: 'unsubscribed', allowSharedIds: true, importMode: 'create' },
      upload: {
        ...options,
        columns: [
          { header: 'E-mail', target: 'email' },
          { header: 'Opt-out', target: 'unsubscribed' },
          { header: 'Card', target: '101' },
          { header: 'Remark' },
        ],
      },
    });
  });
});

describe('the columns of a file', () => {
  const rule = { settings: importSettings(), options: {}, definitions: new Map(), defaultCountry: 'UA' };
  const format = fileFormat({ header: ['Remark', 'E-mail', 'Unsubscribed', ''], width: 4 });

  it('say what each became, by their order', () => {
    const { targets } = readColumns(format, rule, [['x', 'a@x.example', 'yes', '']]);

    expect(targets).toEqual(['', 'email', 'unsubscribed', '']);
  });

  it('say it of a file without a header, too', () => {
    const { header: _, ...bare } = format;
    const settings = importSettings({ contactFields: ['email', 'firstName'] });

    expect(readColumns(bare, { ...rule, settings }, []).targets).toEqual(['email', 'firstName', '', '']);
  });
});

describe('a dry run that kept failing', () => {
  it('ends in ERROR with what was tried, though chunks are left that nobody tries', async () => {
    const ports = memoryPorts();
    const settings = importSettings();
    const rows = importRowsOf([{ email: 'a@x.x' }, { email: 'b@x.x' }], settings);
    const [tried] = await createImport(
      ports,
      rows.map((row) => [row]),
      settings,
      { dryRun: true },
    );
    if (!tried) throw new Error('There is no chunk');
    const one = { read: 1, created: 1, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
    await ports.imports.endChunk({ ...tried, state: 'done', counts: one, outcomesKey: 'outcomes/1' });

    await giveUpUpload(ports, { sessionId: tried.sessionId });
    await giveUpUpload(ports, { sessionId: tried.sessionId });

    expect(ports.memory.sessions.get(tried.sessionId)).toMatchObject({ state: 'ERROR', counts: one });
    expect(ports.memory.deadLetters).toEqual([{ sessionId: tried.sessionId }]);
  });
});
