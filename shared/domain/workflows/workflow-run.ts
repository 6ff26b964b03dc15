import type { MessageParams } from '../messages/message.ts';
import type { WorkflowStep } from './workflow.ts';

/**
 * `running` and `waiting` runs are under way. `stopped`: it ended before its last step without anyone being at
 * fault; `failed`: a step could not be done.
 */
export type RunState = 'running' | 'waiting' | 'done' | 'stopped' | 'failed';

/** Why a run ended early or a step was left out, by code; `docs/errors.md` has a line for each. */
export const runProblems = {
  INVALID_CONTACT_JSON: 'The JSON about the contact has invalid values, so nothing of it was written',
  NO_CONTACT: 'The event is about no known contact',
  NO_IDENTIFIER: 'The event has nothing that a contact could be found or created by',
  CONTACT_ERASED: 'The contact was erased',
  CONTACT_NOT_SAVED: 'The contact cannot be saved like this',
  UNKNOWN_FIELD: 'The custom field does not exist',
  FIELD_NOT_NUMERIC: 'The custom field holds no number, so nothing can be added to it',
  INVALID_VALUE: 'The value does not suit its custom field',
  CATEGORY_LEFT: 'The person has left the subscription category, so the contact is not added to its segment',
  SEGMENT_NOT_STATIC: 'The segment is not static, so no contact can be added or removed',
  UNKNOWN_MESSAGE: 'There is no stored message with this id',
  MESSAGE_REFUSED: 'The message must not or cannot go to this contact',
  INVALID_ADDRESS: 'The address is not one that a message can go to',
  WEBHOOK_REFUSED: 'The receiver refused the call',
  WEBHOOK_UNREACHABLE: 'The receiver did not accept the call in any of the attempts',
  WORKFLOW_DELETED: 'The workflow was deleted',
  STEP_CRASHED: 'The function that runs steps failed on this one',
} as const;

export type RunProblemCode = keyof typeof runProblems;

/** A problem of a run, without a word of what the event said: it is kept for people to read. */
export interface RunProblem {
  readonly code: RunProblemCode;
  readonly message: string;
}

/** The problem of a code, with what it was about. */
export const runProblem = (code: RunProblemCode, about?: string): RunProblem => ({
  code,
  message: about === undefined ? runProblems[code] : `${runProblems[code]}: ${about}`,
});

/** How far one step has come. */
export type StepOutcome = 'waiting' | 'retrying' | 'done' | 'heard' | 'timedOut' | 'skipped' | 'stopped' | 'failed';

/** One step of a run as it was met: in the order of the steps, and without those that were passed over. */
export interface StepRecord {
  readonly id: string;
  readonly type: WorkflowStep['type'];
  readonly outcome: StepOutcome;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** When it resumes, for a step that waits or is tried again. */
  readonly until?: string;
  /** How often it was tried, for a step that may be tried again. */
  readonly attempts?: number;
  readonly problem?: RunProblem;
  /** What it came to: the id of a contact, of a message, of an event, or the status of an answer. */
  readonly result?: Readonly<Record<string, string | number | boolean>>;
}

/** The event that launched a run. */
export interface LaunchEvent {
  readonly eventId: string;
  readonly eventTypeKey: string;
  /** Absent once the contact was erased. */
  readonly keyValue?: string;
  readonly params: MessageParams;
  readonly occurredAt: string;
}

/** One run of a workflow. Times are ISO 8601 in UTC. */
export interface WorkflowRun {
  /** Made of the workflow's id and the event's, so that an event that comes twice is one run. */
  readonly runId: string;
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly state: RunState;
  readonly event: LaunchEvent;
  /** Its contact; absent while it is unknown. */
  readonly contactId?: number;
  /** The step that is next, counted from 0. */
  readonly cursor: number;
  readonly steps: readonly StepRecord[];
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt?: string;
  /** Why it was stopped or failed. */
  readonly problem?: RunProblem;
  /** Grows by one with each write; the condition of every update. */
  readonly revision: number;
  /** When everything about it is forgotten. */
  readonly expiresAt: string;
}

/** Whether a run is over. */
export const isOver = ({ state }: Pick<WorkflowRun, 'state'>): boolean => state !== 'running' && state !== 'waiting';
