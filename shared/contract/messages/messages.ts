import { RollcallError } from '#domain/error.ts';
import { type MessageContent, type MessageParams, type Reach, transactionalReach } from '#domain/messages/message.ts';
import { parse } from '../parse.ts';
import { emailContent, type SenderRule, smsContent } from './message-content.ts';
import { emailReading, sendReading, smartSendReading, smsReading } from './message-requests.ts';
import { senderName } from './message-sender.ts';
import { type Audience, type NamedRecipient, readLocator, readSmartRecipient } from './recipients.ts';

/** A message that says everything itself. */
export interface GivenMessage {
  readonly content: MessageContent;
  readonly audience: Audience;
  readonly reach: Reach;
  readonly isPersonal: boolean;
}

/** What is to be sent of a stored message. */
export interface StoredMessage {
  readonly audience: Audience;
  readonly reach: Reach;
  readonly fromName?: string;
  /** For all recipients. */
  readonly params: MessageParams;
}

/**
 * Reads an e-mail (contract 4.17).
 * @throws RollcallError INVALID_REQUEST; an address that is none is no such error.
 */
export const parseEmailRequest = (body: unknown, rule: SenderRule): GivenMessage => {
  const { htmlText: html, plainText, skipPersonalisation = false, emails, ...rest } = parse(emailReading, body);
  return {
    content: emailContent({ ...rest, html, text: plainText }, rule),
    audience: { recipients: emails.map(readLocator) },
    reach: transactionalReach,
    isPersonal: !skipPersonalisation,
  };
};

/**
 * Reads an SMS (contract 4.17).
 * @throws RollcallError INVALID_REQUEST; a number that is none is no such error.
 */
export const parseSmsRequest = (body: unknown, rule: SenderRule): GivenMessage => {
  const { phoneNumbers, groupId: segmentId, ...rest } = parse(smsReading, body);
  return {
    content: smsContent(rest, rule),
    audience: audienceOf({ phoneNumbers: phoneNumbers?.map(readLocator) }, segmentId),
    reach: transactionalReach,
    isPersonal: true,
  };
};

/**
 * Reads whom a stored message is sent to, all with the same parameters (contract 4.17).
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseSendRequest = (body: unknown): StoredMessage => {
  const given = parse(sendReading, body);
  const recipients = given.recipients?.map(readLocator);
  const contactId = given.contactId === undefined ? undefined : [{ name: { contactId: given.contactId }, params: {} }];
  return {
    audience: audienceOf({ recipients, contactId }, given.groupId),
    ...storedRule(given),
    params: sharedParams(given.params ?? []),
  };
};

/**
 * Reads whom a stored message is sent to, each with parameters of its own (contract 4.17).
 * @throws RollcallError INVALID_REQUEST; a recipient that is none is no such error.
 */
export const parseSmartSendRequest = (body: unknown): StoredMessage => {
  const given = parse(smartSendReading, body);
  return { audience: { recipients: given.recipients.map(readSmartRecipient) }, ...storedRule(given), params: {} };
};

/** The longest parameters for all recipients, as JSON in characters: each message is kept with them. */
const maxSharedLength = 10_000;

const sharedParams = (
  given: readonly { readonly key: string; readonly value?: string | undefined }[],
): MessageParams => {
  const params = Object.fromEntries(given.map(({ key, value = '' }) => [key, value]));
  if (JSON.stringify(params).length <= maxSharedLength) return params;
  throw new RollcallError('INVALID_REQUEST', `params must have at most ${maxSharedLength} characters together`);
};

/** A stored message may be sent to many, so that unconfirmed addresses get it only if the request says so. */
const storedRule = ({
  allowUnconfirmed = false,
  fromName,
}: {
  readonly allowUnconfirmed?: boolean | undefined;
  readonly fromName?: string | undefined;
}) => {
  const name = senderName(fromName ?? '');
  return { reach: { ...transactionalReach, unconfirmed: allowUnconfirmed }, ...(name !== '' && { fromName: name }) };
};

type Named = Readonly<Record<string, readonly NamedRecipient[] | undefined>>;

const audienceOf = (byMember: Named, segmentId: number | undefined): Audience => {
  const members = [...Object.keys(byMember), 'groupId'];
  const lists = Object.values(byMember).filter((list) => list !== undefined);
  const given = lists.length + (segmentId === undefined ? 0 : 1);
  if (given !== 1) throw new RollcallError('INVALID_REQUEST', `Exactly one of ${members.join(', ')} must be given`);
  return segmentId === undefined ? { recipients: lists.flat() } : { groupId: segmentId };
};
