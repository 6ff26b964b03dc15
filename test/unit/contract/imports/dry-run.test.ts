import { describe, expect, it } from 'vitest';
import { readFetchJob } from '#contract/files/fetch-job.ts';
import { parseImportUpload } from '#contract/files/offered-upload.ts';
import { readPredictionJob } from '#contract/imports/import-jobs.ts';
import { newSession } from '#usecases/files/accept-upload.ts';

const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
const asked = {
  sessionId,
  settings: parseImportUpload().settings,
  upload: {},
  createdAt: '2026-01-05T09:00:00.000Z',
};

describe('dryRun', () => {
  it.each([
    [undefined, false],
    [{}, false],
    [{ dryRun: null }, false],
    [{ dryRun: 'true' }, true],
    [{ dryRun: true }, true],
  ])('of %j is %s', (body, dryRun) => {
    expect(parseImportUpload(body).dryRun).toBe(dryRun);
  });

  it('of another kind is refused, so that nobody imports who wanted to try', () => {
    expect(() => parseImportUpload({ dryRun: 'please' })).toThrow(/dryRun/);
  });

  it.each([true, false])('of a session (%s) is as it was after the queue', (dryRun) => {
    const session = newSession({ ...asked, dryRun });
    const file = { key: `uploads/${sessionId}/file`, size: 7 };

    const message = readFetchJob(JSON.parse(JSON.stringify({ session, file })));

    expect(message).toEqual({ session, file });
    expect(message.session.dryRun ?? false).toBe(dryRun);
  });
});

describe('the message of a dry run', () => {
  it.each([{ sessionId }, { sessionId, from: 41, overlay: { prefix: `predictions/${sessionId}/attempt/`, parts: 3 } }])(
    '%j is read as it was sent',
    (message) => {
      expect(readPredictionJob(JSON.parse(JSON.stringify(message)))).toEqual(message);
    },
  );

  it.each([[{}], [{ sessionId: 'x' }], [{ sessionId, from: 0 }], [{ sessionId, overlay: { prefix: 'p' } }]])(
    '%j is none',
    (message) => {
      expect(() => readPredictionJob(message)).toThrow();
    },
  );
});
