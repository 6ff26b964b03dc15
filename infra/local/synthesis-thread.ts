import { parentPort, workerData } from 'node:worker_threads';
import { settingsOf } from '../settings.ts';
import { synthesize } from '../synthesize.ts';

/* Synthesizes the stack in a thread of its own: the engines start meanwhile, and the memory it took is free afterwards. */

const { outdir, settings } = workerData;
const { directory, stackName, template } = synthesize(settingsOf('local', settings), { outdir, validate: false });
parentPort?.postMessage({ directory, stackName, template });
