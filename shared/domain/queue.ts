/** A queue of jobs of one kind: one function works on each of them at least once, in no order. */
export interface Queue<Job> {
  /** Resolves once every job is stored. It waits for a delay of at most 900 seconds (an AWS SQS limit), or not at all. */
  send(jobs: readonly Job[], delaySeconds?: number): Promise<void>;
}
