import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { withRetry } from '../clients/retry.ts';
import { ndjson } from './ndjson.ts';

/** An object of a bucket. */
export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

/** Writers who were faster, after which a change of an object is given up for now. */
const maxAttempts = 20;

/**
 * Changes an object on the condition that no other writer changed it meanwhile, and starts again if one did. Nothing is
 * written if `change` leaves it as it is.
 */
export const changeObject = async (
  client: S3Client,
  { bucket, key }: ObjectName,
  change: (bytes: Buffer) => Buffer | undefined,
): Promise<void> => {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { bytes, tag } = await withRetry(() => readObject(client, { bucket, key }));
    const changed = change(bytes);
    if (!changed) return;
    const put = new PutObjectCommand({ Bucket: bucket, Key: key, Body: changed, ContentType: ndjson, IfMatch: tag });
    if (await withRetry(() => isAccepted(client.send(put)))) return;
  }
  throw new Error('An object was changed by others again and again');
};

/** The keys of all objects that begin so. */
export const listObjects = async (client: S3Client, bucket: string, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await withRetry(() =>
      client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(ContinuationToken && { ContinuationToken }) }),
      ),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return keys;
};

const readObject = async (client: S3Client, { bucket, key }: ObjectName) => {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), tag: ETag };
};

/** Whether the condition of a write held: S3 answers 412 if the object is another one, and 409 if one is coming. */
const isAccepted = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 412 || $metadata?.httpStatusCode === 409) return false;
    throw error;
  }
};
