import { existsSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { guardOf } from '../permission/guard.ts';
import { guardRequests } from '../permission/guard-requests.ts';
import { withTrace } from '../queue/trace-attribute.ts';
import { captureOutput } from './capture-output.ts';
import type { FunctionError, Invoke, WorkerMessage, WorkerSetup } from './messages.ts';

/* Runs in a function's worker thread, in the place of the Lambda runtime. */

type Handler = (event: unknown, context: object) => unknown;

const port = parentPort;
if (!port) throw new Error('This module runs in a worker thread only');
const say = (message: WorkerMessage) => port.postMessage(message);

const load = async ({ folder, handler }: WorkerSetup): Promise<Handler> => {
  const dot = handler.lastIndexOf('.');
  const base = join(folder, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => base + extension).find((path) => existsSync(path));
  if (!file) throw Object.assign(new Error(`Cannot find module '${base}'`), { name: 'Runtime.ImportModuleError' });
  const loaded: Record<string, unknown> = await import(pathToFileURL(file).href);
  const name = handler.slice(dot + 1);
  const found = loaded[name];
  if (typeof found !== 'function') {
    throw Object.assign(new Error(`${handler} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
  }
  return (event, context) => found(event, context);
};

const contextOf = ({ requestId, deadline, functionName, functionArn, memoryMiB }: Invoke) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: functionArn,
  memoryLimitInMB: String(memoryMiB),
  awsRequestId: requestId,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

const errorOf = (thrown: unknown): FunctionError => {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
};

/** Has code compiled once: the first sandbox of a function keeps what it compiled, which is a third of the others' start. */
const shareCompiled = (folder: string | undefined): (() => void) => {
  let isKept = folder === undefined || existsSync(folder);
  if (folder !== undefined) enableCompileCache(folder);
  return () => {
    if (!isKept) flushCompileCache();
    isKept = true;
  };
};

const serve = (handler: Handler, afterwards: () => void) =>
  port.on('message', async (invoke: Invoke) => {
    const { requestId, event, trace } = invoke;
    process.env._X_AMZN_TRACE_ID = trace;
    try {
      const result = await handler(JSON.parse(event), contextOf(invoke));
      say({ kind: 'result', requestId, result: JSON.stringify(result) ?? 'null' });
    } catch (thrown) {
      say({ kind: 'error', requestId, error: errorOf(thrown) });
    }
    afterwards();
  });

const setup: WorkerSetup = workerData;
captureOutput(setup.logLevel, (lines) => say({ kind: 'log', lines }));
const guard = guardOf(setup.guard, {
  used: (positions) => say({ kind: 'used', positions }),
  denied: (denial) => say({ kind: 'denied', denial }),
});
guardRequests(guard, setup.services, { sqs: withTrace });
const keepCompiled = shareCompiled(setup.compiled);
try {
  serve(await load(setup), keepCompiled);
  say({ kind: 'ready' });
} catch (thrown) {
  say({ kind: 'error', requestId: undefined, error: errorOf(thrown) });
}
