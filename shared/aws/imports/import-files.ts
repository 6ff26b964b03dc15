import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles } from '#domain/imports/ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { objectClient } from '../clients/object-client.ts';
import { withRetry } from '../clients/retry.ts';
import { changeObject, listObjects } from '../table/blank-objects.ts';
import { ndjson } from '../table/ndjson.ts';
import { blankLine, readRow, rowNumberOf } from './blank-rows.ts';
import { formerFiles } from './former-files.ts';
import { keyOfRows, rowObjectsBy, toLines, windowsPrefix } from './row-objects.ts';

/**
 * Rows and outcomes in the import bucket: one object of rows a request or window of a file, of which each chunk reads its
 * own bytes.
 */
export const importFilesOn = (client: S3Client, bucketName: string): ImportFiles => {
  const put = (Key: string, Body: Buffer) =>
    withRetry(() => client.send(new PutObjectCommand({ Bucket: bucketName, Key, Body, ContentType: ndjson })));
  const read = (Key: string, Range?: string) =>
    withRetry(async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucketName, Key, ...(Range && { Range }) }));
      return (await Body?.transformToString()) ?? '';
    });

  return {
    ...formerFiles(client, bucketName),

    ...rowObjectsBy(put),

    readRows: async ({ firstByte, lastByte, ...chunk }) =>
      linesOf(await read(keyOfRows(chunk), `bytes=${firstByte}-${lastByte}`)).map(readRow),

    listWindows: (sessionId) => listObjects(client, bucketName, windowsPrefix(sessionId)),

    putOutcomes: async ({ sessionId, number }, attemptId, outcomes) => {
      const key = `${outcomesPrefix(sessionId)}${number}-${attemptId}.ndjson`;
      await put(key, Buffer.from(toLines(outcomes)));
      return key;
    },

    readOutcomes: async (outcomesKey) => linesOf(await read(outcomesKey)).map(readOutcome),

    listOutcomes: (sessionId) => listObjects(client, bucketName, outcomesPrefix(sessionId)),

    blankRows: (of, rows) =>
      changeObject(client, { bucket: bucketName, key: keyOfRows(of) }, (bytes) => {
        const lines = bytes.toString().split('\n');
        const blanked = lines.map((line) => {
          const row = rowNumberOf(line);
          return row !== undefined && rows.has(row) ? blankLine(line, row) : line;
        });
        return lines.some((line, index) => line !== blanked[index]) ? Buffer.from(blanked.join('\n')) : undefined;
      }),

    blankOutcomes: (outcomesKey, blank) =>
      changeObject(client, { bucket: bucketName, key: outcomesKey }, (bytes) => {
        const lines = toLines(linesOf(bytes.toString()).map(readOutcome).map(blank));
        return lines === bytes.toString() ? undefined : Buffer.from(lines);
      }),
  };
};

const importBucketName = /* @__PURE__ */ variable('importBucketName');

/** The import files of this stage. */
export const importFiles: ImportFiles = /* @__PURE__ */ lazily(() => importFilesOn(objectClient(), importBucketName()));

const outcomesPrefix = (sessionId: string): string => `imports/${sessionId}/outcomes/`;

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

const readOutcome = (line: string): RowOutcome => JSON.parse(line);
