import * as z from 'zod';
import { leftAside, tags } from '../template/property.ts';
import type { ResourceType } from '../template/resource-type.ts';

const schema = z.strictObject({
  BucketName: z.string().optional(),
  LifecycleConfiguration: leftAside('objects stay until their folder is deleted'),
  BucketEncryption: leftAside('data stays on this machine'),
  PublicAccessBlockConfiguration: leftAside('nothing checks permissions'),
  OwnershipControls: leftAside('nothing checks permissions'),
  LoggingConfiguration: leftAside('there is no access log'),
  Tags: tags,
});

/** `AWS::S3::Bucket`, as far as it runs. */
export const bucketType = {
  type: 'AWS::S3::Bucket',
  schema,
  attributes: { Arn: (name) => `arn:aws:s3:::${name}` },
  // A bucket's name has 63 lower-case characters at most.
  nameOf: (stackName, logicalId) =>
    `${stackName}-${logicalId}`
      .toLowerCase()
      .slice(-63)
      .replace(/^[^a-z0-9]+/, ''),
} satisfies ResourceType<typeof schema>;

/** Creates a bucket; one that exists already is kept. */
export const createBucket = async (endpoint: string, name: string): Promise<void> => {
  const response = await fetch(`${endpoint}/${name}`, { method: 'PUT', headers: { 'x-amz-date': '20260101T000000Z' } });
  const answer = await response.text();
  if (!response.ok && response.status !== 409) throw new Error(`The bucket ${name} could not be made: ${answer}`);
};
