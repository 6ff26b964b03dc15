import type { Engine } from '../engine/engine.ts';
import { type EngineOptions, startWorkerEngine } from '../engine/worker-engine.ts';

/** Starts the S3 engine; with a data folder its buckets and objects survive. */
export const startS3 = (options: EngineOptions): Promise<Engine> =>
  startWorkerEngine(new URL('./s3-thread.ts', import.meta.url), options);
