import * as z from 'zod';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { type MailboxItem, mailbox } from '#test/support/subscriptions/confirmation-flow.ts';

const sentMessages = z.strictObject({
  id: z.literal(0),
  results: z.array(
    z.strictObject({
      id: z.literal(0),
      locator: z.string(),
      status: z.enum(['OK', 'ERROR']),
      requestId: z.uuid(),
      message: z.string().optional(),
    }),
  ),
});

/** What became of one recipient. */
export type SentMessage = z.infer<typeof sentMessages>['results'][number];

/** Asks for a message, which must be answered by 200; the results in the order of the recipients. */
export const send = async (stack: TestStack, path: string, body: object): Promise<SentMessage[]> => {
  const answer = await stack.request('POST', `/api/v1/message/${path}`, { body });
  if (answer.status !== 200) throw new Error(`Answered ${answer.status}: ${answer.text}`);
  return sentMessages.parse(answer.json).results;
};

const statuses = z.strictObject({
  results: z.array(
    z.strictObject({ status: z.string(), requestId: z.string(), failed: z.boolean(), delivered: z.boolean() }),
  ),
});

/** How messages fare now, in the order of the ids. */
export const statusesOf = async (stack: TestStack, requestIds: readonly string[]): Promise<string[]> => {
  const { json } = await stack.request('GET', `/api/v1/message/status?ids=${requestIds.join(',')}`);
  return statuses.parse(json).results.map(({ status }) => status);
};

/** Waits until each message has one of the statuses, and returns them. */
export const fared = (stack: TestStack, messages: readonly SentMessage[], ends: readonly string[]): Promise<string[]> =>
  waitFor(`messages are ${ends.join(' or ')}`, async () => {
    const ids = messages.map(({ requestId }) => requestId);
    const now = await statusesOf(stack, ids);
    return now.every((status) => ends.includes(status)) && now;
  });

/** Everything in the mailbox for an address or a number with `+`. */
export const mailTo = async (stack: TestStack, to: string): Promise<MailboxItem[]> =>
  (await mailbox(stack)).filter((item) => item.to === to);

const storedMessage = z.looseObject({ id: z.int(), version: z.int() });

/** Stores a message and returns its id. */
export const storeMessage = async (stack: TestStack, body: object): Promise<number> => {
  const answer = await stack.request('POST', '/admin/v1/messages', { body });
  if (answer.status !== 200) throw new Error(`Answered ${answer.status}: ${answer.text}`);
  return storedMessage.parse(answer.json).id;
};

const adminContact = z.looseObject({
  id: z.int(),
  source: z.string(),
  confirmed: z.boolean(),
  state: z.string(),
  segments: z.array(z.unknown()),
  channels: z.array(z.object({ type: z.string(), value: z.string() })),
  emailStatus: z.string().optional(),
  updatedAt: z.string(),
});

/** A contact as our own routes show it, by an e-mail address or a phone number; `undefined` where there is none. */
export const personBy = async (stack: TestStack, search: { email?: string; sms?: string }) => {
  const found = await stack.request('GET', `/api/v1/contacts?${new URLSearchParams(search)}`);
  const [row] = z.array(z.looseObject({ id: z.int() })).parse(found.json);
  if (!row) return undefined;
  return adminContact.parse((await stack.request('GET', `/admin/v1/contacts/${row.id}`)).json);
};
