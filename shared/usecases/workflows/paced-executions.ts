import type { Ambient } from '#domain/ambient.ts';
import type { WorkflowExecutions } from '#domain/workflows/ports.ts';

/** How executions are paced. */
export interface Pace extends Pick<Ambient, 'pause'> {
  /** At least so long after the one before; 0: no pace. */
  readonly milliseconds: number;
  /** How long the function may still run, in milliseconds. */
  readonly remainingTime: () => number;
}

/** What a start itself needs once it has its turn. */
const marginMilliseconds = 5_000;

/**
 * Executions that begin and wake one after the other, at a pace: each is at work at once, and in a small account a crowd of
 * them would leave no room for callers.
 * @throws Error if the time of the function ends before their turn: what asked for it has to come again.
 */
export const pacedExecutions = (executions: WorkflowExecutions, pace: Pace): WorkflowExecutions => {
  if (pace.milliseconds === 0) return executions;
  let last = Promise.resolve();
  const turn = async (): Promise<void> => {
    last = last.then(() => (hasTime(pace) ? pace.pause(0, pace.milliseconds) : undefined));
    await last;
    if (!hasTime(pace)) throw new Error('The rest of the batch comes again, as this function has no time left for it');
  };
  return {
    start: async (...about) => {
      await turn();
      await executions.start(...about);
    },
    wake: async (token) => {
      await turn();
      await executions.wake(token);
    },
  };
};

const hasTime = ({ remainingTime }: Pace): boolean => remainingTime() > marginMilliseconds;
