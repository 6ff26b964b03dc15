import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { PastEvents, TimeRange } from '#domain/events/ports.ts';

export interface DeletePastEventsPorts extends Pick<Ambient, 'now'> {
  readonly pastEvents: PastEvents;
  /** Whether this stage lets callers delete past events. */
  readonly deletesPastEvents: boolean;
}

/** Callers wait for 30 s at most, and a function for 15. */
const budgetMilliseconds = 10_000;

/**
 * Deletes the past events of a range of time from the log. What came over the bus stays. Repeating it is harmless.
 * @throws RollcallError FORBIDDEN if the stage does not let callers do so, THROTTLED if there are more than one request
 * can delete: sending it again continues.
 */
export const deletePastEvents = async (ports: DeletePastEventsPorts, range: TimeRange): Promise<void> => {
  if (!ports.deletesPastEvents) {
    throw new RollcallError('FORBIDDEN', 'Past events cannot be deleted: the setting deletePastEvents is off');
  }
  const deadline = Date.parse(ports.now()) + budgetMilliseconds;
  const isDone = await ports.pastEvents.remove(range, () => Date.parse(ports.now()) >= deadline);
  if (!isDone) {
    throw new RollcallError('THROTTLED', 'There are more past events than one request deletes; send it again', 1);
  }
};
