import type { Ambient } from '#domain/ambient.ts';
import type { AwaitedEvents } from '#domain/workflows/ports.ts';
import type { StepAtWork, StepOf, StepResult } from '#domain/workflows/step-result.ts';
import { eventTypeId, secondsOf } from '#domain/workflows/workflow.ts';
import { runProblem } from '#domain/workflows/workflow-run.ts';

export interface WaitInRunPorts extends Pick<Ambient, 'now'> {
  readonly awaitedEvents: Pick<AwaitedEvents, 'take'>;
}

/** The time so many seconds after an ISO 8601 time. */
export const secondsAfter = (time: string, seconds: number): string =>
  new Date(Date.parse(time) + seconds * 1000).toISOString();

/** Waits for a while, counted from when the step was first met. */
export const waitInRun = (
  { now }: Pick<Ambient, 'now'>,
  { step, record, isDue }: StepAtWork<StepOf<'wait'>>,
): StepResult => {
  if (isDue) return { kind: 'done' };
  return { kind: 'wait', until: record?.until ?? secondsAfter(now(), secondsOf(step.for)) };
};

/**
 * Waits for an event about the same contact, from the launch of the run on: one that came before the step was met counts,
 * unless a step before this one has taken it. It wins over the timeout.
 */
export const waitForEventInRun = async (
  { awaitedEvents, now }: WaitInRunPorts,
  { run: { runId, contactId }, step, record, isDue }: StepAtWork<StepOf<'waitForEvent'>>,
): Promise<StepResult> => {
  if (contactId === undefined) {
    return { kind: 'done', outcome: 'skipped', turn: step.onTimeout, problem: runProblem('NO_CONTACT') };
  }
  const expectation = { runId, contactId, eventType: eventTypeId(step.eventTypeKey) };
  const eventId = await awaitedEvents.take(expectation, step.id);
  if (eventId !== undefined) return { kind: 'done', outcome: 'heard', turn: step.onEvent, result: { eventId } };
  if (isDue) return { kind: 'done', outcome: 'timedOut', turn: step.onTimeout };
  return { kind: 'await', until: record?.until ?? secondsAfter(now(), secondsOf(step.timeout)) };
};
