import type { Ambient } from '#domain/ambient.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { Sealer } from '#domain/files/fetch-ports.ts';
import { type MessageContent, paramsOfContact, type QueuedMessage, refusalOf } from '#domain/messages/message.ts';
import type { MessageCarrier, MessageEnd, MessageStore } from '#domain/messages/ports.ts';
import { type RenderedMessage, renderMessage } from '#domain/messages/render-message.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import { stoppedBy } from '#domain/subscriptions/suppression.ts';
import { unsubscribeToken } from '#domain/subscriptions/unsubscribe-token.ts';

export interface SendMessagePorts extends Pick<Ambient, 'now' | 'newId'> {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly suppressions: Pick<SuppressionStore, 'find' | 'add'>;
  readonly messages: Pick<MessageStore, 'begin' | 'abandon' | 'note' | 'readContent'>;
  readonly messageCarrier: MessageCarrier;
  readonly sealer: Pick<Sealer, 'seal'>;
  /** The link that unsubscribes by a token. */
  readonly unsubscribeLinkOf: (token: string) => string;
}

/** How long one attempt may hold a message: longer than its function runs, shorter than the message stays away. */
const holdHours = 1 / 60;

/**
 * Sends a queued message. An attempt holds it while it sends: if it crashes on the way, it lets go after a minute, and
 * the message comes again. What must not be sent, or is refused for good, ends as `UNDELIVERED` with the reason.
 * @throws Error if another attempt holds the message, or sending failed for the moment.
 */
export const sendMessage = async (
  ports: SendMessagePorts,
  requestId: string,
): Promise<'sent' | 'refused' | 'over before'> => {
  const [attemptId, now] = [ports.newId(), ports.now()];
  const begun = await ports.messages.begin({ requestId, attemptId, now, until: hoursAfter(now, holdHours) });
  if (begun === 'busy') throw new Error('Another attempt is sending this message');
  if (begun === 'over') return 'over before';
  let end: Pick<MessageEnd, 'status' | 'reason'>;
  try {
    end = await attempt(ports, begun);
  } catch (error) {
    await ports.messages.abandon({ requestId, attemptId });
    throw error;
  }
  await ports.messages.note(requestId, { ...end, statusAt: ports.now() });
  return end.status === 'SENT' ? 'sent' : 'refused';
};

const attempt = async (
  ports: SendMessagePorts,
  { requestId, channel, contactId, task }: QueuedMessage,
): Promise<Pick<MessageEnd, 'status' | 'reason'>> => {
  const [{ contacts }, suppressed, content] = await Promise.all([
    ports.contacts.readContacts([contactId], []),
    ports.suppressions.find([task.to]),
    ports.messages.readContent(task.content),
  ]);
  const contact = contacts.find(({ state }) => state !== 'erased');
  if (!contact) return undelivered('The contact was erased');
  if (!content) return undelivered('What it says is not kept any more');
  const { to: address, reach } = task;
  const refusal = refusalOf(channel, contact, { address, suppression: suppressed[0], reach });
  if (refusal !== undefined) return undelivered(refusal);

  const isBulk = channel === 'email' && !reach.unsubscribed;
  const isAskedFor = channel === 'email' && asksForLink(content);
  const unsubscribeLink = isBulk || isAskedFor ? await linkFor(ports, contact, address) : undefined;
  const params = { ...paramsOfContact(contact), ...task.params, unsubscribeLink };
  const rendered = task.isPersonal ? renderMessage(content, params) : content;
  const verdict = await ports.messageCarrier.send({
    ...from(rendered, task.fromName),
    requestId,
    to: address,
    ...(isBulk && unsubscribeLink !== undefined && { unsubscribeLink }),
  });
  if (verdict === 'accepted') return { status: 'SENT' };
  if (verdict.hasStopped) await ports.suppressions.add([{ ...stoppedBy(address), since: ports.now() }]);
  return undelivered(verdict.refused);
};

const asksForLink = (content: MessageContent): boolean => JSON.stringify(content).includes('unsubscribeLink');

const linkFor = async (
  { sealer, unsubscribeLinkOf }: SendMessagePorts,
  { id: contactId, languageCode }: Contact,
  address: string,
): Promise<string> => {
  const claim = { contactId, address, ...(languageCode !== undefined && { languageCode }) };
  return unsubscribeLinkOf(await unsubscribeToken(sealer, claim));
};

const undelivered = (reason: string): Pick<MessageEnd, 'status' | 'reason'> => ({ status: 'UNDELIVERED', reason });

const from = (message: RenderedMessage, name: string | undefined): RenderedMessage =>
  message.channel === 'email' && name !== undefined ? { ...message, from: { ...message.from, name } } : message;
