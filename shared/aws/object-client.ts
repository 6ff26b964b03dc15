import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings, once } from './connect.ts';

/** The S3 client of this process; objects take longer than items. */
export const objectClient = once(
  () =>
    new S3Client({
      ...clientSettings,
      requestHandler: { ...clientSettings.requestHandler, requestTimeout: 30_000 },
    }),
);
