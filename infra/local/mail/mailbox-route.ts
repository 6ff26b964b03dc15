import * as z from 'zod';
import { routes } from '#names/routes.ts';
import { gatewayMessage } from '../api/gateway-answer.ts';
import type { LocalRoute } from '../api/local-routes.ts';
import type { SmsEngine } from '../sms/sms-engine.ts';
import { type MailboxItem, mailboxPage, mailboxPath } from './mailbox-page.ts';

/**
 * `GET /admin/v1/mailbox`: the e-mails and SMS that the stack sent, out of their engines, as a list for programs and as a page
 * for browsers.
 */
export const mailboxRoute = (sesEndpoint: string, sms: Pick<SmsEngine, 'sent'>): LocalRoute => ({
  path: mailboxPath,
  guard: routes.listFields.paths[0],
  answer: async ({ query, accept }) => {
    const limit = Number(query.get('limit') ?? defaultLimit);
    const skipped = Number(query.get('cursor') ?? 0);
    if (!isCount(limit) || limit < 1 || limit > mostItems || !isCount(skipped)) {
      return gatewayMessage(400, `limit must be 1 to ${mostItems}, and cursor that of the page before`);
    }
    const messages = await readMessages(sesEndpoint, sms);
    const end = skipped + limit;
    const page = { items: messages.slice(skipped, end), ...(end < messages.length && { cursor: String(end) }) };
    if (prefersPage(accept)) {
      const opened = messages.find(({ id }) => id === query.get('message'));
      return mailboxPage({ ...page, opened });
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json;charset=UTF-8', vary: 'Accept' },
      body: JSON.stringify(page),
    };
  },
});

const defaultLimit = 50;
const mostItems = 500;

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Whether an Accept header names HTML, and no JSON before it: browsers do, programs say `*` or JSON. */
const prefersPage = (accept: string): boolean => {
  const weightOf = (type: string): number => {
    const part = accept.split(',').find((one) => one.split(';')[0]?.trim().toLowerCase() === type);
    return part === undefined ? 0 : Number(/;\s*q=([\d.]+)/.exec(part)?.[1] ?? 1);
  };
  return weightOf('text/html') > 0 && weightOf('text/html') >= weightOf('application/json');
};

const engineStore = z.object({
  emails: z.array(
    z.object({
      from: z.string(),
      destination: z.object({ to: z.array(z.string()) }),
      replyTo: z.array(z.string()).default([]),
      subject: z.string(),
      body: z.object({ html: z.string().nullish(), text: z.string().nullish() }),
      headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
      at: z.number(),
    }),
  ),
});

/** Newest first; the engines have them in the order in which they were sent, e-mails with the second of it. */
const readMessages = async (sesEndpoint: string, sms: Pick<SmsEngine, 'sent'>): Promise<MailboxItem[]> => {
  const { emails } = engineStore.parse(await (await fetch(`${sesEndpoint}/store`)).json());
  const mails = emails.map(
    ({ from, destination, replyTo, subject, body: { html, text }, headers, at }, index): MailboxItem => ({
      channel: 'email',
      id: `email-${index + 1}`,
      from,
      to: destination.to.join(', '),
      subject,
      html: html ?? '',
      text: text ?? '',
      headers: {
        ...(replyTo.length > 0 && { 'Reply-To': replyTo.join(', ') }),
        ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      },
      sentAt: new Date(at * 1000).toISOString(),
    }),
  );
  const texts = sms.sent().map((one, index): MailboxItem => ({ channel: 'sms', id: `sms-${index + 1}`, ...one }));
  return [...mails.toReversed(), ...texts.toReversed()].sort((one, other) => other.sentAt.localeCompare(one.sentAt));
};
