import type { ContactStore } from '#domain/contacts/ports.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { AwaitedEvents, WorkflowExecutions } from '#domain/workflows/ports.ts';
import { eventTypeId, type WorkflowBinding } from '#domain/workflows/workflow.ts';
import { type LaunchRunPorts, launchRun } from './launch-run.ts';

export interface LaunchWorkflowsPorts extends LaunchRunPorts {
  /** Every workflow, as it is when the first event of a batch asks. */
  readonly bindings: () => Promise<readonly WorkflowBinding[]>;
  readonly awaitedEvents: LaunchRunPorts['awaitedEvents'] & Pick<AwaitedEvents, 'hear'>;
  readonly executions: WorkflowExecutions;
  readonly contacts: Pick<ContactStore, 'readContacts'>;
}

/** What became of one event: the runs that it launched, and how many it woke. */
export interface Launched {
  readonly runIds: readonly string[];
  readonly woken: number;
  /** Workflows that it would have launched, had they not been launched often enough for its key. */
  readonly heldBack: readonly string[];
}

/**
 * Tells an event to the runs that wait for it, and launches every enabled workflow that is bound to its type. An event
 * that comes again launches nothing new.
 */
export const launchWorkflows = async (ports: LaunchWorkflowsPorts, event: ContactEvent): Promise<Launched> => {
  const eventType = eventTypeId(event.eventTypeKey);
  if (isForged(event)) return { runIds: [], woken: 0, heldBack: [] };
  const bindings = await ports.bindings();
  const woken = bindings.some(({ awaits }) => awaits.includes(eventType)) ? await wake(ports, event, eventType) : 0;
  const bound = bindings.filter((one) => one.isEnabled && eventTypeId(one.eventTypeKey) === eventType);
  const runIds: string[] = [];
  const heldBack: string[] = [];
  for (const binding of bound) {
    const launched = await launchRun(ports, binding, event);
    if (launched.kind === 'launched') runIds.push(launched.runId);
    if (launched.kind === 'held back') heldBack.push(binding.id);
  }
  return { runIds, woken, heldBack };
};

/** A caller cannot say for Rollcall that an address was confirmed, or anything else that its own types say. */
const isForged = ({ origin, eventTypeKey }: ContactEvent): boolean =>
  origin !== undefined && /^sys/i.test(eventTypeKey);

const wake = async (
  { awaitedEvents, executions }: LaunchWorkflowsPorts,
  { eventId, contactId, occurredAt }: ContactEvent,
  eventType: string,
): Promise<number> => {
  if (contactId === undefined) return 0;
  const tokens = await awaitedEvents.hear({ eventId, contactId, eventType, occurredAt });
  await Promise.all(tokens.map((token) => executions.wake(token)));
  return tokens.length;
};
