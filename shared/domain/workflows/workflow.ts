/** A length of time, as the sum of its members; months and years have no fixed length and are none of them. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/**
 * How often events of one key launch a workflow: each of them, the first one only, or one in such a time (contract
 * 4.16).
 */
export type Uniqueness = 'each' | 'once' | { readonly oncePer: Duration };

/** Where a run goes from a step: to the next one, to a later one by its id, or to its end. */
export type Turn = 'continue' | 'end' | { readonly goTo: string };

/** How one custom field of a contact changes; `+` and `-` are for numbers and stay within what the field can hold. */
export interface FieldChange {
  readonly id: number;
  readonly operation: '=' | '+' | '-';
  /** With `${name}` where parameters of the event go, like every text of a step. */
  readonly value: string;
}

/** What a step does, by its type. */
export type StepTask =
  | { readonly type: 'createContact'; readonly json?: string }
  | { readonly type: 'updateContact'; readonly json?: string }
  | { readonly type: 'updateFields'; readonly fields: readonly FieldChange[] }
  | { readonly type: 'confirmContact'; readonly segment?: string }
  | { readonly type: 'addToSegment'; readonly segment: string }
  | { readonly type: 'removeFromSegment'; readonly segment: string }
  | ({ readonly type: 'sendEmail' } & EmailTask)
  | { readonly type: 'sendSms'; readonly to?: string; readonly from?: string; readonly text: string }
  | { readonly type: 'callWebhook'; readonly url: string }
  | { readonly type: 'wait'; readonly for: Duration }
  | {
      readonly type: 'waitForEvent';
      readonly eventTypeKey: string;
      readonly timeout: Duration;
      readonly onEvent: Turn;
      readonly onTimeout: Turn;
    }
  | { readonly type: 'condition'; readonly check: 'contactConfirmed'; readonly onTrue: Turn; readonly onFalse: Turn };

/** An e-mail of a workflow: its own texts, or a stored message by its id. */
export interface EmailTask {
  /** The address; the contact of the run if absent. */
  readonly to?: string;
  readonly fromName?: string;
  readonly messageId?: number;
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
  /** Whether it goes to addresses that are unconfirmed or unsubscribed, too (contract 6). */
  readonly obligatory: boolean;
}

/** One step of a workflow; its id is unique within the workflow. */
export type WorkflowStep = { readonly id: string } & StepTask;

/** What a workflow does when: everything of which a change makes another version. */
export interface WorkflowDefinition {
  readonly name: string;
  readonly eventTypeKey: string;
  readonly uniqueness: Uniqueness;
  readonly steps: readonly WorkflowStep[];
}

/** A stored workflow as it is now. Times are ISO 8601 in UTC. */
export interface Workflow extends WorkflowDefinition {
  readonly id: string;
  readonly isEnabled: boolean;
  /** Which secret its webhooks are signed with; they are signed with the one before, too. */
  readonly webhookSecretNumber: number;
  /** Grows by one with each change of the definition; a run keeps to the version that it was launched with. */
  readonly version: number;
  /** Grows by one with each write; the condition of every update. */
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is needed of a workflow to find the events that are about it. */
export interface WorkflowBinding extends Omit<Workflow, 'steps'> {
  /** The `eventTypeId` of every event that any version of it has waited for. */
  readonly awaits: readonly string[];
  /** How long a run of this version may take, in seconds. */
  readonly longestSeconds: number;
}

/** A length of time in seconds. */
export const secondsOf = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Duration): number =>
  ((days * 24 + hours) * 60 + minutes) * 60 + seconds;

/**
 * One text for one event type: the types of the system and of subscriptions are the same in any case of their letters
 * (contract 8.5), a caller's own are not.
 */
export const eventTypeId = (eventTypeKey: string): string =>
  /^(sys|subscribe(update)?fromapi)/i.test(eventTypeKey) ? eventTypeKey.toLowerCase() : eventTypeKey;

/** The event types that a run may wait for. */
export const awaitedTypes = (steps: readonly WorkflowStep[]): string[] => [
  ...new Set(steps.flatMap((step) => (step.type === 'waitForEvent' ? eventTypeId(step.eventTypeKey) : []))),
];

/** The sum of everything that a run may wait for, in seconds. */
export const longestSeconds = (steps: readonly WorkflowStep[]): number =>
  steps.reduce((sum, step) => {
    if (step.type === 'wait') return sum + secondsOf(step.for);
    return step.type === 'waitForEvent' ? sum + secondsOf(step.timeout) : sum;
  }, 0);

/** The index of the step that a turn leads to from another one; the number of steps at the end. */
export const stepAfter = (steps: readonly WorkflowStep[], index: number, turn: Turn): number => {
  if (turn === 'continue') return index + 1;
  if (turn === 'end') return steps.length;
  const target = steps.findIndex(({ id }) => id === turn.goTo);
  return target > index ? target : steps.length;
};
