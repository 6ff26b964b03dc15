import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { importStore } from '#aws/import-store.ts';
import type { UploadSession } from '#domain/upload-ports.ts';
import { bundleFunctions } from '#infra/bundles.ts';
import { environmentNames } from '#names/environment.ts';
import { withStack } from './bench-stack.ts';
import { writeContactFile } from './contact-file.ts';
import type { Figure } from './figure.ts';
import type { Progress } from './progress.ts';

const run = promisify(execFile);

/** MB of 1,048,576 bytes. */
const bound = { most: 256 };

/** Works on one message and prints the most memory that its process ever had, in kilobytes, and the seconds it took. */
const worker = `
const { handler } = await import(process.argv[1]);
const startedAt = performance.now();
const event = { Records: [{ messageId: 'only', body: process.argv[2], attributes: { ApproximateReceiveCount: '1' } }] };
const answer = await handler(event, { getRemainingTimeInMillis: () => 3_600_000 });
if (answer.batchItemFailures.length > 0) throw new Error('The file could not be cut');
console.log(JSON.stringify({ kilobytes: process.resourceUsage().maxRSS, seconds: (performance.now() - startedAt) / 1000 }));
`;

/**
 * Cuts a file by the bundled function in a process of its own, against engines that run beside it, and takes the most
 * memory that it ever had resident.
 */
export const measureSplit = async (megabytes: number, progress: Progress): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    progress.step(`Writing a file of ${megabytes} MB`);
    const path = join(folder, 'contacts.csv');
    const rows = await writeContactFile(path, { bytes: megabytes * 1_048_576 });
    bundleFunctions(['split-upload'], folder);
    const { kilobytes, seconds } = await withStack({}, async ({ environment }) => {
      const message = await storeFile(environment, path);
      progress.step(`Cutting ${rows.toLocaleString('en')} rows into chunks`);
      const script = ['--input-type=module', '--eval', worker, join(folder, 'split-upload', 'index.mjs'), message];
      const { stdout } = await run(process.execPath, script, { env: { PATH: process.env.PATH, ...environment } });
      const lastLine = stdout.trim().split('\n').at(-1) ?? '';
      return JSON.parse(lastLine) as { kilobytes: number; seconds: number };
    });
    return [
      {
        what: `split-upload of a file of ${megabytes} MB, resident memory at most`,
        value: kilobytes / 1024,
        unit: 'MB',
        bound,
        detail: `${(rows / seconds).toFixed(0)} rows/s, ${(megabytes / seconds).toFixed(1)} MB/s`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Puts a file where the function finds it, with a session that is only tried, so that nobody works beside it. */
const storeFile = async (environment: Readonly<Record<string, string>>, path: string): Promise<string> => {
  const settings = {
    region: environment.AWS_REGION ?? '',
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  };
  const s3 = new S3Client({ ...settings, endpoint: environment.AWS_ENDPOINT_URL_S3 ?? '' });
  const dynamodb = new DynamoDBClient({ ...settings, endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  const session = sessionOf(randomUUID());
  const key = `uploads/${session.sessionId}/file`;
  const { size } = await stat(path);
  await s3.send(
    new PutObjectCommand({
      Bucket: environment[environmentNames.importBucketName],
      Key: key,
      Body: createReadStream(path),
      ContentLength: size,
    }),
  );
  const tableName = environment[environmentNames.tableName] ?? '';
  await importStore(dynamodb, tableName, { retentionDays: 1 }).createUpload(session);
  s3.destroy();
  dynamodb.destroy();
  return JSON.stringify({ sessionId: session.sessionId, file: { key, size } });
};

const sessionOf = (sessionId: string): UploadSession => ({
  sessionId,
  settings: {
    dedupeOn: 'email',
    customFieldsIDs: [],
    groupNames: [],
    groupNamesExclude: [],
    restoreDeleted: false,
  },
  state: 'STARTED',
  total: 0,
  chunkCount: 0,
  createdAt: new Date().toISOString(),
  upload: { fileName: 'contacts.csv' },
  dryRun: true,
});
