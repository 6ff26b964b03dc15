import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { PartialFiles } from '#domain/files/fetch-ports.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { objectClientSettings } from '../clients/object-client.ts';
import { withRetry } from '../clients/retry.ts';

/** Files of uploads in the import bucket, written in parts (S3 multipart uploads). */
export const partialFilesOn = (client: S3Client, Bucket: string): PartialFiles => ({
  // At most 10,000 parts make a file, and all but the last have 5 MiB (AWS S3 limits).
  partSize: 8 * 1024 * 1024,
  smallestPart: 5 * 1024 * 1024,

  keyOf: (sessionId) => `uploads/${sessionId}/file`,

  begin: async (key) => {
    const { UploadId } = await withRetry(() =>
      client.send(new CreateMultipartUploadCommand({ Bucket, Key: key, ContentType: 'application/octet-stream' })),
    );
    if (UploadId === undefined) throw new Error('S3 began an upload without an id');
    return { key, uploadId: UploadId };
  },

  putPart: ({ key, uploadId }, PartNumber, Body) =>
    unlessGone(async () => {
      const { ETag } = await client.send(
        new UploadPartCommand({ Bucket, Key: key, UploadId: uploadId, PartNumber, Body }),
      );
      if (ETag === undefined) throw new Error('S3 took a part without naming it');
      return ETag;
    }),

  complete: async ({ key, uploadId }, parts) => {
    const Parts = parts.map(({ etag }, index) => ({ ETag: etag, PartNumber: index + 1 }));
    const input = { Bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts } };
    return (await unlessGone(() => client.send(new CompleteMultipartUploadCommand(input)))) !== undefined;
  },

  abort: async ({ key, uploadId }) => {
    await unlessGone(() => client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: uploadId })));
  },
});

const importBucketName = /* @__PURE__ */ variable('importBucketName');

/** The files of uploads of this stage. */
export const partialFiles: PartialFiles = /* @__PURE__ */ lazily(() =>
  partialFilesOn(
    // Every part is signed with its hash already. A checksum of its own would have to be kept until the parts are joined.
    new S3Client({ ...objectClientSettings, requestChecksumCalculation: 'WHEN_REQUIRED' }),
    importBucketName(),
  ),
);

/** What a call returns; `undefined` if the upload is over, or its parts are others than were noted. */
const unlessGone = <Result>(call: () => Promise<Result>): Promise<Result | undefined> =>
  withRetry(async () => {
    try {
      return await call();
    } catch (error) {
      if (error instanceof Error && ['NoSuchUpload', 'InvalidPart'].includes(error.name)) return undefined;
      throw error;
    }
  });
