import type * as z from 'zod/mini';
import type { Token, TokenType } from '#domain/contacts/contact.ts';
import type { Problem } from '#domain/problem.ts';
import { normaliseEmail } from '#identity/email.ts';
import { isJunk, type JunkRule } from '#identity/junk.ts';
import { type BarePhones, normalisePhone } from '#identity/phone.ts';
import { carriedText } from '../carried-text.ts';
import { type Bind, binderOf, isObject } from '../imports/bind.ts';
import { channelRequest, channelTypes, contactLimits } from './contact-request.ts';
import { leaveChannelOut, noIdentity, quoted, type Reading } from './reading.ts';

const bindChannel: Bind = binderOf(channelRequest);

/** How phone numbers are read. */
export interface PhoneRule {
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What a number without `+` may be; `long` where absent. */
  readonly barePhones?: BarePhones;
}

/** How channels are read. */
export interface ChannelRule extends PhoneRule {
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
}

/**
 * Reads the channels of a contact: one e-mail address and one phone, of several the last, and any number of tokens
 * (contract 2.2). A blank value means that there is no such channel. A value that is none is left out; what is no channel
 * at all is an error.
 */
export const readChannels = (value: unknown, rule: ChannelRule, reading: Reading): void => {
  const channels = listOf(value);
  if (channels.length > contactLimits.tokens) {
    const message = `A contact has at most ${contactLimits.tokens} channels`;
    reading.errors.push({ code: 'TOO_LARGE', field: 'channels', message });
    return;
  }
  const tokens = new Map<string, Token>();
  channels.forEach((one, index) => {
    const channel = inLowerCase(bindChannel(one));
    if (isObject(channel) && isBlank(channel.value)) return;
    const parsed = parseChannel(channel, reading);
    if (!parsed) readBadChannel(channel, index, reading);
    else readChannel(parsed, { tokens, rule }, reading);
  });
  if (tokens.size > 0) reading.draft.tokens = [...tokens.values()];
  overwriteLeftOut(reading.draft);
};

/** Types count in any case. */
const inLowerCase = (channel: unknown): unknown =>
  isObject(channel) && typeof channel.type === 'string'
    ? { ...channel, type: channel.type.trim().toLowerCase() }
    : channel;

type Channel = z.output<typeof channelRequest>;

/** A channel of the right shape, without what it says of its device if that is invalid. */
const parseChannel = (channel: unknown, { warnings }: Reading): Channel | undefined => {
  const parsed = channelRequest.safeParse(channel);
  if (parsed.success || !isObject(channel)) return parsed.data;
  const bare = channelRequest.safeParse({ type: channel.type, value: channel.value });
  if (!bare.success) return undefined;
  const message = 'What the channel says of its device or its subscription is not an object and was left out';
  warnings.push({ code: 'INVALID_CHANNEL', field: bare.data.type, message });
  return bare.data;
};

interface Known {
  readonly tokens: Map<string, Token>;
  readonly rule: ChannelRule;
}

const readChannel = ({ type, value, ...details }: Channel, { tokens, rule }: Known, reading: Reading): void => {
  if (isJunk(value, rule.junk)) leaveChannelOut(reading, noIdentity(type, value));
  else if (type === 'email') readEmail(value, reading);
  else if (type === 'sms') readPhone(value, rule, reading);
  else if (!token.test(value.trim())) leaveChannelOut(reading, badToken(type));
  else tokens.set(`${type}#${value.trim()}`, tokenOf(type, value.trim(), details));
};

/** Of two values of one channel the good one counts. */
const overwriteLeftOut = (draft: Reading['draft']): void => {
  if (!draft.untouched) return;
  const given = new Set<string | number>([...Object.keys(draft), ...(draft.tokens ?? []).map(({ type }) => type)]);
  const { untouched } = draft;
  draft.untouched = untouched.filter((name) => !given.has(name));
  if (draft.untouched.length === 0) delete draft.untouched;
};

/** The elements of a list, or the one that stands for a list of one (contract 1.3). */
export const listOf = (value: unknown): readonly unknown[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== undefined && one !== '');

const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');

const readEmail = (value: string, reading: Reading): void => {
  const email = normaliseEmail(value);
  if (email === undefined) leaveChannelOut(reading, badValue('email', value));
  else reading.draft.email = email;
};

const readPhone = (value: string, { defaultCountry, barePhones = 'long' }: PhoneRule, reading: Reading): void => {
  const sms = normalisePhone(value, defaultCountry, barePhones);
  if (sms === undefined) leaveChannelOut(reading, badValue('sms', value));
  else reading.draft.sms = sms;
};

const badValue = (type: 'email' | 'sms', value: string): Problem =>
  type === 'email'
    ? { code: 'INVALID_EMAIL', field: type, message: `${quoted(value)} is not valid email` }
    : { code: 'INVALID_PHONE', field: type, message: `${quoted(value)} is not valid phone number` };

/** Tokens are part of keys, which have 2,048 bytes. */
const token = /^[\x20-\x7E]{1,1000}$/;

const badToken = (type: string): Problem => ({
  code: 'INVALID_CHANNEL',
  field: type,
  message: `A ${type} value has at most ${contactLimits.channelValueLength} characters, all of them printable ASCII`,
});

/** A channel of a known type without a usable value is left out; what has no known type is none of ours. */
const readBadChannel = (channel: unknown, index: number, reading: Reading): void => {
  const field = `channels[${index}]`;
  if (!isObject(channel)) {
    reading.errors.push({ code: 'INVALID_CHANNEL', field, message: `${field} must be an object` });
    return;
  }
  const type = channelTypes.find((known) => known === channel.type);
  if (type === undefined) {
    const given = typeof channel.type === 'string' ? quoted(channel.type) : 'What it has';
    const message = `${given} is not a channel type; those are ${channelTypes.join(', ')}`;
    reading.errors.push({ code: 'INVALID_CHANNEL', field: `${field}.type`, message });
    return;
  }
  const value = typeof channel.value === 'string' ? channel.value : JSON.stringify(channel.value);
  leaveChannelOut(reading, type === 'email' || type === 'sms' ? badValue(type, value) : badToken(type));
};

type Details = {
  readonly device?: Record<string, unknown> | undefined;
  readonly webPushSubscription?: Record<string, unknown> | undefined;
};

const tokenOf = (type: TokenType, value: string, { device, webPushSubscription }: Details): Token => ({
  type,
  value,
  ...(device && { device: simpleMembers(device) }),
  ...(webPushSubscription && { webPushSubscription: simpleMembers(webPushSubscription) }),
});

const maxDetails = 30;
const maxDetailLength = 500;

/** Numbers, flags and short texts under plain names; whatever else is said about a device is not kept. */
const simpleMembers = (details: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(details)
      .filter(([name, value]) => /^[A-Za-z]\w{0,49}$/.test(name) && isSimple(value))
      .slice(0, maxDetails)
      .map(([name, value]) => [name, typeof value === 'string' ? carriedText(value) : value]),
  );

const isSimple = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && isStorable(value)) ||
  (typeof value === 'string' && value.length <= maxDetailLength);

/** The table refuses numbers that are not 0 and nearer to it than 1e-130 (an AWS limit). */
const isStorable = (value: number): boolean => value === 0 || (Math.abs(value) < 1e15 && Math.abs(value) > 1e-100);
