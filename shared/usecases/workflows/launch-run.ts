import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { ContactEvent } from '#domain/events/event.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { noteOfWork, runMinutes, type UnfinishedNotes } from '#domain/unfinished.ts';
import type {
  AwaitedEvents,
  LaunchClaim,
  WorkflowExecutions,
  WorkflowLaunches,
  WorkflowRuns,
  WorkflowStore,
} from '#domain/workflows/ports.ts';
import { longestCallDays } from '#domain/workflows/webhook.ts';
import { secondsOf, type WorkflowBinding } from '#domain/workflows/workflow.ts';
import type { WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { derivedId } from '#identity/derived-id.ts';
import { identitiesInEvent } from '#identity/event-identifiers.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import type { JunkRule } from '#identity/junk.ts';
import { followRunContact } from './follow-run-contact.ts';
import { secondsAfter } from './wait-in-run.ts';

export interface LaunchRunPorts extends Pick<Ambient, 'now'> {
  readonly workflows: Pick<WorkflowStore, 'findVersion'>;
  readonly workflowRuns: Pick<WorkflowRuns, 'begin' | 'file' | 'forget'>;
  readonly workflowLaunches: WorkflowLaunches;
  readonly awaitedEvents: Pick<AwaitedEvents, 'expect'>;
  readonly executions: Pick<WorkflowExecutions, 'start'>;
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly unfinished: Pick<UnfinishedNotes, 'note'>;
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
  /** How long a run is kept once it is over. */
  readonly runRetentionDays: number;
}

/** Launches of one workflow by one contact or key within an hour: more are a loop, not a life. */
export const mostLaunchesAnHour = 100;

/** Whether a run was launched; `launched before`: its key has had its turn; `held back`: it was launched too often. */
export type LaunchedRun =
  | { readonly kind: 'launched'; readonly runId: string }
  | { readonly kind: 'launched before' | 'held back' | 'gone' };

/**
 * Launches a workflow for an event, once for each event and as often for its key as the workflow says (contract 4.16).
 * The run is written before it is started, so that the event, if it comes again, completes what a crash left.
 */
export const launchRun = async (
  ports: LaunchRunPorts,
  binding: WorkflowBinding,
  event: ContactEvent,
): Promise<LaunchedRun> => {
  const planned = runOf(ports, binding, event);
  const refusal = await refusalOf(ports, binding, planned);
  if (refusal) return refusal;
  await ports.unfinished.note(
    noteOfWork(
      { kind: 'run', runId: planned.runId },
      { id: planned.runId, now: planned.startedAt, minutes: runMinutes },
    ),
  );
  const run = await ports.workflowRuns.begin(planned);
  // A run that was begun before keeps to its own version.
  const version = await ports.workflows.findVersion(run.workflowId, run.workflowVersion);
  if (!version) return { kind: 'gone' };
  const isUnknown = run.contactId === undefined;
  await followRunContact(
    ports,
    run,
    version.definition,
    isUnknown ? identitiesInEvent(event, ports).map(fingerprint) : [],
  );
  if (await isErased(ports, run)) return { kind: 'gone' };
  await ports.executions.start(run.runId);
  return { kind: 'launched', runId: run.runId };
};

const runOf = (
  ports: LaunchRunPorts,
  { id, version, longestSeconds }: WorkflowBinding,
  event: ContactEvent,
): WorkflowRun => {
  const { eventId, eventTypeKey, keyValue, params, occurredAt, contactId } = event;
  const startedAt = ports.now();
  const hours = longestSeconds / 3_600 + (longestCallDays + ports.runRetentionDays) * 24;
  return {
    runId: derivedId(`${id} ${eventId}`),
    workflowId: id,
    workflowVersion: version,
    state: 'running',
    event: { eventId, eventTypeKey, keyValue, params, occurredAt },
    ...(contactId !== undefined && { contactId }),
    cursor: 0,
    steps: [],
    startedAt,
    updatedAt: startedAt,
    revision: 1,
    expiresAt: hoursAfter(startedAt, hours),
  };
};

const refusalOf = async (
  { workflowLaunches }: LaunchRunPorts,
  { uniqueness }: WorkflowBinding,
  { runId, workflowId, contactId, event }: WorkflowRun,
): Promise<LaunchedRun | undefined> => {
  const { keyValue = '', occurredAt } = event;
  const about = contactId === undefined ? {} : { contactId };
  const claim: LaunchClaim = { workflowId, runId, keyValue, occurredAt, ...about };
  if (uniqueness !== 'each') {
    const within = uniqueness === 'once' ? undefined : periodBefore(occurredAt, secondsOf(uniqueness.oncePer));
    if (!(await workflowLaunches.claim(claim, within))) return { kind: 'launched before' };
  }
  const isCounted = await workflowLaunches.count(claim, mostLaunchesAnHour);
  return isCounted ? undefined : { kind: 'held back' };
};

/** Events are late by minutes, seldom by more: a day is added. */
const periodBefore = (occurredAt: string, seconds: number) => ({
  since: secondsAfter(occurredAt, -seconds),
  expiresAt: secondsAfter(occurredAt, seconds + 86_400),
});

/**
 * A contact that was erased while the event was under way is removed after the run was written: a later erasure finds
 * it.
 */
const isErased = async ({ contacts, workflowRuns }: LaunchRunPorts, { contactId }: WorkflowRun): Promise<boolean> => {
  if (contactId === undefined) return false;
  const [contact] = (await contacts.readContacts([contactId], [])).contacts;
  if (contact?.state !== 'erased') return false;
  await workflowRuns.forget(contactId);
  return true;
};
