import type { Contact } from '#domain/contacts/contact.ts';
import { type MessageChannel, type MessageParams, type Reach, refusalOf } from '#domain/messages/message.ts';
import type { MessageChannels } from '#domain/messages/ports.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { type FindRecipientsPorts, findRecipients } from './find-recipients.ts';

export interface ReachRecipientsPorts extends FindRecipientsPorts {
  readonly suppressions: Pick<SuppressionStore, 'find'>;
  readonly messageChannels: MessageChannels;
}

/** Whom one message is to go to. */
export interface MessageRecipient {
  /** What the caller called the recipient. */
  readonly locator: string;
  /** An address in the form in which contacts have it; or a contact; or what is wrong with the locator. */
  readonly to: { readonly address: string } | { readonly contactId: number } | { readonly error: string };
  readonly params: MessageParams;
  /** A UUID that a repeat of the same request gives again, so that nothing is sent twice; a random one if absent. */
  readonly requestId?: string;
}

/** A recipient with the contact that is to get the message, or the reason why it is not sent. */
export interface ReachedRecipient {
  readonly locator: string;
  readonly params: MessageParams;
  readonly requestId: string;
  readonly address: string;
  readonly contact?: Contact;
  readonly error?: string;
}

/**
 * Finds the contacts that a message goes to, in order: an unknown recipient becomes a contact, unless the message must
 * not go to the address. Two recipients with the same address and parameters are one, under the first one's id.
 */
export const reachRecipients = async (
  ports: ReachRecipientsPorts,
  { channel, reach }: { readonly channel: MessageChannel; readonly reach: Reach },
  recipients: readonly MessageRecipient[],
): Promise<ReachedRecipient[]> => {
  const missing = ports.messageChannels.missing(channel);
  const given = recipients.map((one) => ({
    ...one,
    requestId: one.requestId ?? ports.newId(),
    to: missing === undefined ? one.to : { error: missing },
  }));
  const named = await readNamed(ports, given);
  const addressed = given.map((one) => addressOf(one, channel, named));
  const suppressed = await suppressionsOf(ports, addressed);
  const rule = { channel, reach, suppressed };
  const judged = addressed.map((one) => judge(one, rule));
  const open = judged.filter((one) => one.error === undefined && one.contact === undefined);
  const addresses = open.map(({ address }) => address);
  const found = await findRecipients(ports, channel, addresses);
  const met = new Map(open.map((one, index) => [one, judge({ ...one, ...found[index] }, rule)]));
  return once(judged.map((one) => met.get(one) ?? one));
};

type Given = MessageRecipient & { readonly requestId: string };

/** The contacts that recipients name by their ids. */
const readNamed = async (
  { contacts }: ReachRecipientsPorts,
  given: readonly Given[],
): Promise<Map<number, Contact>> => {
  const ids = new Set(given.flatMap(({ to }) => ('contactId' in to ? to.contactId : [])));
  if (ids.size === 0) return new Map();
  const read = await contacts.readContacts([...ids], []);
  return new Map(read.contacts.filter(({ state }) => state === 'active').map((contact) => [contact.id, contact]));
};

const addressOf = (
  { locator, params, requestId, to }: Given,
  channel: MessageChannel,
  named: ReadonlyMap<number, Contact>,
): ReachedRecipient => {
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
  { suppressions }: ReachRecipientsPorts,
  addressed: readonly ReachedRecipient[],
): Promise<Map<string, Suppression>> => {
  const addresses = new Set(addressed.filter(({ error }) => error === undefined).map(({ address }) => address));
  const found = addresses.size > 0 ? await suppressions.find([...addresses]) : [];
  return new Map(found.map((one) => [one.address, one]));
};

interface Rule {
  readonly channel: MessageChannel;
  readonly reach: Reach;
  readonly suppressed: ReadonlyMap<string, Suppression>;
}

/** Adds the reason why a message must not go to a recipient, who may be unknown yet. */
const judge = (one: ReachedRecipient, { channel, reach, suppressed }: Rule): ReachedRecipient => {
  if (one.error !== undefined) return one;
  const { contact, ...refused } = one;
  const suppression = suppressed.get(one.address);
  const error = refusalOf(channel, contact ?? { confirmed: true }, { address: one.address, suppression, reach });
  return error === undefined ? one : { ...refused, error };
};

/** The same message to the same address is one, under the first id. */
const once = (found: readonly ReachedRecipient[]): ReachedRecipient[] => {
  const ids = new Map<string, string>();
  return found.map((one) => {
    if (one.error !== undefined) return one;
    const key = JSON.stringify([one.address, one.params]);
    const requestId = ids.get(key) ?? one.requestId;
    ids.set(key, requestId);
    return { ...one, requestId };
  });
};
