import type { ErasureJob } from './erasure.ts';

/** Erasures whose traces are still to be wiped. */
export interface ErasureQueue {
  /** At once, or after a delay of at most 900 seconds (an AWS SQS limit). */
  send(work: ErasureJob, delaySeconds?: number): Promise<void>;
}
