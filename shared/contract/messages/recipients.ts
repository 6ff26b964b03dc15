import * as z from 'zod/mini';
import type { MessageChannel, MessageParams } from '#domain/messages/message.ts';
import { readAddress } from '#identity/message-address.ts';
import { quoted } from '../contacts/reading.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';
import { carriedJson } from '../json-value.ts';

/** Recipients of one request (contract 1.6). */
export const maxRecipients = 1000;

/** The longest parameters of one recipient as JSON, in characters: an item of the table holds 400 kB (an AWS limit). */
const maxParamsLength = 100_000;

/** Whom a request names, before it is known by what channel the message goes. */
export interface NamedRecipient {
  readonly name:
    | { readonly locator: string }
    | { readonly addresses: Readonly<Partial<Record<MessageChannel, string>>> }
    | { readonly contactId: number }
    | { readonly error: string; readonly locator?: string };
  readonly params: MessageParams;
}

/** A recipient as a channel reaches it: an address as contacts have it, a contact, or what is wrong. */
interface ReadRecipient {
  /** What the request calls the recipient. */
  readonly locator: string;
  readonly to: { readonly address: string } | { readonly contactId: number } | { readonly error: string };
  readonly params: MessageParams;
}

/** How addresses are read, and the parameters for all recipients. */
interface RecipientRule {
  readonly channel: MessageChannel;
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What a recipient's own parameters go before. */
  readonly params: MessageParams;
}

/** The recipients of a message: named ones, or all contacts of a segment. */
export type Audience = { readonly recipients: readonly NamedRecipient[] } | { readonly groupId: number };

/** Reads recipients by the channel of a message; one that cannot be read says why, in the words of contract 4.17. */
export const readAudience = (
  audience: Audience,
  rule: RecipientRule,
): { readonly recipients: readonly ReadRecipient[] } | { readonly segmentId: number } =>
  'groupId' in audience ? { segmentId: audience.groupId } : { recipients: recipientsOf(audience.recipients, rule) };

const recipientsOf = (named: readonly NamedRecipient[], rule: RecipientRule): ReadRecipient[] =>
  named.map(({ name, params }) => {
    const about = { params: { ...rule.params, ...params } };
    if ('error' in name) return { ...about, locator: name.locator ?? '', to: { error: name.error } };
    if ('contactId' in name) return { ...about, locator: String(name.contactId), to: name };
    const locator = 'locator' in name ? name.locator : name.addresses[rule.channel];
    if (locator !== undefined) return { ...about, locator, to: destinationOf(locator, rule) };
    const [other = ''] = 'addresses' in name ? Object.values(name.addresses) : [];
    return { ...about, locator: other, to: { error: nobody } };
  });

const destinationOf = (locator: string, { channel, defaultCountry }: RecipientRule): ReadRecipient['to'] => {
  const address = readAddress(channel, locator, defaultCountry);
  if (address !== undefined) return { address };
  return { error: `${quoted(locator)} is not valid ${channel === 'email' ? 'email' : 'phone number'}` };
};

const nobody = 'A recipient must have a contactId, a locator, an email or a phone, as the message travels';

/** One recipient of `smartsend` (contract 4.17). */
export const smartRecipient = z.object({
  locator: z.optional(z.string().check(z.describe('An e-mail address, or a phone number for an SMS'))),
  email: z.optional(z.string().check(z.describe('Instead of a locator, if it is an e-mail'))),
  phone: z.optional(z.string().check(z.describe('Instead of a locator, if it is an SMS'))),
  contactId: z.optional(z.int().check(z.describe('A contact, instead of a locator'))),
  jsonParam: z.optional(
    z
      .unknown()
      .check(
        z.describe('What `${name}` stands for: an object, a list of `{key, value}`, or the JSON of either as text'),
      ),
  ),
});

const bindLocator = binderOf(z.string());

/** Reads whom an entry of a list of addresses or phone numbers names. */
export const readLocator = (entry: unknown): NamedRecipient => {
  const locator = bindLocator(entry);
  const isText = typeof locator === 'string';
  return { name: isText ? { locator } : { error: 'A recipient must be text' }, params: {} };
};

const bindSmartRecipient = binderOf(smartRecipient);

/** Reads whom a recipient of `smartsend` names, and its parameters. */
export const readSmartRecipient = (entry: unknown): NamedRecipient => {
  if (!isObject(entry)) return { name: { error: 'A recipient must be an object' }, params: {} };
  const read = smartRecipient.safeParse(bindSmartRecipient(entry));
  if (read.success) return namedIn(read.data);
  const { locator } = entry;
  const error = describeIssues(read.error.issues);
  return { name: { error, ...(typeof locator === 'string' && { locator }) }, params: {} };
};

const namedIn = ({ locator, email, phone, contactId, jsonParam }: z.output<typeof smartRecipient>): NamedRecipient => {
  const params = readParams(jsonParam);
  if (params === undefined) {
    const error = `jsonParam must be an object, a list of {"key", "value"} or the JSON of either, with at most ${maxParamsLength} characters`;
    const called = locator ?? email ?? phone;
    return { name: { error, ...(called !== undefined && { locator: called }) }, params: {} };
  }
  if (locator?.trim()) return { name: { locator }, params };
  if (email?.trim() || phone?.trim()) {
    return { name: { addresses: { ...(email?.trim() && { email }), ...(phone?.trim() && { sms: phone }) } }, params };
  }
  if (contactId !== undefined) return { name: { contactId }, params };
  return { name: { error: nobody }, params };
};

const readParams = (value: unknown): MessageParams | undefined => {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return {};
  const given = typeof value === 'string' ? parsed(value) : value;
  const params = Array.isArray(given) ? listedParams(given) : given;
  if (!isObject(params)) return params === null ? {} : undefined;
  return JSON.stringify(params).length <= maxParamsLength ? params : undefined;
};

/** Some callers send the parameters as `message/{id}/send` has them. */
const listedParams = (list: readonly unknown[]): unknown => {
  const entries = list.map((one) => (isObject(one) ? [one.key ?? one.name, one.value ?? ''] : []));
  return entries.every(([key]) => typeof key === 'string') ? Object.fromEntries(entries) : undefined;
};

const parsed = (text: string): unknown => {
  try {
    return carriedJson(JSON.parse(text)).value;
  } catch {
    return undefined;
  }
};
