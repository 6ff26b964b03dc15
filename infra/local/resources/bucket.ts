import * as z from 'zod';
import { leftAside, tags } from './property.ts';

/** `AWS::S3::Bucket`, as far as it runs. */
export const bucketSchema = z.strictObject({
  BucketName: z.string().optional(),
  LifecycleConfiguration: leftAside('objects stay until their folder is deleted'),
  BucketEncryption: leftAside('data stays on this machine'),
  PublicAccessBlockConfiguration: leftAside('nothing checks permissions'),
  OwnershipControls: leftAside('nothing checks permissions'),
  LoggingConfiguration: leftAside('there is no access log'),
  Tags: tags,
});

/** Creates a bucket; one that exists already is kept. */
export const createBucket = async (endpoint: string, name: string): Promise<void> => {
  const response = await fetch(`${endpoint}/${name}`, { method: 'PUT', headers: { 'x-amz-date': '20260101T000000Z' } });
  const answer = await response.text();
  if (!response.ok && response.status !== 409) throw new Error(`The bucket ${name} could not be made: ${answer}`);
};
