import { describe, expect, it } from 'vitest';
import { consentHeader } from '#contract/consent/consent-header.ts';
import { consentWord, isTelling } from '#contract/consent/consent-words.ts';
import { memberConsentReader } from '#contract/consent/member-consent.ts';

const none = new Map();

describe('a header', () => {
  it.each([
    ['unsubscribed any answer', 'Unsubscribed', 'unsubscribed', 'Opt Out', 'dnc', 'Відписаний', 'відписка', 'отписан'],
    ['unsubscribed email answer', 'HASOPTEDOUTOFEMAIL', 'Email Opt Out', 'Unsubscribed from all email', 'do_not_email'],
    ['unsubscribed sms answer', 'DONOTCALL', 'Do Not SMS', 'SMS opt-out'],
    ['unsubscribed any time', 'UNSUB_TIME', 'Unsubscribed Time', 'Дата відписки', 'unsubscribed_at'],
    ['unsubscribed any reason', 'UNSUB_REASON', 'Unsubscribe Reason', 'Unsubscribed Mode'],
    ['unsubscribed any aside', 'UNSUB_CAMPAIGN_TITLE', 'unsub_ip'],
    [
      'subscribed any answer',
      'consent',
      'opt-in',
      'Accepts Marketing',
      'згода',
      'Согласие на рассылку',
      'Підписаний',
      'GDPR',
    ],
    [
      'subscribed email answer',
      'Accepts Email Marketing',
      'Newsletter',
      'subscribed_to_emails',
      'Email Marketing Consent',
    ],
    ['subscribed sms answer', 'Accepts SMS Marketing', 'phone_consent'],
    ['subscribed other answer', 'WhatsApp opt-in', 'Direct mail consent'],
    ['confirmed email answer', 'Confirmed', 'DOUBLE_OPT-IN', 'Email verified', 'Підтверджений', 'подтвержден'],
    ['status any answer', 'Status', 'EndpointStatus', 'статус', 'Subscriber status', 'Marketing status'],
    ['status email answer', 'Email status', 'Статус email'],
    ['bounced email time', 'EMAILBOUNCEDDATE', 'CLEAN_TIME'],
    ['blacklisted email answer', 'EMAIL_BLACKLISTED', 'Email Suppressions'],
    ['blacklisted sms answer', 'SMS_BLACKLISTED', 'Phone Blacklisted'],
    ['deleted any answer', 'ISDELETED', 'Archived'],
    ['complained any answer', 'Marked as spam'],
  ])('asks %s', (meaning, ...headers) => {
    const asked = headers.map((header) => {
      const { question, channel, facet } = consentHeader(header) ?? {};
      return `${question} ${channel} ${facet}`;
    });

    expect(asked).toEqual(headers.map(() => meaning));
  });

  it.each([
    ['State', 'Lead Status', 'Order status', 'Marital status', 'Description', 'Options', 'Mobile Phone', 'Email list'],
    ['MAILINGSTATE', 'Subscription plan', 'Notes', 'Contact owner', 'Company', 'LAST_CHANGED', 'Member since'],
  ])('asks nothing: %s, %s', (...headers) => {
    expect(headers.filter(consentHeader)).toEqual([]);
  });
});

describe('a word about consent', () => {
  it.each([
    ['yes', 'yes', 'TRUE', '1', 'Так', 'да', '✓', ' Yes '],
    ['no', 'No', 'false', '0', '0.0', 'Ні', 'нет', 'Немає'],
    ['subscribed', 'Subscribed', 'active', 'ENABLED', 'Підписаний', 'Активный'],
    ['unconfirmed', 'Not confirmed', 'pending', 'Не підтверджений', 'не подтвержден'],
    ['noConsent', 'NEVER_SUBSCRIBED', 'not_subscribed'],
    [
      'unsubscribed',
      'Unsubscribed',
      'opted-out',
      'OPTED_OUT',
      'disabled',
      'Inactive',
      'відписався',
      'Отписан',
      'Do Not Allow',
    ],
    ['bounced', 'cleaned', 'Hard bounce', '5.1.1', 'unreachable'],
    ['complained', 'ABUSE', 'junk', 'скарга'],
    ['blacklisted', 'blocklisted', 'Blocked', 'Чорний список'],
    ['nothing', '', ' ', 'NULL', '-', '[]', '(No value)', 'n/a'],
  ])('means %s', (meaning, ...cells) => {
    expect(cells.map((cell) => consentWord(cell, none))).toEqual(cells.map(() => meaning));
  });

  it('of several is the strictest, and one that is not understood spoils them all', () => {
    expect(consentWord('["UNSUBSCRIBE","HARD_BOUNCE"]', none)).toBe('bounced');
    expect(consentWord("['email','sms']", none)).toBe('yes');
    expect(consentWord('sms', none)).toBe('bySms');
    expect(consentWord('unsubscribed, whatever', none)).toBeUndefined();
    expect(consentWord('2', none)).toBeUndefined();
    expect(consentWord('10', none)).toBeUndefined();
  });

  it('may be explained', () => {
    expect(consentWord('Left us!', new Map([['leftus', 'unsubscribed']]))).toBe('unsubscribed');
  });

  it('is sometimes so plain that it needs no header', () => {
    expect(['Unsubscribed', 'відписаний', 'active', 'no'].map(isTelling)).toEqual([true, true, false, false]);
  });
});

describe('members of a submitted contact', () => {
  const read = memberConsentReader();

  it.each([
    [{ unsubscribed: true }, { email: { reason: 'unsubscribed' }, sms: { reason: 'unsubscribed' } }],
    [{ emailUnsubscribed: 1 }, { email: { reason: 'unsubscribed' } }],
    [{ unsubscribed: 'yes', smsSubscribed: true }, { email: { reason: 'unsubscribed' } }],
    [{ smsUnsubscribed: 'true' }, { sms: { reason: 'unsubscribed' } }],
    [{ bounced: true }, { email: { reason: 'blacklisted', cause: 'bounced' } }],
    [{ confirmed: false }, { unconfirmed: true }],
    [{ confirmed: true, unsubscribed: false, bounced: null }, {}],
    [{ accepts_marketing: false }, { email: { reason: 'unsubscribed' }, sms: { reason: 'unsubscribed' } }],
    [{ email_marketing_consent: { state: 'not_subscribed' } }, { unconfirmed: true }],
    [
      { unsubscribedAt: '2023-02-03T08:00:00Z' },
      {
        email: { reason: 'unsubscribed', since: '2023-02-03T08:00:00.000Z' },
        sms: { reason: 'unsubscribed', since: '2023-02-03T08:00:00.000Z' },
      },
    ],
    [{ firstName: 'Ann', channels: [], address: { region: 'unsubscribed' } }, {}],
  ])('%j say %j', (contact, consent) => {
    expect(read(contact)).toMatchObject({ consent });
    expect(read(contact).problem).toBeUndefined();
  });

  it('are a problem where they are not understood', () => {
    expect(read({ unsubscribed: 'perhaps' }).problem).toMatchObject({ code: 'CONSENT_UNCLEAR', field: 'unsubscribed' });
  });
});
