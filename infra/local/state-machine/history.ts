import { quotas } from '../quota/quotas.ts';
import type { MachineDefinition } from './definition.ts';

/** What the interpreter tells of an execution. */
interface EventLog {
  readonly type: string;
  readonly state?: { readonly name: string };
}

/**
 * Follows what an execution does and counts it as the history of AWS Step Functions does: entering and leaving a state, and
 * three more for each time that a task is carried out. Resolves to `true` once there are more events than an execution may
 * have, and to `false` when it is over.
 */
export const outgrowsHistory = async (
  events: AsyncIterable<EventLog>,
  { States }: MachineDefinition,
): Promise<boolean> => {
  let count = 1;
  for await (const event of events) {
    const isTask = States[event.state?.name ?? '']?.Type === 'Task';
    count += (isTask ? eventsOfTask : eventsOfState)[event.type] ?? 0;
    if (count > quotas.historyEvents.limit) return true;
  }
  return false;
};

const eventsOfState: Readonly<Record<string, number>> = { StateEntered: 1, StateExited: 1 };

/** A task is scheduled, started and succeeds or fails. */
const eventsOfTask: Readonly<Record<string, number>> = { StateEntered: 4, StateExited: 1, StateRetried: 3 };
