import * as z from 'zod/mini';
import type { RowsWindow } from '#domain/contacts/contact-search.ts';
import { RollcallError } from '#domain/error.ts';
import type { EmailSender, MessageChannel, MessageContent } from '#domain/messages/message.ts';
import type { MessageTemplate, TemplateDraft, TemplateHead } from '#domain/messages/message-template.ts';
import { contactRowsQuery, windowOf } from '../contacts/search-contacts.ts';
import type { PathParameter } from '../operation.ts';
import { parse } from '../parse.ts';
import { emailContent, messageLimits, type SenderRule, smsContent } from './message-content.ts';
import { messageTags, senderText } from './templates.ts';

const channel = z.enum(['email', 'sms']);

/** The channel of stored messages in a path; 404 for one that Rollcall does not send by. */
export const messageChannel: PathParameter<MessageChannel> = {
  schema: channel,
  read: (text) => {
    const read = channel.safeParse(text);
    if (read.success) return read.data;
    throw new RollcallError(
      'NOT_FOUND',
      `Messages of the channel '${text.slice(0, 40)}' not found: Rollcall sends e-mails and SMS, and no Viber messages`,
    );
  },
};

const text = z.string();

const changes = {
  name: z.optional(text.check(z.trim(), z.minLength(1), z.maxLength(100))),
  from: z.optional(text.check(z.describe('`Name <address>` of an e-mail, or what an SMS is from'))),
  subject: z.optional(text.check(z.maxLength(messageLimits.subjectLength), z.describe('Of an e-mail'))),
  htmlText: z.optional(text.check(z.describe('Of an e-mail'))),
  plainText: z.optional(text.check(z.describe('Of an e-mail'))),
  text: z.optional(text.check(z.maxLength(messageLimits.smsLength), z.describe('Of an SMS'))),
  tags: z.optional(messageTags),
};

const example = {
  name: 'Order',
  from: 'Shop <owner@example.com>',
  subject: 'Your order',
  htmlText: '<p>Thank you</p>',
};

/** The body of `POST /api/v1/messages/{channel}` (contract 4.17). */
export const storedMessageRequest = z
  .object({ ...changes, name: text.check(z.trim(), z.minLength(1), z.maxLength(100)) })
  .check(z.meta({ id: 'WireMessageInput', examples: [example] }));

/** The body of `PUT /api/v1/messages/{channel}/{id}`; what is absent stays. */
export const storedMessageChanges = z
  .object(changes)
  .check(z.meta({ id: 'WireMessageChanges', examples: [{ subject: 'Your new order' }] }));

/** A stored message on the wire (contract 4.17). */
export const storedMessageResponse = z
  .object({
    id: z.int(),
    name: z.string(),
    from: z.optional(z.string()),
    subject: z.optional(z.string()),
    htmlText: z.optional(z.string()),
    plainText: z.optional(z.string()),
    text: z.optional(z.string()),
    tags: z.array(z.string()),
  })
  .check(z.meta({ id: 'WireMessage', examples: [{ id: 7, ...example, tags: [] }] }));

/** A page of stored messages; e-mails are without their bodies. */
export const storedMessagesResponse = z.array(storedMessageResponse);

/** The headers of a list of stored messages (contract 1.7). */
export const storedMessagesHeaders = z.object({
  TotalCount: z.int().check(z.describe('Messages that were found, on all pages')),
});

/** The answer to each change of a stored message. */
export const messageIdResponse = z.object({ id: z.int() }).check(z.meta({ id: 'MessageId', examples: [{ id: 7 }] }));

/** The parameters of `GET /api/v1/messages/{channel}`. */
export const storedMessagesQuery = z.object({
  search: z.optional(z.string().check(z.describe('What the name, the subject or a tag contains, whatever the case'))),
  startindex: contactRowsQuery.shape.startindex,
  maxrows: contactRowsQuery.shape.maxrows,
});

/** Which stored messages are asked for. */
export const parseStoredMessagesQuery = (
  query: Readonly<Partial<Record<string, string>>>,
): RowsWindow & { readonly search: string } => {
  const { search = '', ...rows } = parse(storedMessagesQuery, query);
  return { ...windowOf(rows), search: search.trim() };
};

type Changes = ReturnType<typeof parseChanges>;

const parseChanges = (body: unknown) => parse(storedMessageChanges, body);

/** A new stored message once its channel is known; it throws INVALID_REQUEST. */
export const parseStoredMessage = (body: unknown, rule: SenderRule): ((channel: MessageChannel) => TemplateDraft) => {
  const { name, tags, ...parts } = parse(storedMessageRequest, body);
  return (of) => ({ name, ...(tags && { tags }), content: contentOf(of, parts, rule) });
};

/** What a stored message becomes by a change; it throws INVALID_REQUEST. */
export const parseStoredMessageChanges = (
  body: unknown,
  rule: SenderRule,
): ((template: MessageTemplate) => TemplateDraft) => {
  const { name, tags, ...parts } = parseChanges(body);
  return ({ content, ...template }) => ({
    name: name ?? template.name,
    ...(tags && { tags }),
    content: changed(content, parts, rule),
  });
};

const contentOf = (of: MessageChannel, parts: Omit<Changes, 'name' | 'tags'>, rule: SenderRule): MessageContent => {
  const { htmlText: html, plainText, text = plainText, ...rest } = parts;
  return of === 'email' ? emailContent({ ...rest, html, text: plainText }, rule) : smsContent({ ...rest, text }, rule);
};

/** Who it is from stays as it was read, as the stage may send from other addresses by now. */
const changed = (content: MessageContent, parts: Omit<Changes, 'name' | 'tags'>, rule: SenderRule): MessageContent => {
  const { from: _, ...before } = partsOf(content);
  const next = contentOf(content.channel, { ...before, ...parts }, rule);
  return parts.from === undefined ? ({ ...next, from: content.from } as MessageContent) : next;
};

/** A stored message on the wire. */
export const storedMessageBody = ({ id, name, tags = [], content }: MessageTemplate) =>
  storedMessageResponse.parse({ id, name, ...partsOf(content), tags: [...tags] });

/** A stored message in a list. */
export const storedMessageRow = ({ id, name, tags = [], summary }: TemplateHead) =>
  storedMessageResponse.parse({ id, name, ...(summary && partsOf(summary)), tags: [...tags] });

const partsOf = (content: MessageContent | NonNullable<TemplateHead['summary']>) => {
  if (content.channel === 'sms') return { text: content.text, ...(content.from && { from: content.from }) };
  const { from, subject, html, text: plainText } = { html: undefined, text: undefined, ...content };
  const sender = senderOf(from);
  return {
    ...(sender !== '' && { from: sender }),
    subject,
    ...(html !== undefined && { htmlText: html }),
    ...(plainText !== undefined && { plainText }),
  };
};

/** As its caller asked for it, who may be answered instead. */
const senderOf = ({ name = '', address, replyTo }: EmailSender): string => {
  const asked = replyTo ?? address;
  return senderText({ name, ...(asked !== undefined && { address: asked }) });
};

/** What SMS are sent from (contract 4.17). */
export const smsSendersResponse = z.array(z.string()).check(z.meta({ id: 'SmsSenders', examples: [['Shop']] }));
