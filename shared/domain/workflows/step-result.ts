import type { Turn, WorkflowDefinition, WorkflowStep } from './workflow.ts';
import type { RunProblem, StepRecord, WorkflowRun } from './workflow-run.ts';

/** One step of a run at work. */
export interface StepAtWork<Step extends WorkflowStep = WorkflowStep> {
  readonly run: WorkflowRun;
  readonly definition: WorkflowDefinition;
  readonly step: Step;
  /** How far it came before; absent the first time. */
  readonly record: StepRecord | undefined;
  /** Whether its waiting is over: its time has come, or the event that it waited for. */
  readonly isDue: boolean;
  /** The same for each repeat of this step of this run, and for nothing else. */
  readonly token: string;
  /** That of the workflow as it is now, whatever the version of the run. */
  readonly webhookSecretNumber: number;
}

/** A step by its type. */
export type StepOf<Type extends WorkflowStep['type']> = Extract<WorkflowStep, { type: Type }>;

/** What a step came to. */
export type StepResult =
  | {
      readonly kind: 'done';
      readonly outcome?: 'done' | 'heard' | 'timedOut' | 'skipped';
      /** Where the run continues; at the next step if absent. */
      readonly turn?: Turn;
      /** Whom the run is about from now on. */
      readonly contactId?: number;
      readonly problem?: RunProblem;
      readonly attempts?: number;
      readonly result?: StepRecord['result'];
    }
  /** It resumes at that time. */
  | { readonly kind: 'wait'; readonly until: string }
  /** It resumes when the event comes, or at that time. */
  | { readonly kind: 'await'; readonly until: string }
  /** It is tried again at that time. */
  | { readonly kind: 'retry'; readonly until: string; readonly problem: RunProblem; readonly attempts: number }
  /** The run ends here, without a fault. */
  | { readonly kind: 'stop'; readonly problem: RunProblem; readonly contactId?: number }
  /** The step cannot be done. */
  | { readonly kind: 'fail'; readonly problem: RunProblem; readonly attempts?: number };

/** A step that was left out, for a reason that ends nothing. */
export const skipped = (problem: RunProblem): StepResult => ({ kind: 'done', outcome: 'skipped', problem });
