import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ImportFiles, UndoneChunk } from '#domain/imports/ports.ts';
import type { FormerContact } from '#domain/imports/undo.ts';
import type { UndoneRow } from '#domain/imports/undone-rows.ts';
import { isNoSuchKey } from '../clients/no-such-key.ts';
import { withRetry } from '../clients/retry.ts';
import { changeObject, listObjects } from '../table/blank-objects.ts';
import { ndjson } from '../table/ndjson.ts';
import { toLines } from './row-objects.ts';

type FormerFiles = Pick<ImportFiles, 'putFormer' | 'readFormer' | 'forgetFormer' | 'putUndone' | 'readUndone'>;

/** Contacts as they were before an import, an object an attempt at a chunk, and what undoing made of rows, an object a chunk. */
export const formerFiles = (client: S3Client, Bucket: string): FormerFiles => {
  const put = async (Key: string, lines: readonly object[]): Promise<void> => {
    const Body = Buffer.from(toLines(lines));
    await withRetry(() => client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: ndjson })));
  };
  const read = async <Line>(Key: string): Promise<Line[]> => {
    const text = await withRetry(async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    });
    return linesOf(text).map((line): Line => JSON.parse(line));
  };

  return {
    putFormer: ({ sessionId, number }, attemptId, former) =>
      put(`${formerPrefix(sessionId)}${number}-${attemptId}.ndjson`, former),

    readFormer: async ({ sessionId, number }) => {
      const keys = await listObjects(client, Bucket, `${formerPrefix(sessionId)}${number}-`);
      return (await Promise.all(keys.map((key) => read<FormerContact>(key)))).flat().sort(byVersion);
    },

    forgetFormer: async (sessionId, contactIds) => {
      for (const key of await listObjects(client, Bucket, formerPrefix(sessionId))) {
        await changeObject(client, { bucket: Bucket, key }, (bytes) => {
          const lines = linesOf(bytes.toString());
          const left = lines.filter((line) => !contactIds.has(JSON.parse(line).contactId));
          return left.length === lines.length ? undefined : Buffer.from(left.map((line) => `${line}\n`).join(''));
        });
      }
    },

    putUndone: (of, rows) => put(undoneKey(of), rows),

    readUndone: async (of) => {
      try {
        return await read<UndoneRow>(undoneKey(of));
      } catch (error) {
        if (isNoSuchKey(error)) return undefined;
        throw error;
      }
    },
  };
};

const formerPrefix = (sessionId: string): string => `imports/${sessionId}/former/`;

const undoneKey = ({ sessionId, number, dryRun }: UndoneChunk): string =>
  `imports/${sessionId}/${dryRun ? 'undo-trials' : 'undone'}/${number}.ndjson`;

const byVersion = (one: FormerContact, other: FormerContact): number => one.version - other.version;

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
