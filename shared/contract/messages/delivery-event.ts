import * as z from 'zod/mini';
import type { Delivery } from '#domain/messages/delivery.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { normaliseEmail } from '#identity/email.ts';
import { readSmsReply, smsReply } from './sms-reply.ts';

/** The tag of an e-mail and the member of an SMS's context that name the message. */
const requestIdTag = 'requestId';

const recipients = z.array(z.object({ emailAddress: z.string() }));

const sesEvent = z.object({
  source: z.literal('aws.ses'),
  time: z.string(),
  detail: z.object({
    eventType: z.string(),
    mail: z.object({ tags: z.optional(z.record(z.string(), z.array(z.string()))) }),
    bounce: z.optional(z.object({ bounceType: z.string(), bounceSubType: z.string(), bouncedRecipients: recipients })),
    complaint: z.optional(z.object({ complaintSubType: z.nullish(z.string()), complainedRecipients: recipients })),
  }),
});

const smsEvent = z.object({
  source: z.literal('aws.sms-voice'),
  time: z.string(),
  detail: z.object({
    messageStatus: z.string(),
    context: z.optional(z.record(z.string(), z.string())),
  }),
});

const deliveryEvent = z.union([sesEvent, smsEvent, smsReply]);

/**
 * Reads what Amazon SES or AWS End User Messaging put on the default bus about a message, and what people answer to SMS. A
 * hard bounce and a STOP blacklist the address, a complaint marks it as spam (contract 2.8). What is of no consequence says
 * nothing.
 */
export const parseDelivery = (body: unknown): Delivery => {
  const event = deliveryEvent.parse(body);
  if ('Message' in event) return readSmsReply(event);
  const at = new Date(event.time).toISOString();
  if (event.source === 'aws.sms-voice') {
    const { messageStatus, context } = event.detail;
    return { at, suppress: [], ...named(context?.[requestIdTag]), ...smsStatus(messageStatus) };
  }
  return { at, suppress: [], ...named(event.detail.mail.tags?.[requestIdTag]?.[0]), ...emailStatus(event.detail) };
};

const named = (requestId: string | undefined) => (requestId === undefined ? {} : { requestId });

type Said = Partial<Pick<Delivery, 'status' | 'reason' | 'suppress' | 'report'>>;

/** Amazon SES bounced it by its own list of addresses, and sent nothing. */
const suppressedBySes = 'OnAccountSuppressionList';

const emailStatus = ({ eventType, bounce, complaint }: z.output<typeof sesEvent>['detail']): Said => {
  switch (eventType) {
    case 'Send':
      return { status: 'SENT' };
    case 'Delivery':
      return { status: 'DELIVERED' };
    case 'Reject':
      return { status: 'UNDELIVERED', reason: 'Amazon SES found a virus in it' };
    case 'Bounce': {
      const isHard = bounce?.bounceType === 'Permanent';
      return {
        status: 'UNDELIVERED',
        report: 'bounced',
        reason: `It bounced: ${bounce?.bounceType}, ${bounce?.bounceSubType}`,
        ...(isHard && { suppress: suppressedBy('blacklisted', bounce.bouncedRecipients, 'bounced') }),
      };
    }
    case 'Complaint': {
      const suppress = suppressedBy('spam', complaint?.complainedRecipients ?? []);
      return complaint?.complaintSubType === suppressedBySes
        ? { status: 'UNDELIVERED', reason: 'The address has complained about messages before', suppress }
        : { status: 'SPAM', report: 'complained', suppress };
    }
    default:
      return {};
  }
};

const suppressedBy = (
  reason: Suppression['reason'],
  given: z.output<typeof recipients>,
  cause?: Suppression['cause'],
): Delivery['suppress'] =>
  given.flatMap(({ emailAddress }) => {
    const email = normaliseEmail(/<([^<>]*)>/.exec(emailAddress)?.[1] ?? emailAddress);
    return email === undefined ? [] : [{ address: email, reason, ...(cause && { cause }) }];
  });

const smsStatus = (messageStatus: string): Said => {
  if (messageStatus === 'DELIVERED') return { status: 'DELIVERED' };
  if (underway.has(messageStatus)) return { status: 'SENT' };
  return failed.has(messageStatus) ? { status: 'UNDELIVERED', reason: `The SMS ended as ${messageStatus}` } : {};
};

/** A carrier that accepted an SMS may say nothing more of it. */
const underway: ReadonlySet<string> = new Set(['QUEUED', 'PENDING', 'SENT', 'SUCCESSFUL']);

const failed: ReadonlySet<string> = new Set([
  'BLOCKED',
  'CARRIER_BLOCKED',
  'CARRIER_UNREACHABLE',
  'INVALID',
  'INVALID_MESSAGE',
  'PROTECT_BLOCKED',
  'SPAM',
  'TTL_EXPIRED',
  'UNREACHABLE',
]);
