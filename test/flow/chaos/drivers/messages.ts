import * as z from 'zod';
import type { SeenMail } from '../ledger.ts';
import { addressOf, oneOf, someone, type World } from '../world.ts';

const sent = z.object({ results: z.array(z.object({ status: z.string(), requestId: z.string() })) });
const stored = z.object({ id: z.int() });
const groups = z.array(z.object({ id: z.int(), name: z.string() }));
const mailbox = z.object({
  items: z.array(
    z.looseObject({ to: z.string(), subject: z.string().default(''), text: z.string(), sentAt: z.string() }),
  ),
});

let count = 0;
/** One goes to a thousand people in a long run, one after the other: more would take longer than all the rest. */
const mostBulkMails = 10;

const noteSent = ({ ledger, trail }: World, what: string, answer: { status: number; text: string; json: unknown }) => {
  if (answer.status !== 200) return trail.violate('a message is taken', `${what}: ${answer.status} ${answer.text}`);
  for (const { status, requestId } of sent.parse(answer.json).results)
    if (status === 'OK') ledger.messages.add(requestId);
};

/** Sends an e-mail to some people. */
export const sendEmail = async (world: World): Promise<void> => {
  const emails = Array.from({ length: 1 + Math.floor(world.random() * 10) }, () => addressOf(someone(world)));
  const body = { subject: 'single', plainText: 'Hello', emails };
  noteSent(world, 'an e-mail', await world.ask('POST', '/api/v1/message/email', body));
};

/** Sends an e-mail of its own to everybody in a segment. */
export const sendToSegment = async (world: World): Promise<void> => {
  if (count >= mostBulkMails) return;
  const all = groups.parse((await world.ask('GET', '/api/v1/groups?name=Chaos')).json);
  const chosen = all.filter(({ name }) => /^Chaos [ABC]$/.test(name));
  if (chosen.length === 0) return;
  const { id: groupId, name } = oneOf(chosen, world.random);
  const subject = `bulk-${++count}`;
  const message = { name: subject, channel: 'email', from: 'Shop <owner@example.com>', subject, text: 'Hello' };
  const { id } = stored.parse((await world.ask('POST', '/admin/v1/messages', message)).json);
  world.trail.note(`${subject} goes to ${name}`);
  world.ledger.bulkMails.set(subject, Date.now());
  noteSent(world, subject, await world.ask('POST', `/api/v1/message/${id}/send`, { groupId }));
};

/** Looks into the mailbox, which forgets with the stack. */
export const readMailbox = async ({ ask, ledger }: World): Promise<void> => {
  const { items } = mailbox.parse((await ask('GET', '/admin/v1/mailbox?limit=500')).json);
  for (const { to, subject, text, sentAt } of items) {
    const seen: SeenMail = { to, subject, text, sentAt };
    ledger.mail.set(`${to} ${subject} ${sentAt}`, seen);
  }
};
