import * as z from 'zod';

/** A call of SendEmail, as far as its events need it. */
export const sentMailSchema = z.object({
  ConfigurationSetName: z.string().default(''),
  FromEmailAddress: z.string().default(''),
  Destination: z.object({ ToAddresses: z.array(z.string()).default([]) }).default({ ToAddresses: [] }),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});

/** An e-mail that the engine took. */
export interface SentMail extends z.infer<typeof sentMailSchema> {
  readonly messageId: string;
  /** ISO 8601 in UTC. */
  readonly sentAt: string;
}

/** What Amazon SES puts on the default bus. */
export interface MailEvent {
  /** As CloudFormation calls the type, e.g. `delivery`. */
  readonly eventType: string;
  readonly detailType: string;
  readonly detail: object;
}

/**
 * What Amazon SES would say of an e-mail: that it was sent and delivered; or what it says of the addresses of its mailbox
 * simulator, `bounce@`, `complaint@` and `suppressionlist@simulator.amazonses.com`, with or without a label.
 */
export const eventsOf = (mail: SentMail): MailEvent[] =>
  mail.Destination.ToAddresses.flatMap((address) => [
    eventOf(mail, 'send', {}),
    ...outcomeOf(address).map(([type, about]) => eventOf(mail, type, about(address, mail.sentAt))),
  ]);

type About = (emailAddress: string, timestamp: string) => object;

const delivered: readonly [string, About] = [
  'delivery',
  (emailAddress, timestamp) => ({ timestamp, recipients: [emailAddress], processingTimeMillis: 1 }),
];

const bounced = (bounceSubType: string): readonly [string, About] => [
  'bounce',
  (emailAddress, timestamp) => ({
    bounceType: 'Permanent',
    bounceSubType,
    bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1' }],
    timestamp,
    feedbackId: timestamp,
  }),
];

const complained: readonly [string, About] = [
  'complaint',
  (emailAddress, timestamp) => ({
    complainedRecipients: [{ emailAddress }],
    timestamp,
    feedbackId: timestamp,
    complaintSubType: null,
    complaintFeedbackType: 'abuse',
  }),
];

const outcomeOf = (address: string): readonly (readonly [string, About])[] => {
  const [, name] = /^(\w+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  if (name === 'bounce') return [bounced('General')];
  if (name === 'suppressionlist') return [bounced('Suppressed')];
  return name === 'complaint' ? [delivered, complained] : [delivered];
};

const detailTypes: Readonly<Record<string, string>> = {
  send: 'Email Sent',
  delivery: 'Email Delivered',
  bounce: 'Email Bounced',
  complaint: 'Email Complaint Received',
};

const eventOf = (mail: SentMail, eventType: string, about: object): MailEvent => ({
  eventType,
  detailType: detailTypes[eventType] ?? eventType,
  detail: {
    eventType: `${eventType.charAt(0).toUpperCase()}${eventType.slice(1)}`,
    mail: {
      timestamp: mail.sentAt,
      source: mail.FromEmailAddress,
      messageId: mail.messageId,
      destination: mail.Destination.ToAddresses,
      tags: {
        'ses:configuration-set': [mail.ConfigurationSetName],
        ...Object.fromEntries(mail.EmailTags.map(({ Name, Value }) => [Name, [Value]])),
      },
    },
    [eventType]: about,
  },
});
