import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import S3Error from '@20minutes/s3rver/lib/models/error.js';
import { quotas } from '../quota/quotas.ts';

/** One part as a caller names it at the end. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
}

/** The engine's store, as far as it writes objects in parts. */
export interface PartStore {
  putPart(bucket: string, uploadId: string, number: string, content: unknown): Promise<unknown>;
  putObjectMultipart(bucket: string, uploadId: string, parts: readonly NamedPart[]): Promise<unknown>;
}

/**
 * Adds what the S3 engine lacks about objects in parts: it accepts parts for uploads that are over, and joins whatever
 * parts there are. Returns how to take an upload back, which it cannot either; whether there was one.
 */
export const guardParts = (store: PartStore, directory: string) => {
  const folderOf = (bucket: string, uploadId: string): string =>
    join(directory, bucket, '._S3rver_uploads', /^[0-9a-f]{32}$/.test(uploadId) ? uploadId : 'none');
  const ensureOpen = async (folder: string): Promise<void> => {
    if (!(await sizeOf(join(folder, 'key')))) throw new S3Error('NoSuchUpload', 'The upload does not exist');
  };
  const putPart = store.putPart.bind(store);
  const joinParts = store.putObjectMultipart.bind(store);

  store.putPart = async (bucket, uploadId, number, content) => {
    await ensureOpen(folderOf(bucket, uploadId));
    return putPart(bucket, uploadId, number, content);
  };
  store.putObjectMultipart = async (bucket, uploadId, parts) => {
    await ensureOpen(folderOf(bucket, uploadId));
    await checkParts(folderOf(bucket, uploadId), parts);
    return joinParts(bucket, uploadId, parts);
  };

  return async (bucket: string, uploadId: string): Promise<boolean> => {
    const folder = folderOf(bucket, uploadId);
    if (!(await sizeOf(join(folder, 'key')))) return false;
    await rm(folder, { recursive: true, force: true });
    return true;
  };
};

const checkParts = async (folder: string, parts: readonly NamedPart[]): Promise<void> => {
  for (const [index, { number, etag }] of parts.entries()) {
    const size = await sizeOf(join(folder, String(number)));
    const stored = size === undefined ? undefined : await readFile(join(folder, `${number}.md5`), 'utf8');
    if (size === undefined || stored !== etag) throw new S3Error('InvalidPart', 'A part is not there, or another one');
    if (index < parts.length - 1 && size < quotas.partBytes.limit)
      throw new S3Error('EntityTooSmall', 'A part is too small');
  }
};

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
