import type { Contact } from '#domain/contact.ts';
import {
  type ContentName,
  type MessageChannel,
  type MessageContent,
  type MessageParams,
  type QueuedMessage,
  type Reach,
  refusalOf,
} from '#domain/message.ts';
import type { MessageChannels, MessageQueue, MessageStore } from '#domain/message-ports.ts';
import type { Suppression, SuppressionStore } from '#domain/ports.ts';
import { type FindRecipientsPorts, findRecipients } from './find-recipients.ts';

export interface SendMessagesPorts extends FindRecipientsPorts {
  readonly suppressions: Pick<SuppressionStore, 'find'>;
  readonly messages: Pick<MessageStore, 'putContent' | 'create'>;
  readonly messageQueue: MessageQueue;
  readonly messageChannels: MessageChannels;
}

/** Whom one message is to go to. */
export interface MessageRecipient {
  /** What the caller called the recipient. */
  readonly locator: string;
  /** An address in the form in which contacts have it; or a contact; or what is wrong with the locator. */
  readonly to: { readonly address: string } | { readonly contactId: number } | { readonly error: string };
  readonly params: MessageParams;
  /** A UUID that a repeat of the same request gives again, so that nothing is sent twice; a random one where absent. */
  readonly requestId?: string;
}

/** One message to many. */
export interface MessageRequest {
  readonly content: MessageContent;
  /** The version of the stored message that the content is; absent where it is none. */
  readonly template?: { readonly templateId: number; readonly version: number };
  readonly recipients: readonly MessageRecipient[];
  readonly reach: Reach;
  /** Whether `${name}` is filled in. */
  readonly isPersonal: boolean;
  readonly fromName?: string;
}

/** What became of one recipient; whatever has an error is not sent, and creates nothing. */
export interface AcceptedMessage {
  readonly locator: string;
  readonly requestId: string;
  readonly contactId?: number;
  readonly error?: string;
}

/**
 * Accepts one message to many recipients, in order, and queues it to each; whoever is unknown becomes a contact (contract
 * 4.17). Two recipients with the same address and parameters are one.
 */
export const sendMessages = async (ports: SendMessagesPorts, request: MessageRequest): Promise<AcceptedMessage[]> => {
  const { channel } = request.content;
  const missing = ports.messageChannels.missing(channel);
  const given = request.recipients.map((one) => ({ ...one, requestId: one.requestId ?? ports.newId() }));
  const told = missing === undefined ? given : given.map((one) => ({ ...one, to: { error: missing } }));
  const found = await findAll(ports, channel, told, request.reach);
  const ready = found.filter((one) => one.contact !== undefined);
  if (ready.length > 0) await queue(ports, request, ready);
  return found.map(({ locator, requestId, contact, error }) => ({
    locator,
    requestId,
    ...(contact && { contactId: contact.id }),
    ...(error !== undefined && { error }),
  }));
};

/** A recipient that is found, or not. */
interface Found {
  readonly locator: string;
  readonly params: MessageParams;
  readonly requestId: string;
  readonly address: string;
  readonly contact?: Contact;
  readonly error?: string;
}

type Given = MessageRecipient & { readonly requestId: string };

const findAll = async (
  ports: SendMessagesPorts,
  channel: MessageChannel,
  given: readonly Given[],
  reach: Reach,
): Promise<Found[]> => {
  const named = await readNamed(ports, given);
  const reached = given.map((one) => addressOf(one, channel, named));
  const suppressed = await suppressionsOf(ports, channel, reached);
  const judged = reached.map((one) => judge(one, channel, { suppressed, reach }));

  const unknown = judged.filter((one) => one.error === undefined && one.contact === undefined);
  const recipients = await findRecipients(
    ports,
    channel,
    unknown.map(({ address }) => address),
  );
  const met = new Map(unknown.map((one, index) => [one, { ...one, ...recipients[index] }]));
  return once(judged.map((one) => (met.has(one) ? judge(met.get(one) ?? one, channel, { suppressed, reach }) : one)));
};

/** The contacts that recipients name by their ids. */
const readNamed = async ({ contacts }: SendMessagesPorts, given: readonly Given[]): Promise<Map<number, Contact>> => {
  const ids = new Set(given.flatMap(({ to }) => ('contactId' in to ? to.contactId : [])));
  if (ids.size === 0) return new Map();
  const read = await contacts.readContacts([...ids], []);
  return new Map(read.contacts.filter(({ state }) => state === 'active').map((contact) => [contact.id, contact]));
};

const addressOf = (
  { locator, params, requestId, to }: Given,
  channel: MessageChannel,
  named: ReadonlyMap<number, Contact>,
): Found => {
  const about = { locator, params, requestId };
  if ('error' in to) return { ...about, address: '', error: to.error };
  if ('address' in to) return { ...about, address: to.address };
  const contact = named.get(to.contactId);
  const address = contact?.[channel];
  if (!contact) return { ...about, address: '', error: `Contact with id='${to.contactId}' not found` };
  if (address !== undefined) return { ...about, address, contact };
  return { ...about, address: '', error: `Contact with id='${to.contactId}' has no ${channelNames[channel]}` };
};

const channelNames: Readonly<Record<MessageChannel, string>> = { email: 'e-mail address', sms: 'phone number' };

const suppressionsOf = async (
  { suppressions }: SendMessagesPorts,
  channel: MessageChannel,
  reached: readonly Found[],
): Promise<Map<string, Suppression['reason']>> => {
  const addresses = new Set(reached.filter(({ error }) => error === undefined).map(({ address }) => address));
  const found = channel === 'email' && addresses.size > 0 ? await suppressions.find([...addresses]) : [];
  return new Map(found.map(({ email, reason }) => [email, reason]));
};

/** Adds the reason why a message must not go to somebody, who may be unknown yet. */
const judge = (
  found: Found,
  channel: MessageChannel,
  { suppressed, reach }: { suppressed: ReadonlyMap<string, Suppression['reason']>; reach: Reach },
): Found => {
  if (found.error !== undefined) return found;
  const { address, contact } = found;
  const error = refusalOf(channel, contact ?? { confirmed: true }, {
    address,
    suppression: suppressed.get(address),
    reach,
  });
  if (error === undefined) return found;
  const { contact: _, ...refused } = found;
  return { ...refused, error };
};

/** The same message to the same address is one, under the first id. */
const once = (found: readonly Found[]): Found[] => {
  const ids = new Map<string, string>();
  return found.map((one) => {
    if (one.error !== undefined) return one;
    const key = JSON.stringify([one.address, one.params]);
    const requestId = ids.get(key) ?? one.requestId;
    ids.set(key, requestId);
    return { ...one, requestId };
  });
};

/** What is queued can be sent: content comes before the messages that name it, and those before their places in the queue. */
const queue = async (ports: SendMessagesPorts, request: MessageRequest, ready: readonly Found[]): Promise<void> => {
  const name: ContentName = request.template ?? { contentId: ports.newId() };
  if ('contentId' in name) await ports.messages.putContent(name.contentId, request.content);
  const messages = new Map(
    ready.flatMap((one): [string, QueuedMessage][] => {
      const message = messageTo(one, name, request, ports.now());
      return message ? [[one.requestId, message]] : [];
    }),
  );
  await ports.messages.create([...messages.values()]);
  await ports.messageQueue.send([...messages.keys()]);
};

const messageTo = (
  { requestId, contact, address, params }: Found,
  content: ContentName,
  { content: { channel }, reach, isPersonal, fromName }: MessageRequest,
  now: string,
): QueuedMessage | undefined =>
  contact && {
    requestId,
    contactId: contact.id,
    channel,
    status: 'QUEUED',
    createdAt: now,
    statusAt: now,
    task: { to: address, content, params, reach, isPersonal, ...(fromName !== undefined && { fromName }) },
  };
