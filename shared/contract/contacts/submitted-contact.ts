import type { ContactDraft, Token, TokenType } from '#domain/contacts/contact.ts';
import type { Problem } from '#domain/problem.ts';
import { contactColumns } from '../files/contact-columns.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { contactLimits, contactRequest } from './contact-request.ts';
import { listOf } from './read-channels.ts';

/** A value as it was submitted, whatever it should have been. */
type Echo = string | number;

/** A contact that was refused at once, as `failedContacts` shows it (contract 4.2). */
export interface FailedContact {
  /** Its place in the request, from 0. */
  readonly index: number;
  readonly id?: Echo;
  readonly externalCustomerId?: Echo;
  readonly firstName?: Echo;
  readonly lastName?: Echo;
  readonly channels: readonly { readonly type: string; readonly value: string }[];
  readonly errors: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

const bindContact = binderOf(contactRequest);

/** The refused contact as it was submitted, as far as its caller needs it to know it again. */
export const failedContactOf = (value: unknown, index: number, errors: readonly Problem[]): FailedContact => {
  const bound = bindContact(value);
  const members = isObject(bound) ? bound : {};
  const channels = listOf(members.channels).slice(0, maxEchoedChannels).filter(isObject);
  return {
    index,
    ...scalar(members, 'id'),
    ...scalar(members, 'externalCustomerId'),
    ...scalar(members, 'firstName'),
    ...scalar(members, 'lastName'),
    channels: channels.map((channel) => ({ type: text(channel.type), value: text(channel.value) })),
    errors: errors.map(({ field, code, message }) => ({ field, code, message })),
  };
};

/**
 * The refused contact as the cells of a file of contacts, unchecked, so that it can be corrected and imported again.
 */
export const submittedColumns = (value: unknown): Record<string, string> => {
  const bound = bindContact(value);
  if (!isObject(bound)) return {};
  const address = isObject(bound.address) ? bound.address : {};
  return contactColumns({
    ...texts(bound, ['externalCustomerId', 'firstName', 'lastName', 'contactKey', 'languageCode', 'timeZone']),
    ...(typeof bound.id === 'number' && { id: bound.id }),
    ...submittedChannels(bound.channels),
    origin: texts(isObject(bound.origin) ? bound.origin : {}, ['createdAt', 'subscribedAt']),
    address: texts(address, ['region', 'town', 'address', 'postcode', 'countryCode']),
    fields: listOf(bound.fields)
      .slice(0, contactLimits.fields)
      .filter(isObject)
      .flatMap(({ id, value }) =>
        typeof id === 'number' && typeof value === 'string' ? [{ id, value: cut(value) }] : [],
      ),
  });
};

const maxEchoedChannels = 10;
const maxEchoedLength = 255;

const cut = (value: string, length: number = contactLimits.fieldValueLength): string =>
  value.length > length ? value.slice(0, length).toWellFormed() : value;

const text = (value: unknown): string => (typeof value === 'string' ? cut(value, maxEchoedLength) : '');

const scalar = <Name extends string>(
  members: Readonly<Record<string, unknown>>,
  name: Name,
): { [N in Name]?: Echo } => {
  const value = members[name];
  const echo = typeof value === 'string' ? cut(value, maxEchoedLength) : Number.isFinite(value) ? value : undefined;
  return (echo === undefined ? {} : { [name]: echo }) as { [N in Name]?: Echo };
};

const texts = <Name extends string>(
  members: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): { [N in Name]?: string } =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = members[name];
      return typeof value === 'string' ? [[name, cut(value)]] : [];
    }),
  ) as { [N in Name]?: string };

const tokenTypes: readonly TokenType[] = ['viber', 'telegram', 'mobilepush', 'webpush'];

const submittedChannels = (value: unknown): Pick<ContactDraft, 'email' | 'sms' | 'tokens'> => {
  const tokens: Token[] = [];
  const single: { email?: string; sms?: string } = {};
  for (const channel of listOf(value).slice(0, contactLimits.tokens).filter(isObject)) {
    const { type, value: submitted } = channel;
    if (typeof submitted !== 'string') continue;
    if (type === 'email' || type === 'sms') single[type] = cut(submitted);
    const tokenType = tokenTypes.find((known) => known === type);
    if (tokenType) tokens.push({ type: tokenType, value: cut(submitted) });
  }
  return { ...single, ...(tokens.length > 0 && { tokens }) };
};
