import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings, once } from './connect.ts';

/** How clients of the bucket talk to it: objects take longer than items. */
export const objectClientSettings = {
  ...clientSettings,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 30_000 },
};

/** The one S3 client of a function that signs nothing for others. */
export const objectClient = once(() => new S3Client(objectClientSettings));
