import { readContactLine } from '#contract/contacts/contact-json.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import type { Workflow, WorkflowStep } from '#domain/workflows/workflow.ts';
import { memorySigner } from '#test/support/memory/memory-confirmations.ts';
import { emptyMemory, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { awaitEvent } from '#usecases/workflows/await-event.ts';
import { type Launched, launchWorkflows } from '#usecases/workflows/launch-workflows.ts';
import { type RunMove, runWorkflow, type Waiting } from '#usecases/workflows/run-workflow.ts';

/** The time at which these tests begin. */
export const noon = '2026-01-05T12:00:00.000Z';

/** Everything that workflows keep in memory, and a clock that only the test moves on. */
export const emptyWorkflowMemory = () => ({ ...emptyMemory(), clock: { now: noon } });

export type WorkflowMemory = ReturnType<typeof emptyWorkflowMemory>;

/** Everything that workflows need, in memory. */
export const workflowPorts = ({
  step = async () => {},
  memory = emptyWorkflowMemory(),
}: {
  step?: Step;
  memory?: WorkflowMemory;
} = {}) => {
  const ports = memoryPorts({ step, memory });
  return { ...ports, ...workflowGlue, bindings: ports.workflows.bindings, memory, now: () => memory.clock.now };
};

/** What workflows need beside what is kept in memory. */
export const workflowGlue = {
  signer: memorySigner(),
  linkDays: 7,
  confirmationLinkOf: (token: string) => `https://shop.example/confirm?${token}`,
  readContactLine: (value: unknown, isKnown: boolean) => readContactLine(value, { isKnown }),
  runRetentionDays: 30,
};

export type WorkflowTestPorts = ReturnType<typeof workflowPorts>;

/** A whole stored workflow, with whatever the test is about. */
export const workflowOf = (about: Partial<Workflow> = {}): Workflow => ({
  id: 'welcome',
  name: 'Welcome',
  eventTypeKey: 'joined',
  uniqueness: 'each',
  steps: [{ id: 'mark', type: 'addToSegment', segment: 'Welcomed' }],
  isEnabled: true,
  webhookSecretNumber: 1,
  version: 1,
  revision: 1,
  createdAt: noon,
  updatedAt: noon,
  ...about,
});

/** A whole event about contact 7, with whatever the test is about. */
export const eventOf = (about: Partial<ContactEvent> = {}): ContactEvent => ({
  eventId: 'event-1',
  eventTypeKey: 'joined',
  keyValue: '7',
  contactId: 7,
  params: { ContactId: 7, EmailAddress: 'john@example.com' },
  occurredAt: noon,
  ...about,
});

/** An event that names nobody by a contact id, and whatever its parameters say. */
export const strangersEvent = (params: ContactEvent['params'], about: Partial<ContactEvent> = {}): ContactEvent => {
  const { contactId: _, ...event } = eventOf({ keyValue: 'jane@example.com', ...about, params });
  return event;
};

/** Stores a workflow of these steps. */
export const storeWorkflow = async (
  { workflows }: Pick<WorkflowTestPorts, 'workflows'>,
  steps: readonly WorkflowStep[],
  about: Partial<Workflow> = {},
): Promise<void> => {
  await workflows.save(workflowOf({ steps, ...about }), 0);
};

/** Delivers an event to the launcher. */
export const deliver = (ports: WorkflowTestPorts, event: ContactEvent): Promise<Launched> =>
  launchWorkflows(ports, event);

/** What a state machine does with a run until it ends or waits for an event: it waits by moving the clock on. */
export const carryOn = async (
  ports: WorkflowTestPorts,
  runId: string,
  waited?: Waiting,
): Promise<Extract<RunMove, { kind: 'end' | 'fail' | 'awaitEvent' }>> => {
  for (let over = waited; ; ) {
    const move = await runWorkflow(ports, runId, over);
    over = undefined;
    if (move.kind === 'wait') {
      ports.memory.clock.now = move.until > ports.now() ? move.until : ports.now();
      over = move;
    } else if (move.kind !== 'goOn') {
      if (move.kind === 'awaitEvent') await awaitEvent(ports, { runId, stepId: move.stepId, token: tokenOf(move) });
      return move as Extract<RunMove, { kind: 'end' | 'fail' | 'awaitEvent' }>;
    }
  }
};

/** The token by which a run that waits is woken here. */
export const tokenOf = ({ stepId }: Waiting): string => `token of ${stepId}`;

/** Delivers an event, carries its one run on, and returns the run as it is then. */
export const play = async (ports: WorkflowTestPorts, event: ContactEvent = eventOf()) => {
  const [runId = ''] = (await deliver(ports, event)).runIds;
  await carryOn(ports, runId);
  return ports.memory.runs.get(runId);
};
