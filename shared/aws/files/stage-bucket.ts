import { DeleteObjectsCommand, GetBucketTaggingCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { emptiedWithStack } from '#names/bucket.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { objectClient } from '../clients/object-client.ts';
import { withRetry } from '../clients/retry.ts';

/** A whole bucket. */
export const stageBucketOn = (client: S3Client, Bucket: string) => ({
  /** Whether its objects are to go with its stack. */
  goesWithStack: async (): Promise<boolean> => {
    const tags = await withRetry(() => tagsOf(client, Bucket));
    return tags.some(({ Key }) => Key === emptiedWithStack);
  },

  /** Deletes every object of it, up to 1,000 at a time. Throws if one cannot be deleted. */
  empty: async (): Promise<void> => {
    for (;;) {
      const { Contents = [] } = await withRetry(() => client.send(new ListObjectsV2Command({ Bucket })));
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : { Key }));
      if (Objects.length === 0) return;
      const deleted = await withRetry(() =>
        client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } })),
      );
      const [failure] = deleted.Errors ?? [];
      if (failure) throw new Error(`An object could not be deleted: ${failure.Code}`);
    }
  },
});

const importBucketName = /* @__PURE__ */ variable('importBucketName');

/** The bucket of this stage. */
export const stageBucket = /* @__PURE__ */ lazily(() => stageBucketOn(objectClient(), importBucketName()));

const tagsOf = async (client: S3Client, Bucket: string) => {
  try {
    return (await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet ?? [];
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchTagSet') return [];
    throw error;
  }
};
