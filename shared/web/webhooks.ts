import { createHmac } from 'node:crypto';
import type { Web, WebAnswer, WebLimits } from '#domain/web/ports.ts';
import { WebError } from '#domain/web/web-error.ts';
import type { WebhookAnswer, WebhookCall, Webhooks } from '#domain/workflows/ports.ts';
import { retryAfterSecondsOf } from './retry-after.ts';

/** Who receives a call says in a moment whether it got it; what it says is not read. */
const limits: WebLimits = {
  connectMilliseconds: 3_000,
  answerMilliseconds: 10_000,
  idleMilliseconds: 1_000,
  totalMilliseconds: 15_000,
  maxBytes: 0,
};

/** Calls to other servers, signed by the rules of standardwebhooks.com. A redirect is no receipt. */
export const webhooksOver = (web: Pick<Web, 'send'>): Webhooks => ({
  call: async (call) => {
    try {
      const answer = await web.send({
        link: call.url,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...signatureOf(call) },
        body: call.body,
        limits,
      });
      answer.discard();
      return answerOf(answer);
    } catch (error) {
      if (!(error instanceof WebError)) throw error;
      return { kind: error.isTransient ? 'later' : 'refused', reason: error.message };
    }
  },
});

const signatureOf = ({ deliveryId, sentAt, secrets, body }: WebhookCall): Record<string, string> => {
  const timestamp = String(Math.floor(Date.parse(sentAt) / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${deliveryId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': deliveryId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};

/** What may go away by itself: a request that took too long or came too early, and whatever the receiver is at fault for. */
const isPassing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

const answerOf = ({ status, headers }: WebAnswer): WebhookAnswer => {
  if (status >= 200 && status < 300) return { kind: 'accepted', status };
  const reason = `The receiver answered ${status}`;
  if (!isPassing(status)) return { kind: 'refused', reason, status };
  const retryAfterSeconds = retryAfterSecondsOf(headers);
  return { kind: 'later', reason, status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
};
