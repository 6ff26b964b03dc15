import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';

/** How often an attempt may lose to other writers before its whole request does. */
const maxRounds = 30;

/**
 * Repeats an attempt that reads and then writes on the condition of what it read, until no other writer was faster;
 * `undefined` says that one was.
 * @throws RollcallError THROTTLED if other writers kept winning; the request can be repeated.
 */
export const retryOnConflict = async <Result>(
  { pause }: Pick<Ambient, 'pause'>,
  attempt: () => Promise<Result | undefined>,
): Promise<Result> => {
  for (let round = 0; round < maxRounds; round++) {
    if (round > 1) await pause(Math.min(10 * 2 ** round, 1000));
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw new RollcallError('THROTTLED', 'Other writers were faster; please try again');
};
