import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Engine } from './engine.ts';

/** What an engine's thread is given. */
export interface EngineOptions {
  /** The folder of its data; absent: none. */
  readonly dataDir: string | undefined;
}

/** Engines are some hundred files each, and loading them is most of a start. */
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/rollcall-engines', import.meta.url));

/** An engine in a thread, which can be told things and tells things. */
export interface WorkerEngine extends Engine {
  tell(message: object): void;
  hear(listener: (message: unknown) => void): void;
}

/** Starts an engine in a thread of its own, so that the gateway and the engine use both cores. */
export const startWorkerEngine = async (script: URL, options: EngineOptions): Promise<WorkerEngine> => {
  const worker = new Worker(script, { workerData: options, execArgv: [], env: { NODE_COMPILE_CACHE: compiled } });
  const exited = once(worker, 'exit');
  const [port] = await Promise.race([
    once(worker, 'message'),
    exited.then(() => Promise.reject(new Error(`${script} ended`))),
  ]);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    tell: (message) => worker.postMessage(message),
    hear: (listener) => worker.on('message', listener),
    stop: async () => {
      worker.postMessage('stop');
      await exited;
    },
  };
};

/** An engine as its thread sees it. */
export interface ThreadEngine {
  readonly port: number;
  stop(): Promise<unknown>;
  /** Takes what the engine is told. */
  hear?(message: unknown): void;
}

/** The other side of `startWorkerEngine`: starts the engine in this thread and ends it on request. */
export const serveEngine = async (start: (options: EngineOptions) => Promise<ThreadEngine>): Promise<void> => {
  const engine = await start(workerData);
  parentPort?.on('message', async (message: unknown) => {
    if (message !== 'stop') return engine.hear?.(message);
    await engine.stop();
    process.exit(0);
  });
  parentPort?.postMessage(engine.port);
};
