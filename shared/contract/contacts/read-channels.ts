import type { Token, TokenType } from '#domain/contacts/contact.ts';
import type { Problem } from '#domain/problem.ts';
import { type Bind, binderOf, isObject } from '../imports/bind.ts';
import { channelRequest, channelTypes, contactLimits } from './contact-request.ts';
import { normaliseEmail } from './email.ts';
import { normalisePhone } from './phone.ts';
import { quoted, type Reading } from './reading.ts';

const bindChannel: Bind = binderOf(channelRequest);

/**
 * Reads the channels of a contact: one e-mail address and one phone, of several the last, and any number of tokens
 * (contract 2.2). A blank value means that there is no such channel.
 */
export const readChannels = (value: unknown, defaultCountry: string, reading: Reading): void => {
  const channels = listOf(value);
  if (channels.length > contactLimits.tokens) {
    const message = `A contact has at most ${contactLimits.tokens} channels`;
    reading.errors.push({ code: 'TOO_LARGE', field: 'channels', message });
    return;
  }
  const tokens = new Map<string, Token>();
  channels.forEach((one, index) => {
    const channel = bindChannel(one);
    if (isObject(channel) && isBlank(channel.value)) return;
    const parsed = channelRequest.safeParse(channel);
    if (!parsed.success) {
      reading.errors.push(badChannel(channel, index));
      return;
    }
    const { type, value, ...details } = parsed.data;
    if (type === 'email') readEmail(value, reading);
    else if (type === 'sms') readPhone(value, defaultCountry, reading);
    else if (!token.test(value.trim())) reading.errors.push(badToken(type));
    else tokens.set(`${type}#${value.trim()}`, tokenOf(type, value.trim(), details));
  });
  if (tokens.size > 0) reading.draft.tokens = [...tokens.values()];
};

/** The elements of a list, or the one that stands for a list of one (contract 1.3). */
export const listOf = (value: unknown): readonly unknown[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== undefined && one !== '');

const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');

const readEmail = (value: string, { draft, errors }: Reading): void => {
  const email = normaliseEmail(value);
  if (email === undefined) {
    errors.push({ code: 'INVALID_EMAIL', field: 'email', message: `${quoted(value)} is not valid email` });
  } else draft.email = email;
};

const readPhone = (value: string, defaultCountry: string, { draft, errors }: Reading): void => {
  const sms = normalisePhone(value, defaultCountry);
  if (sms === undefined) {
    errors.push({ code: 'INVALID_PHONE', field: 'sms', message: `${quoted(value)} is not valid phone number` });
  } else draft.sms = sms;
};

/** Tokens are part of keys, which have 2,048 bytes. */
const token = /^[\x20-\x7E]{1,1000}$/;

const badToken = (type: string): Problem => ({
  code: 'INVALID_CHANNEL',
  field: type,
  message: `A ${type} value has at most ${contactLimits.channelValueLength} characters, all of them printable ASCII`,
});

const badChannel = (channel: unknown, index: number): Problem => {
  const field = `channels[${index}]`;
  if (!isObject(channel)) return { code: 'INVALID_CHANNEL', field, message: `${field} must be an object` };
  const { type, value } = channel;
  if (!channelTypes.some((known) => known === type)) {
    const given = typeof type === 'string' ? quoted(type) : 'What it has';
    const message = `${given} is not a channel type; those are ${channelTypes.join(', ')}`;
    return { code: 'INVALID_CHANNEL', field: `${field}.type`, message };
  }
  if (typeof value === 'string' && value.length > contactLimits.channelValueLength) {
    if (type === 'email') return { code: 'INVALID_EMAIL', field: type, message: `${quoted(value)} is not valid email` };
    if (type === 'sms') {
      return { code: 'INVALID_PHONE', field: type, message: `${quoted(value)} is not valid phone number` };
    }
  }
  return { code: 'INVALID_CHANNEL', field, message: `${field} has members that a channel cannot have` };
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
      .map(([name, value]) => [name, typeof value === 'string' ? value.toWellFormed() : value]),
  );

const isSimple = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e15) ||
  (typeof value === 'string' && value.length <= maxDetailLength);
