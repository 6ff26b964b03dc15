import type { Queue } from '../queue.ts';
import type { ErasureJob } from './erasure.ts';

/** Erasures whose traces are still to be wiped. */
export type ErasureQueue = Queue<ErasureJob>;
