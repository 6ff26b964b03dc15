import { describe, expect, test } from 'vitest';
import {
  messageChannel,
  parseStoredMessage,
  parseStoredMessageChanges,
  parseStoredMessagesQuery,
  storedMessageBody,
  storedMessageRow,
} from '#contract/messages/stored-messages.ts';
import type { MessageTemplate } from '#domain/messages/message-template.ts';
import { summaryOf } from '#domain/messages/message-template.ts';

const rule = { senderAddresses: ['owner@example.com'], smsSenders: ['Shop'] };
const email = { name: 'Order', from: 'Shop <owner@example.com>', subject: 'Your order', htmlText: '<p>x</p>' };

/** A stored message as it is kept of what a caller sent. */
const kept = (body: object, channel: 'email' | 'sms' = 'email'): MessageTemplate => {
  const draft = parseStoredMessage(body, rule)(channel);
  const times = { createdAt: '2026-01-05T09:00:00.000Z', updatedAt: '2026-01-05T09:00:00.000Z' };
  return { id: 7, version: 1, channel, summary: summaryOf(draft.content), ...times, ...draft };
};

describe('a stored message of the vendor’s API', () => {
  test.each([
    ['email', email],
    ['email', { ...email, plainText: 'x', tags: ['order', 'shop'] }],
    ['email', { ...email, from: '"Shop" <noreply@shop.example>' }, { from: 'Shop <noreply@shop.example>' }],
    ['email', { ...email, from: undefined, tags: 'order' }, { from: undefined, tags: ['order'] }],
    ['sms', { name: 'Code', text: 'Your code is 1', from: 'Shop' }],
    ['sms', { name: 'Code', plainText: 'Your code is 1' }, { plainText: undefined, text: 'Your code is 1' }],
  ] as const)('of the channel %s is read back as it was sent: %j', (channel, body, but: object = {}) => {
    const shown = storedMessageBody(kept(body, channel));

    expect(shown).toEqual(JSON.parse(JSON.stringify({ id: 7, tags: [], ...body, ...but })));
  });

  test('is without its bodies in a list', () => {
    const row = storedMessageRow(kept({ ...email, plainText: 'x' }));

    expect(row).toEqual({ id: 7, name: 'Order', from: email.from, subject: email.subject, tags: [] });
    expect(storedMessageRow({ ...kept(email), summary: undefined } as never)).toEqual({
      id: 7,
      name: 'Order',
      tags: [],
    });
  });

  test('keeps what a change does not name', () => {
    const before = kept({ ...email, plainText: 'x', tags: ['order'] });
    const become = (body: object) => parseStoredMessageChanges(body, { ...rule, senderAddresses: ['new@example.com'] });

    const { content, ...named } = become({ subject: 'Other', htmlText: null })(before);

    expect(named).toEqual({ name: 'Order' });
    expect(content).toEqual({ ...before.content, subject: 'Other' });
    expect(become({})(before)).toEqual({ name: 'Order', content: before.content });
    expect(become({ tags: ['a'], from: 'x@y.example' })(before)).toMatchObject({
      tags: ['a'],
      content: { from: { replyTo: 'x@y.example' } },
    });
  });

  test.each([
    ['email', {}, /name must/],
    ['email', { name: ' ', subject: 'x', htmlText: 'x' }, /name must/],
    ['email', { name: 'x', htmlText: 'x' }, /subject must/],
    ['email', { name: 'x', subject: 'x' }, /HTML, plain text or both/],
    ['email', { ...email, name: {} }, /name must be text/],
    ['email', { ...email, htmlText: { a: 1 } }, /htmlText must be text/],
    ['email', { ...email, tags: [{ a: 1 }] }, /tags\[0\] must be text/],
    ['email', { ...email, tags: Array(51).fill('x') }, /tags must have at most 50/],
    ['email', { ...email, from: 'no address <@>' }, /from must/],
    ['email', { ...email, htmlText: 'x'.repeat(300_001) }, /at most 300000 bytes/],
    ['sms', { name: 'x' }, /text must/],
    ['sms', { name: 'x', text: 'x'.repeat(1601) }, /text must/],
    ['sms', { name: 'x', text: 'x', from: 'Stranger' }, /from must be what SMS are sent from/],
    ['sms', [], /name must|The body must/],
    ['sms', 'x', /The body must/],
    ['sms', null, /The body must/],
  ] as const)('of the channel %s like %j is refused', (channel, body, message) => {
    expect(() => parseStoredMessage(body, rule)(channel)).toThrow(message);
  });

  test.each([
    ['email', { subject: ' '.repeat(3) }, /subject must/],
    ['email', { name: 'x'.repeat(101) }, /name must have at most 100/],
    ['sms', { text: 'x'.repeat(1601) }, /text must/],
  ] as const)('of the channel %s is not changed by %j', (channel, body, message) => {
    const before = kept(channel === 'email' ? email : { name: 'Code', text: 'x' }, channel);

    expect(() => parseStoredMessageChanges(body, rule)(before)).toThrow(message);
  });

  test('has a channel that Rollcall sends by', () => {
    expect([messageChannel.read('email'), messageChannel.read('sms')]).toEqual(['email', 'sms']);
    for (const other of ['viber', 'EMAIL', '', 'toString']) {
      expect(() => messageChannel.read(other)).toThrow(/not found: Rollcall sends e-mails and SMS/);
    }
  });

  test.each([
    [{}, { search: '', skip: 0, take: 500 }],
    [
      { search: ' Order ', startindex: '3', maxrows: '2' },
      { search: 'Order', skip: 2, take: 2 },
    ],
    [
      { startindex: '-1', maxrows: '0' },
      { search: '', skip: 0, take: 500 },
    ],
    [
      { startindex: 'x', maxrows: '9999' },
      { search: '', skip: 0, take: 500 },
    ],
  ])('is looked for by %j', (query, expected) => {
    expect(parseStoredMessagesQuery(query)).toEqual(expected);
  });
});
