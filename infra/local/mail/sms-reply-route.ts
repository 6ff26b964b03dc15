import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { routes } from '#names/routes.ts';
import { gatewayMessage } from '../api/gateway-answer.ts';
import type { LocalRoute } from '../api/local-routes.ts';
import type { Permissions } from '../permission/permissions.ts';
import type { SmsEngine } from '../sms/sms-engine.ts';
import type { TopicQueuePlan } from '../sms/topic-subscription.ts';
import { location } from '../template/location.ts';
import { mailboxPath } from './mailbox-page.ts';

/** What an answer to an SMS needs to arrive. */
export interface SmsReplyPorts {
  readonly sms: Pick<SmsEngine, 'hear'>;
  readonly topicQueues: readonly TopicQueuePlan[];
  readonly sendToQueue: (queueArn: string, bodies: readonly string[]) => Promise<void>;
  readonly mayPass: Permissions['allows'];
}

const reply = z.strictObject({
  from: z.string().regex(/^\+?\d{5,15}$/, 'a phone number'),
  text: z.string().min(1).max(1600),
  twoWay: z.boolean().default(true),
});

/**
 * `POST /admin/v1/mailbox/replies` with `{"from":"+380…","text":"STOP"}`: what a person answers to an SMS. Without `twoWay`
 * AWS alone hears it, as from a number that names no topic.
 */
export const smsReplyRoute = ({ sms, topicQueues, sendToQueue, mayPass }: SmsReplyPorts): LocalRoute => ({
  method: 'POST',
  path: `${mailboxPath}/replies`,
  guard: routes.listFields.paths[0],
  answer: async ({ body }) => {
    const read = reply.safeParse(jsonOf(body));
    if (!read.success) return gatewayMessage(400, z.prettifyError(read.error));
    const { from, text, twoWay } = read.data;
    const originationNumber = `+${from.replace('+', '')}`;
    sms.hear(originationNumber, text);
    for (const queue of twoWay ? topicQueues : []) {
      const context = { 'aws:SourceArn': [queue.topicArn], 'aws:SourceAccount': [location.accountId] };
      if (!mayPass(queue.rights, { action: 'sqs:SendMessage', resource: queue.queueArn, context })) continue;
      await sendToQueue(queue.queueArn, [notification(queue.topicArn, { originationNumber, text })]);
    }
    return { status: 202, headers: { 'content-type': 'application/json' }, body: '{}' };
  },
});

const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** An SMS as AWS End User Messaging publishes it, in the envelope of Amazon SNS. */
const notification = (
  TopicArn: string,
  { originationNumber, text }: { readonly originationNumber: string; readonly text: string },
): string => {
  const message = {
    originationNumber,
    destinationNumber: '+10000000000',
    messageKeyword: text.split(' ')[0],
    messageBody: text,
    inboundMessageId: randomUUID(),
    previousPublishedMessageId: randomUUID(),
  };
  return JSON.stringify({
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn,
    Message: JSON.stringify(message),
    Timestamp: new Date().toISOString(),
  });
};
