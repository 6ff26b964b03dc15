import type { Engine } from '../engine/engine.ts';
import { type EngineOptions, startWorkerEngine } from '../engine/worker-engine.ts';

/** Starts the SQS engine; with a data folder its queues and messages survive. */
export const startSqs = (options: EngineOptions): Promise<Engine> =>
  startWorkerEngine(new URL('./sqs-thread.ts', import.meta.url), options);
