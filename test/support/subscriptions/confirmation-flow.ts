import * as z from 'zod';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';

const mailboxPage = z.object({
  items: z.array(
    z.discriminatedUnion('channel', [
      z.strictObject({
        channel: z.literal('email'),
        id: z.string(),
        from: z.string(),
        to: z.string(),
        subject: z.string(),
        html: z.string(),
        text: z.string(),
        headers: z.record(z.string(), z.string()),
        sentAt: z.iso.datetime(),
      }),
      z.strictObject({
        channel: z.literal('sms'),
        id: z.string(),
        from: z.string(),
        to: z.string(),
        text: z.string(),
        sentAt: z.iso.datetime(),
      }),
    ]),
  ),
});

/** A message as `GET /admin/v1/mailbox` shows it. */
export type MailboxItem = z.infer<typeof mailboxPage>['items'][number];

/** The latest messages that the stack sent, newest first. */
export const mailbox = async (stack: TestStack): Promise<MailboxItem[]> =>
  mailboxPage.parse((await stack.request('GET', '/admin/v1/mailbox?limit=500')).json).items;

/** The newest message to an address, as soon as there is one. */
export const messageTo = (stack: TestStack, email: string): Promise<MailboxItem> =>
  waitFor(`${email} has mail`, async () => (await mailbox(stack)).find(({ to }) => to === email));

/** The confirmation link in a message. */
export const linkIn = ({ text }: MailboxItem): string => /^https?:\S+\/confirm\?\S+$/m.exec(text)?.[0] ?? '';

const subscribed = z.object({ id: z.int(), emailStatus: z.string() });

/** Subscribes an address as a site's form does. */
export const subscribe = async (
  stack: TestStack,
  email: string,
  about: object = {},
): Promise<z.infer<typeof subscribed>> => {
  const body = { contact: { channels: [{ type: 'email', value: email }], ...about } };
  return subscribed.parse((await stack.request('POST', '/api/v1/contact/subscribe', { body })).json);
};
