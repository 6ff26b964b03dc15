import { RollcallError } from '#domain/error.ts';
import type { EventTypeStore } from '#domain/events/ports.ts';

/**
 * Removes the definition of a type of event, whose events may then have any parameters.
 * @throws RollcallError NOT_FOUND if it is not defined.
 */
export const removeEventType = async (
  { eventTypes }: { readonly eventTypes: Pick<EventTypeStore, 'remove'> },
  key: string,
): Promise<void> => {
  if (!(await eventTypes.remove(key))) throw new RollcallError('NOT_FOUND', `Event type '${key}' not found`);
};
