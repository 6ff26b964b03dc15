import type { WorkflowRun } from './workflow-run.ts';

/** The number of a workflow's first secret. */
export const firstSecretNumber = 1;

/** What the signing key of a stage signs to make a secret of a workflow's webhooks, by its number. */
export const webhookSecretText = (workflowId: string, number: number): string =>
  number === firstSecretNumber ? `webhook ${workflowId}` : `webhook ${workflowId} ${number}`;

/**
 * The numbers of the secrets that webhooks are signed with: the current one and the one before, so that receivers may change
 * to it at a time of their own.
 */
export const signingNumbers = (current: number): readonly number[] =>
  current === firstSecretNumber ? [current] : [current, current - 1];

/** The secret of a workflow's webhooks as standardwebhooks.com spells it, made of that signature. */
export const webhookSecret = (signature: string): string =>
  `whsec_${signature.replaceAll('-', '+').replaceAll('_', '/').padEnd(44, '=')}`;

/** The body of a workflow's call, the same for every attempt: the event that launched the run, and whom it is about. */
export const webhookBody = (
  { runId, workflowId, workflowVersion, event, contactId }: WorkflowRun,
  stepId: string,
): string =>
  JSON.stringify({
    type: event.eventTypeKey,
    timestamp: event.occurredAt,
    data: {
      workflowId,
      workflowVersion,
      runId,
      stepId,
      ...(contactId !== undefined && { contactId }),
      eventId: event.eventId,
      keyValue: event.keyValue,
      params: event.params,
    },
  });

/** Seconds between the attempts of one call: nine within a day. */
const pausesSeconds = [10, 60, 300, 900, 3_600, 10_800, 21_600, 43_200];

const longestPauseSeconds = 86_400;

/** When a call that failed for the time being is tried again; `undefined` if it was tried often enough. */
export const secondsToNextAttempt = (attempts: number, retryAfterSeconds = 0): number | undefined => {
  const pause = pausesSeconds[attempts - 1];
  return pause === undefined ? undefined : Math.min(Math.max(pause, retryAfterSeconds), longestPauseSeconds);
};

/** The longest that all attempts of one call may take, in days. */
export const longestCallDays = pausesSeconds.length;
