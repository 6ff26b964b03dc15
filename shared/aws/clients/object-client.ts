import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings, once } from './connect.ts';

/** How clients of the bucket talk to it: objects take longer than items. */
export const objectClientSettings = {
  ...clientSettings,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 30_000 },
};

/** The one S3 client of a function that signs nothing for others. */
export const objectClient = once(() => new S3Client(objectClientSettings));

/**
 * Whether a call failed because there is no such object; a role without the right to list a bucket gets AccessDenied
 * instead.
 */
export const isNoSuchKey = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof Error && ['NoSuchKey', 'AccessDenied'].includes(error.cause.name);
