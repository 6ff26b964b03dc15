import type { Queue } from '#domain/queue.ts';
import { itemByItem, type Step } from './step.ts';

/** A queue that keeps what was sent; each job is a step, whose name says what it is about. */
export const memoryQueue = <Job>(sent: Job[], step: Step, nameOf: (job: Job) => string): Queue<Job> => ({
  send: async (jobs) => {
    await itemByItem(
      jobs,
      (job) => step(nameOf(job)),
      (job) => sent.push(job),
    );
  },
});

/** A queue that keeps what was sent, and by how much it was delayed. */
export const memoryDelayQueue = <Job extends object>(
  sent: (Job & { delaySeconds: number })[],
  step: Step,
  name: string,
): Queue<Job> => ({
  send: async (jobs, delaySeconds = 0) => {
    await itemByItem(
      jobs,
      () => step(name),
      (job) => sent.push({ ...job, delaySeconds }),
    );
  },
});
