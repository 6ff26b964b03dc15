import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MailboxItem, mailboxPage } from '#infra/local/mail/mailbox-page.ts';

const mail = (about: Partial<Extract<MailboxItem, { channel: 'email' }>> = {}): MailboxItem => ({
  channel: 'email',
  id: 'email-1',
  from: '=?UTF-8?B?0JzQsNCz0LDQt9C40L0=?= <owner@example.com>',
  to: 'ann@example.com',
  subject: 'Hello',
  html: '<p>Hello <a href="https://shop.example/a">there</a></p>',
  text: 'Hello, see https://shop.example/a?b=1&c=2 soon',
  headers: { 'List-Unsubscribe': '<https://shop.example/off>' },
  sentAt: '2026-01-05T12:00:00.000Z',
  ...about,
});
const pageOf = (item: MailboxItem) => String(mailboxPage({ items: [item], opened: item }).body);

describe('the page of the mailbox', () => {
  test('shows a message with its headers, its sender by name, and links that open elsewhere', () => {
    const html = pageOf(mail());

    expect(html).toContain('<dt>From</dt><dd>Магазин &#60;owner@example.com&#62;</dd>');
    expect(html).toContain('<dt>List-Unsubscribe</dt>');
    expect(html).toContain(
      '<a href="https://shop.example/a?b=1&#38;c=2" target="_blank" rel="noopener noreferrer">https://shop.example/a?b=1&#38;c=2</a> soon',
    );
    expect(html).toContain('srcdoc="&#60;base target=&#34;_blank&#34;&#62;&#60;p&#62;Hello');
  });

  test('lets nothing of a message run, post, or leave its frame', () => {
    const { headers } = mailboxPage({ items: [] });
    const html = pageOf(mail());

    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; .*form-action 'none'; .*frame-ancestors 'none'$/,
    );
    expect(headers['content-security-policy']).not.toMatch(/script-src|http:/);
    expect(html.match(/sandbox="([^"]*)"/)?.[1]).toBe('allow-popups allow-popups-to-escape-sandbox');
  });

  test('has the same marks whatever a message says', () => {
    const marks = (html: string) => html.match(/<[a-z/][^>]*?(?=[\s>])/gi);
    const plain = pageOf(mail({ from: 'x', to: 'x', subject: 'x', html: 'x', text: 'x', headers: { x: 'x' } }));
    const hostile = fc.oneof(fc.constant(`"></iframe><script>alert(1)</script>'\`&`), fc.string({ minLength: 1 }));

    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(!/https?:/.test(text));
        const said = { from: text, to: text, subject: text, html: text, text, headers: { [text]: text }, id: text };

        expect(marks(pageOf(mail(said)))?.length).toBe(marks(plain)?.length);
      }),
    );
  });

  test('says that there is nothing, and where older messages are', () => {
    expect(mailboxPage({ items: [] }).body).toContain('There is no message');
    expect(mailboxPage({ items: [mail()], cursor: '50' }).body).toContain('?cursor=50">Older messages');
  });
});
