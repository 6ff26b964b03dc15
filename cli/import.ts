import { setTimeout as pause } from 'node:timers/promises';
import { type ApiClient, apiClient } from './api-client.ts';
import { connectToStage } from './connect-to-stage.ts';
import {
  type ControlRequest,
  type ImportRequest,
  readImportArguments,
  type Target,
  usage,
} from './import-arguments.ts';
import { barOn, type ImportProgress, importLine, sendingLine } from './import-bar.ts';
import { controlImport } from './import-control.ts';
import { type FollowedImport, followImport, startImport } from './import-run.ts';
import { summaryOf, warningCountOf } from './import-summary.ts';
import { interruptionsOn, noInterruptions, type Terminal } from './interruptions.ts';
import { UsageError } from './key-arguments.ts';
import { saveRows } from './save-rows.ts';
import { sendFile } from './send-file.ts';

/*
 * `npm run import`: imports a file. Exits with 1 where a row or all of it failed, or has a warning and `--strict` was said, and
 * with 2 where nobody understood.
 */

/** Runs an import to its end, and returns whether all went well. */
const run = async (request: ImportRequest): Promise<boolean> => {
  const client = apiClient(await urlOf(request.target), request.key, pause);
  const bar = barOn(process.stderr);
  let interruptions = noInterruptions;
  try {
    const uploadId = await sendFile(client, request.file, (sent, size) => bar.show(sendingLine(sent, size)));
    const sessionId = await startImport(client, uploadId, request.settings);
    bar.end();
    // On a line of its own: it continues if this command stops.
    console.error(`Import ${sessionId} is queued`);
    if (process.stdin.isTTY && process.stderr.isTTY) interruptions = interruptionsOn(ownTerminal);
    const tell = (progress: ImportProgress) => bar.show(importLine(progress));
    const done = await followImport(client, sessionId, { tell, interruptions });
    bar.end();
    if (!isEnded(done)) return printLeft(done);
    console.log(summaryOf(done));
    printWarned(client, done);
    await printFailed(client, done, request.failedFile);
    const isStrict = request.isStrict && warningCountOf(done) > 0;
    if (isStrict) console.error('Warnings count as failures, as --strict was said');
    return done.state === 'FINISHED' && done.failed === 0 && !isStrict;
  } finally {
    bar.end();
    interruptions.end();
  }
};

const ownTerminal: Terminal = {
  input: process.stdin,
  output: process.stderr,
  onInterrupt: (heard) => {
    process.on('SIGINT', heard);
    return () => process.off('SIGINT', heard);
  },
};

const isEnded = ({ state }: FollowedImport): boolean =>
  state !== 'STARTED' && state !== 'IMPORTING' && state !== 'PAUSED';

/** It is paused, or goes on without this command: both are as they were asked for. */
const printLeft = ({ sessionId, state }: FollowedImport): boolean => {
  const how = state === 'PAUSED' ? `is paused; npm run import -- resume ${sessionId}` : 'goes on';
  console.log(`Import ${sessionId} ${how}`);
  return true;
};

/** Pauses, resumes, cancels or undoes an import. */
const control = async (request: ControlRequest): Promise<boolean> => {
  console.log(await controlImport(apiClient(await urlOf(request.target), request.key, pause), request));
  return true;
};

const urlOf = async (target: Target): Promise<string> => ('url' in target ? target.url : connectToStage(target));

const printFailed = async (client: ApiClient, { sessionId, failed }: FollowedImport, file: string | undefined) => {
  if (failed === 0) return;
  const path = `/admin/v1/imports/${sessionId}/rows.csv?outcome=failed`;
  if (file === undefined) console.log(`\nThe rows that failed: ${client.url}${path}\nor again with --failed <file>`);
  else console.log(`\nSaved ${await saveRows(client, path, file)} rows that failed in ${file}`);
};

const printWarned = (client: ApiClient, { sessionId, columnWarnings }: FollowedImport): void => {
  if (columnWarnings.length === 0) return;
  console.log(`\nThe rows with warnings: ${client.url}/admin/v1/imports/${sessionId}/rows.csv?outcome=warned`);
};

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'ENOENT' && 'path' in error
    ? `There is no file ${error.path}`
    : error.message;
};

try {
  const request = readImportArguments(process.argv.slice(2), process.env);
  if (request === 'help') console.log(usage);
  else if (!(await ('command' in request ? control(request) : run(request)))) process.exitCode = 1;
} catch (error) {
  console.error(explain(error));
  if (error instanceof UsageError) console.error(`\n${usage}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
