import type { ContactWrite } from '../contacts/ports.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Workflow, WorkflowBinding, WorkflowDefinition } from './workflow.ts';
import type { RunState, WorkflowRun } from './workflow-run.ts';

/*
 * What workflows need from outside, beside the ports of `ports.ts` and by their rules: what is thrown is transient or a
 * bug, a lost condition comes back as `false`, and times are ISO 8601 in UTC.
 */

/** A version of a workflow, whether the workflow was deleted since, and which secret it has now. */
export interface WorkflowVersion extends Pick<Workflow, 'webhookSecretNumber'> {
  readonly definition: WorkflowDefinition;
  readonly isDeleted: boolean;
}

/** Stored workflows. Reads are consistent: what is written now counts for every event that comes later. */
export interface WorkflowStore {
  /** All of them, ascending by id. */
  bindings(): Promise<WorkflowBinding[]>;
  find(id: string): Promise<Workflow | undefined>;
  /** What a version says, and how the workflow is now; `undefined` if there never was such a version. */
  findVersion(id: string, version: number): Promise<WorkflowVersion | undefined>;
  /** The last version of an id, also of a deleted workflow; 0 if there was none. */
  lastVersion(id: string): Promise<{ readonly version: number; readonly revision: number }>;
  /** Writes a workflow, if its last revision is still this one (0: there was none); whether it was. */
  save(workflow: Workflow, expectedRevision: number): Promise<boolean>;
  /** Removes a workflow, if it is still as it was read; whether it was. Its versions stay for their runs. */
  remove(workflow: Workflow): Promise<boolean>;
}

/** Which runs a list is about. */
export interface RunFilter {
  readonly workflowId?: string;
  readonly contactId?: number;
  readonly state?: RunState;
}

/** Runs of workflows, for the days that the settings say. */
export interface WorkflowRuns {
  /** Keeps a new run; returns the one that has the id already, if any. */
  begin(run: WorkflowRun): Promise<WorkflowRun>;
  /**
   * Puts a run into the lists, and has it found by its contact; or by the fingerprints of whom it may be about, as long
   * as that contact is unknown. Repeating it is harmless.
   */
  file(run: WorkflowRun, fingerprints?: readonly string[]): Promise<void>;
  /** By a consistent read. */
  find(runId: string): Promise<WorkflowRun | undefined>;
  /** Writes how far a run has come, if it is still as it was read; whether it was. What its event said stays. */
  note(run: WorkflowRun, expectedRevision: number): Promise<boolean>;
  /** Newest first. */
  list(filter: RunFilter, page: PageRequest): Promise<Page<WorkflowRun>>;
  /** Stops the runs about a contact and forgets what their events said, by consistent reads. */
  forget(contactId: number): Promise<void>;
  /** The same for runs about unknown contacts, by fingerprints, of those that began until then. */
  forgetUnknown(fingerprints: readonly string[], until: string): Promise<void>;
}

/** An event of one key that may launch a workflow. */
export interface LaunchClaim {
  readonly workflowId: string;
  readonly runId: string;
  readonly keyValue: string;
  /** Whom the event is about; the claim is forgotten with them. */
  readonly contactId?: number;
  readonly occurredAt: string;
}

/** Which keys have launched which workflows. A claim of the same run again is granted again. */
export interface WorkflowLaunches {
  /** Whether this is the first launch by its key, or the first after `since`; until `expiresAt`, or for good. */
  claim(launch: LaunchClaim, within?: { readonly since: string; readonly expiresAt: string }): Promise<boolean>;
  /** Whether this is among the first `most` launches by its contact, or by its key if it has none, in its hour. */
  count(launch: LaunchClaim, most: number): Promise<boolean>;
}

/** An event type that a run waits for, or will. */
export interface Expectation {
  readonly runId: string;
  readonly contactId: number;
  /** An `eventTypeId`. */
  readonly eventType: string;
}

/** An event that a run may wait for. */
export interface HeardEvent {
  readonly eventId: string;
  readonly contactId: number;
  /** An `eventTypeId`. */
  readonly eventType: string;
  readonly occurredAt: string;
}

/**
 * The events that runs wait for, one item for each run and type, on which both sides meet: the second one sees the
 * first, so that no event is lost between looking for it and waiting for it.
 */
export interface AwaitedEvents {
  /** From now on, events that occur from `since` on are heard for this run, but for the one that launched it. */
  expect(
    expectation: Expectation,
    about: { readonly since: string; readonly launchedBy: string; readonly expiresAt: string },
  ): Promise<void>;
  /** Notes an event for every run that expects it, and returns the tokens of those that wait for it now. */
  hear(event: HeardEvent): Promise<string[]>;
  /** Notes by which token the run is to be woken; whether an event was heard already. */
  await(expectation: Expectation, token: string): Promise<boolean>;
  /** Takes the event that was heard for a step; each event is taken by one step only, and by that one again. */
  take(expectation: Expectation, stepId: string): Promise<string | undefined>;
  /** No run waits any more. */
  dismiss(expectations: readonly Expectation[]): Promise<void>;
}

/** Writes to contacts that must not be done twice, such as sums, each noted together with what it writes. */
export interface OnceWrites {
  /**
   * Replaces a contact whose identities stay, unless this step has done so before; `lost`: another writer was faster.
   */
  replace(
    write: ContactWrite,
    step: { readonly runId: string; readonly stepId: string; readonly expiresAt: string },
  ): Promise<'written' | 'written before' | 'lost'>;
}

/** What carries runs on: it waits for them and repeats what failed. */
export interface WorkflowExecutions {
  /**
   * Continues a run from where it is; it is the same execution however often it is started, but for one that is to take
   * the place of those before it, by its number.
   */
  start(runId: string, replacement?: number): Promise<void>;
  /** Wakes the run that waits by a token; nothing happens if none does any more. */
  wake(token: string): Promise<void>;
}

/** What is sent to another server, and what it is signed with: each of the secrets. */
export interface WebhookCall {
  readonly url: string;
  /** The same for every attempt of one delivery. */
  readonly deliveryId: string;
  readonly sentAt: string;
  readonly secrets: readonly string[];
  readonly body: string;
}

/** How a call ended; `retryAfterSeconds` is what the receiver asked for. */
export type WebhookAnswer =
  | { readonly kind: 'accepted'; readonly status: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly status?: number }
  | { readonly kind: 'later'; readonly reason: string; readonly status?: number; readonly retryAfterSeconds?: number };

/** Calls another server, by the rules of standardwebhooks.com. */
export interface Webhooks {
  call(call: WebhookCall): Promise<WebhookAnswer>;
}
