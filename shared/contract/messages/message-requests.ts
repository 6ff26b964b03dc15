import * as z from 'zod/mini';
import { messageLimits } from './message-content.ts';
import { maxRecipients, smartRecipient } from './recipients.ts';

const locators = z.array(z.string()).check(z.minLength(1), z.maxLength(maxRecipients));
/** What is no text in a list of recipients costs itself, not the request. */
const anyRecipients = z.array(z.unknown()).check(z.minLength(1), z.maxLength(maxRecipients));
const text = z.string();
const groupId = z.int().check(z.positive(), z.describe('A segment, whose contacts get the message in the background'));

/** The body of `POST /api/v1/message/email` (contract 4.17). */
export const emailRequest = z
  .object({
    from: z.optional(text.check(z.describe('`Name <address>`; the address is one that the stage sends from'))),
    subject: text.check(z.maxLength(messageLimits.subjectLength)),
    htmlText: z.optional(text),
    plainText: z.optional(text),
    emails: locators,
    skipPersonalisation: z.optional(z.boolean().check(z.describe('Whether `${name}` stays as it is'))),
  })
  .check(
    z.meta({
      id: 'EmailMessage',
      examples: [
        {
          from: 'Shop <owner@example.com>',
          subject: 'Your order',
          htmlText: '<p>Thank you, ${contact.firstName}.</p>',
          plainText: 'Thank you, ${contact.firstName}.',
          emails: ['mail@example.com'],
        },
      ],
    }),
  );

/** The same as it is read: recipients one by one. */
export const emailReading = z.object({ ...emailRequest.shape, emails: anyRecipients });

/** The body of `POST /api/v1/message/sms` (contract 4.17). */
export const smsRequest = z
  .object({
    from: z.optional(text.check(z.describe('A number or a name that the stage sends from'))),
    text: text.check(z.maxLength(messageLimits.smsLength)),
    phoneNumbers: z.optional(locators),
    groupId: z.optional(groupId),
  })
  .check(z.meta({ id: 'SmsMessage', examples: [{ text: 'Your code is 1234', phoneNumbers: ['380942583691'] }] }));

/** The same as it is read: recipients one by one. */
export const smsReading = z.object({ ...smsRequest.shape, phoneNumbers: z.optional(anyRecipients) });

/** The body of `POST /api/v1/message/{id}/send` (contract 4.17). */
export const sendRequest = z
  .object({
    params: z.optional(z.array(z.object({ key: z.string(), value: z.optional(z.string()) }))),
    recipients: z.optional(locators),
    contactId: z.optional(z.int()),
    groupId: z.optional(groupId),
    fromName: z.optional(text),
    allowUnconfirmed: z.optional(z.boolean()),
  })
  .check(
    z.meta({
      id: 'SendMessage',
      examples: [{ params: [{ key: 'name', value: 'John' }], recipients: ['mail@example.com'] }],
    }),
  );

/** The same as it is read: recipients one by one. */
export const sendReading = z.object({ ...sendRequest.shape, recipients: z.optional(anyRecipients) });

/** The body of `POST /api/v1/message/{id}/smartsend` (contract 4.17). */
export const smartSendRequest = z
  .object({
    recipients: z.array(smartRecipient).check(z.minLength(1), z.maxLength(maxRecipients)),
    fromName: z.optional(text),
    allowUnconfirmed: z.optional(z.boolean()),
  })
  .check(
    z.meta({
      id: 'SmartSend',
      examples: [{ recipients: [{ locator: 'mail@example.com', jsonParam: '{"name":"John"}' }] }],
    }),
  );

/** The same as it is read: recipients one by one. */
export const smartSendReading = z.object({ ...smartSendRequest.shape, recipients: anyRecipients });
