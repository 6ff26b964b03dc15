import type { Engine } from '../engine/engine.ts';
import { startWorkerEngine } from '../engine/worker-engine.ts';

/** Starts the SES engine, which takes messages and delivers none; they are gone when it stops. */
export const startSes = (): Promise<Engine> =>
  startWorkerEngine(new URL('./ses-thread.ts', import.meta.url), { dataDir: undefined });
