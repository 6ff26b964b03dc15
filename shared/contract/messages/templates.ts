import * as z from 'zod/mini';
import type { MessageTemplate, TemplateDraft } from '#domain/messages/message-template.ts';
import { parse } from '../parse.ts';
import { emailContent, messageLimits, type SenderRule, smsContent } from './message-content.ts';

const channel = z.enum(['email', 'sms']);

/** Words that people find a stored message by. */
export const messageTags = z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))).check(z.maxLength(50));

/** The body that makes or replaces a stored message. */
export const templateRequest = z
  .object({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100), z.describe('For people')),
    channel,
    from: z.optional(
      z.string().check(z.describe('`Name <address>` of an e-mail, or what an SMS is from; the stage’s own if absent')),
    ),
    subject: z.optional(z.string().check(z.maxLength(messageLimits.subjectLength), z.describe('Of an e-mail'))),
    html: z.optional(z.string().check(z.describe('Of an e-mail; parameters are escaped in it'))),
    text: z.optional(z.string().check(z.describe('Of an SMS, or the plain text of an e-mail'))),
    tags: z.optional(messageTags.check(z.describe('Those that it has if absent'))),
  })
  .check(
    z.meta({
      id: 'StoredMessageRequest',
      examples: [
        {
          name: 'Order confirmation',
          channel: 'email',
          from: 'Shop <owner@example.com>',
          subject: 'Your order ${order.number}',
          html: '<p>Thank you, ${name}.</p>',
          text: 'Thank you, ${name}.',
        },
      ],
    }),
  );

const templateHead = {
  id: z.int().check(z.describe('What it is sent by')),
  name: z.string(),
  channel,
  tags: z.optional(z.array(z.string())),
  version: z.int().check(z.describe('Grows by one with each change')),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** A stored message in lists. */
export const templateHeadResponse = z.object(templateHead).check(z.meta({ id: 'StoredMessageHead' }));

/** A stored message on our own routes. */
export const templateResponse = z
  .object({
    ...templateHead,
    from: z.optional(z.string()),
    replyTo: z.optional(
      z.string().check(z.describe('Who is answered, if the stage does not send from the address that was asked for')),
    ),
    subject: z.optional(z.string()),
    html: z.optional(z.string()),
    text: z.optional(z.string()),
  })
  .check(z.meta({ id: 'StoredMessage' }));

/**
 * Reads a stored message.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseTemplate = (body: unknown, rule: SenderRule): TemplateDraft => {
  const { name, tags, ...parts } = parse(templateRequest, body);
  return {
    name,
    ...(tags && { tags }),
    content: parts.channel === 'email' ? emailContent(parts, rule) : smsContent(parts, rule),
  };
};

/** A stored message as our own routes show it. */
export const templateBody = ({ content, ...head }: MessageTemplate): z.output<typeof templateResponse> => {
  const { from, ...parts } = content;
  const sender = typeof from === 'object' ? senderText(from) : from;
  const replyTo = typeof from === 'object' ? from.replyTo : undefined;
  const tags = head.tags && [...head.tags];
  return templateResponse.parse({
    ...head,
    ...parts,
    ...(tags && { tags }),
    ...(sender && { from: sender }),
    ...(replyTo && { replyTo }),
  });
};

/** A sender as messages name it. */
export const senderText = ({ name = '', address }: { readonly name?: string; readonly address?: string }): string =>
  address === undefined ? name : `${name} <${address}>`.trim();
