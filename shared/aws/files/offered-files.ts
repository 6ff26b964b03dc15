import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { OfferedFiles } from '#domain/files/offered-upload.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { objectClientSettings } from '../clients/object-client.ts';
import { withRetry } from '../clients/retry.ts';

/** Files that callers send to the import bucket by a presigned PUT. */
export const offeredFilesOn = (client: S3Client, Bucket: string): OfferedFiles => ({
  requestFor: async ({ uploadId, size, sha256, createdAt, expiresAt }) => {
    const put = new PutObjectCommand({
      Bucket,
      Key: keyOf(uploadId),
      ContentLength: size,
      ChecksumSHA256: sha256,
      IfNoneMatch: '*',
    });
    const url = await getSignedUrl(client, put, {
      expiresIn: (Date.parse(expiresAt) - Date.parse(createdAt)) / 1000,
      signableHeaders: new Set(['host', 'content-length', 'if-none-match', checksumHeader]),
      unhoistableHeaders: new Set([checksumHeader]),
    });
    return { url, headers: { [checksumHeader]: sha256, 'If-None-Match': '*' } };
  },

  look: async ({ uploadId, size, sha256 }) => {
    const object = { Bucket, Key: keyOf(uploadId) };
    const found = await withRetry(() => unlessMissing(() => head(client, object)));
    if (!found) return 'missing';
    if (found.size !== size) return 'other';
    return (found.sha256 ?? (await hashOf(client, object))) === sha256 ? { key: object.Key, size } : 'other';
  },
});

const importBucketName = /* @__PURE__ */ variable('importBucketName');

/** The files that callers send to this stage. */
export const offeredFiles: OfferedFiles = /* @__PURE__ */ lazily(() =>
  offeredFilesOn(
    // Only the checksum that the caller named is signed.
    new S3Client({ ...objectClientSettings, requestChecksumCalculation: 'WHEN_REQUIRED' }),
    importBucketName(),
  ),
);

const checksumHeader = 'x-amz-checksum-sha256';

const keyOf = (uploadId: string): string => `uploads/${uploadId}/file`;

interface ObjectAt {
  readonly Bucket: string;
  readonly Key: string;
}

const head = async (client: S3Client, object: ObjectAt) => {
  const { ContentLength, ChecksumSHA256 } = await client.send(
    new HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }),
  );
  return { size: ContentLength, sha256: ChecksumSHA256 };
};

/** S3 checked the file as it came and remembers its hash; an engine that does neither has it read. */
const hashOf = (client: S3Client, object: ObjectAt): Promise<string> =>
  withRetry(async () => {
    const { Body } = await client.send(new GetObjectCommand(object));
    const hash = createHash('sha256');
    for await (const piece of Body as AsyncIterable<Uint8Array>) hash.update(piece);
    return hash.digest('base64');
  });

/** A role without the right to list a bucket is answered 403 for an object that is not there. */
const unlessMissing = async <Result>(call: () => Promise<Result>): Promise<Result | undefined> => {
  try {
    return await call();
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404 || status === 403) return undefined;
    throw error;
  }
};
