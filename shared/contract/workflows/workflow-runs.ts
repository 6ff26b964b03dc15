import * as z from 'zod/mini';
import type { RunProblemCode, WorkflowRun } from '#domain/workflows/workflow-run.ts';
import { runProblems } from '#domain/workflows/workflow-run.ts';

const states = ['running', 'waiting', 'done', 'stopped', 'failed'] as const;
const outcomes = ['waiting', 'retrying', 'done', 'heard', 'timedOut', 'skipped', 'stopped', 'failed'] as const;

/** The parameters that choose runs. */
export const runsQuery = z.object({
  workflowId: z.optional(z.string().check(z.maxLength(50), z.describe('Runs of this workflow'))),
  contactId: z.optional(z.int().check(z.describe('Runs about this contact'))),
  state: z.optional(z.enum(states)),
});

const problem = z.object({
  code: z.enum(Object.keys(runProblems) as [RunProblemCode, ...RunProblemCode[]]),
  message: z.string(),
});

const step = z.object({
  id: z.string(),
  type: z.string(),
  outcome: z.enum(outcomes),
  startedAt: z.iso.datetime(),
  finishedAt: z.optional(z.iso.datetime()),
  until: z.optional(z.iso.datetime().check(z.describe('When it resumes, if it waits or is tried again'))),
  attempts: z.optional(z.int()),
  problem: z.optional(problem),
  result: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});

const head = {
  runId: z.string(),
  workflowId: z.string(),
  workflowVersion: z.int(),
  state: z.enum(states).check(z.describe('`stopped`: it ended early without a fault')),
  contactId: z.optional(z.int()),
  eventTypeKey: z.string(),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  finishedAt: z.optional(z.iso.datetime()),
  problem: z.optional(problem.check(z.describe('Why it was stopped or failed'))),
};

/** A run in a list. */
export const runHeadResponse = z.object(head).check(z.meta({ id: 'WorkflowRunHead' }));

/** A run with its steps, in the order in which they were met. */
export const runResponse = z
  .object({
    ...head,
    event: z.object({
      eventId: z.string(),
      keyValue: z.optional(z.string()),
      params: z.record(z.string(), z.unknown()),
      occurredAt: z.iso.datetime(),
    }),
    steps: z.array(step),
  })
  .check(z.meta({ id: 'WorkflowRun' }));

/** A run as a list shows it. */
export const runHead = (run: WorkflowRun): z.output<typeof runHeadResponse> =>
  runHeadResponse.parse({ ...run, eventTypeKey: run.event.eventTypeKey });

/** A run as our own routes show it. */
export const runBody = (run: WorkflowRun): z.output<typeof runResponse> =>
  runResponse.parse({ ...run, eventTypeKey: run.event.eventTypeKey });
