import type { ConsentHeader } from './consent-header.ts';

const target = (
  question: ConsentHeader['question'],
  channel: ConsentHeader['channel'] = 'any',
  facet: ConsentHeader['facet'] = 'answer',
): ConsentHeader => ({ question, channel, facet });

/** What `fieldMapping`, and members of a contact, can name of consent. */
export const consentTargets: Readonly<Record<string, ConsentHeader>> = {
  subscribed: target('subscribed'),
  unsubscribed: target('unsubscribed'),
  bounced: target('bounced', 'email'),
  complained: target('complained'),
  blacklisted: target('blacklisted'),
  deleted: target('deleted'),
  confirmed: target('confirmed', 'email'),
  status: target('status'),
  emailStatus: target('status', 'email'),
  smsStatus: target('status', 'sms'),
  emailSubscribed: target('subscribed', 'email'),
  emailUnsubscribed: target('unsubscribed', 'email'),
  smsSubscribed: target('subscribed', 'sms'),
  smsUnsubscribed: target('unsubscribed', 'sms'),
  smsBlacklisted: target('blacklisted', 'sms'),
  unsubscribedAt: target('unsubscribed', 'any', 'time'),
  bouncedAt: target('bounced', 'email', 'time'),
};

/** The target that a name means, in any case. */
export const consentTarget = (name: string): ConsentHeader | undefined => byName.get(name.trim().toLowerCase());

/** The target that a column about consent is mapped to, or what it asks where none is the same. */
export const targetOf = ({ question, channel, facet }: ConsentHeader): string => {
  const isSame = ([, one]: [string, ConsentHeader]) =>
    one.question === question && one.channel === channel && one.facet === facet;
  return Object.entries(consentTargets).find(isSame)?.[0] ?? question;
};

const byName = new Map(Object.entries(consentTargets).map(([name, header]) => [name.toLowerCase(), header]));
