import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { UploadSession } from '#domain/files/ports.ts';
import { bundleFunctions } from '#infra/bundles.ts';
import { splitHeap } from '#infra/constructs/file-splits.ts';
import { type BenchStack, withStack } from './bench-stack.ts';
import { writeContactFile } from './contact-file.ts';
import type { Figure } from './figure.ts';
import type { Progress } from './progress.ts';

const run = promisify(execFile);

/** The last line of a file may pass what was asked for by as much, and a file above the limit is refused. */
const longestLine = 1024;

/** MB of 1,048,576 bytes. */
const bound = { most: 256 };

/** Works on one message and prints the most memory that its process ever had, in kilobytes, and the seconds it took. */
const worker = `
const { readFileSync } = await import('node:fs');
const { handler } = await import(process.argv[1]);
const startedAt = performance.now();
const event = { Records: [{ messageId: 'only', body: process.argv[2], attributes: { ApproximateReceiveCount: '1' } }] };
const answer = await handler(event, { getRemainingTimeInMillis: () => 3_600_000 });
if (answer.batchItemFailures.length > 0) throw new Error('The file could not be cut');
// Not resourceUsage: Linux counts the peak of the parent process, too.
const [, kilobytes] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
console.log(JSON.stringify({ kilobytes: Number(kilobytes), seconds: (performance.now() - startedAt) / 1000 }));
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
    const rows = await writeContactFile(path, { bytes: megabytes * 1_048_576 - longestLine });
    bundleFunctions(['split-upload'], folder);
    const { kilobytes, seconds } = await withStack({}, async (stack) => {
      const { environment } = stack;
      const message = await storeFile(stack, path);
      progress.step(`Cutting ${rows.toLocaleString('en')} rows into chunks`);
      const script = ['--input-type=module', '--eval', worker, join(folder, 'split-upload', 'index.mjs'), message];
      const { stdout } = await run(process.execPath, script, { env: { ...environment, NODE_OPTIONS: splitHeap } });
      const lastLine = stdout.trim().split('\n').at(-1) ?? '';
      const session = await stack.imports.find(JSON.parse(message).sessionId);
      if (session?.total !== rows) throw new Error(`Of ${rows} rows ${session?.total} were cut: ${session?.fileError}`);
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

/**
 * Puts a file into the function's bucket, with a session that is only tried, so that no other function works beside it.
 */
const storeFile = async ({ offerFile, imports }: BenchStack, path: string): Promise<string> => {
  const sessionId = await offerFile(path);
  await imports.createUpload(sessionOf(sessionId));
  return JSON.stringify({ sessionId, file: { key: `uploads/${sessionId}/file`, size: (await stat(path)).size } });
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
