import { FileError } from '#domain/files/file-error.ts';
import type { UploadedFiles } from '#domain/files/ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb } from '../clients/dynamodb-client.ts';
import { isNoSuchKey } from '../clients/no-such-key.ts';
import { type ObjectRange, type ObjectRequests, objectRequestsBy } from '../clients/object-requests.ts';

/** Broken connections in a row, without a byte between them, after which a file is given up for now. */
const maxBreaks = 5;

/** Uploaded files in the bucket of imports. A broken connection is resumed where it broke. */
export const uploadedFilesOn = (objects: Pick<ObjectRequests, 'get' | 'remove'>, bucket: string): UploadedFiles => ({
  open: ({ key, size }) => {
    let tag: string | undefined;
    const get = async (from: number, to: number) => {
      const answer = await getObject(objects, { bucket, key, range: `bytes=${from}-${to - 1}`, ifMatch: tag });
      if (tag !== undefined && answer.tag !== tag) throw new Error('A file was overwritten while it was read');
      tag = answer.tag;
      return answer.body;
    };
    return { size, read: async (from, to = size) => bytesOf(get, from, Math.min(to, size)) };
  },

  remove: ({ key }) => objects.remove({ bucket, key }),
});

const importBucketName = /* @__PURE__ */ variable('importBucketName');

/** The uploaded files of this stage. */
export const uploadedFiles: UploadedFiles = /* @__PURE__ */ lazily(() =>
  uploadedFilesOn(objectRequestsBy(dynamodb()), importBucketName()),
);

const getObject = async (objects: Pick<ObjectRequests, 'get'>, range: ObjectRange) => {
  try {
    return await objects.get(range);
  } catch (error) {
    if (!isNoSuchKey(error)) throw error;
    throw new FileError('FILE_GONE', 'The file is not there any more; please upload it again');
  }
};

async function* bytesOf(
  get: (from: number, to: number) => Promise<AsyncIterable<Uint8Array>>,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array, void> {
  let at = from;
  for (let breaks = 0; at < to; breaks++) {
    try {
      for await (const bytes of await get(at, to)) {
        at += bytes.length;
        if (bytes.length > 0) breaks = 0;
        yield bytes;
      }
    } catch (error) {
      if (breaks === maxBreaks || !isBreak(error)) throw error;
    }
    if (breaks > maxBreaks) throw new Error(`A file of ${to} bytes ended after ${at}`);
  }
}

const breakCodes: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ETIMEDOUT'];

const isBreak = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && breakCodes.includes(error.code);
