import type { Ambient } from '#domain/ambient.ts';
import { paramsFor } from '#domain/events/event-params.ts';
import { fillText } from '#domain/messages/render-message.ts';
import type { Signer } from '#domain/subscriptions/ports.ts';
import type { Webhooks } from '#domain/workflows/ports.ts';
import type { StepAtWork, StepOf, StepResult } from '#domain/workflows/step-result.ts';
import { secondsToNextAttempt, webhookBody } from '#domain/workflows/webhook.ts';
import { runProblem } from '#domain/workflows/workflow-run.ts';
import { derivedId } from '#identity/derived-id.ts';
import { secondsAfter } from './wait-in-run.ts';
import { webhookSecretsOf } from './webhook-secrets-of.ts';

export interface CallRunWebhookPorts extends Pick<Ambient, 'now'> {
  readonly webhooks: Webhooks;
  readonly signer: Pick<Signer, 'sign'>;
}

/**
 * Calls another server about a run, signed; a delivery has one id however often it is tried. A fault that may pass is
 * tried again for a day: servers that fail, that ask to slow down or that cannot be reached. A refusal fails at once.
 */
export const callRunWebhook = async (
  ports: CallRunWebhookPorts,
  { run, step, record, token, webhookSecretNumber }: StepAtWork<StepOf<'callWebhook'>>,
): Promise<StepResult> => {
  const attempts = (record?.attempts ?? 0) + 1;
  const answer = await ports.webhooks.call({
    url: fillText(step.url, paramsFor(run.event.params, [step.url]), encodeURIComponent),
    deliveryId: derivedId(token),
    sentAt: ports.now(),
    secrets: await webhookSecretsOf(ports, { id: run.workflowId, webhookSecretNumber }),
    body: webhookBody(run, step.id),
  });
  if (answer.kind === 'accepted') return { kind: 'done', attempts, result: { status: answer.status } };
  if (answer.kind === 'refused')
    return { kind: 'fail', problem: runProblem('WEBHOOK_REFUSED', answer.reason), attempts };
  const problem = runProblem('WEBHOOK_UNREACHABLE', answer.reason);
  const seconds = secondsToNextAttempt(attempts, answer.retryAfterSeconds);
  if (seconds === undefined) return { kind: 'fail', problem, attempts };
  return { kind: 'retry', until: secondsAfter(ports.now(), seconds), problem, attempts };
};
