import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confirmationQuery } from '#contract/subscriptions/confirmation-query.ts';
import { isTrapped, silentAnswer } from '#contract/subscriptions/honeypot.ts';
import { subscriptionPublished } from '#contract/subscriptions/subscription-published.ts';
import { htmlAnswer } from '#http/html-page.ts';
import { type MessageTexts, messageTexts, type PageTexts, pageTexts } from '#names/confirmation-texts.ts';
import { backgrounds, buttonColours, contrast } from '#pages/colour.ts';
import { messageFrom } from '#pages/confirmation-message.ts';
import { pageFrom } from '#pages/confirmation-page.ts';
import type { TextsByLanguage } from '#pages/in-language.ts';

const settingsOf = (about: object = {}) => ({
  publicUrl: () => 'https://contacts.example.com/',
  organisationName: () => 'Garden & Co <London>',
  accentColour: () => '#0b57d0',
  logoUrl: () => '',
  confirmationMessage: (): TextsByLanguage<MessageTexts> => [messageTexts.en, messageTexts.uk],
  confirmationPages: (): TextsByLanguage<PageTexts> => [pageTexts.en, pageTexts.uk],
  redirectUrls: () => ({ footer: 'https://shop.example/thanks?a=1&b=2' }),
  ...about,
});

const hostile = `<script>alert("1")</script>'\`&`;
const pages = ['open', 'confirmed', 'expired', 'invalid', 'gone', 'failed'] as const;

/** The text that a browser would make of an HTML page: everything outside of tags, with its character references read. */
const textOf = (html: string) =>
  html.replace(/<[^>]*>/g, ' ').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

describe('the confirmation message', () => {
  test('says the same as HTML and as plain text, with the link in both', () => {
    const { subject, html, text } = messageFrom(settingsOf())('token');

    expect(subject).toBe('Please confirm your subscription to Garden & Co <London>');
    expect(text).toContain('\n\nhttps://contacts.example.com/confirm?t=token\n\n');
    expect(html).toContain('<a href="https://contacts.example.com/confirm?t=token"');
    expect(textOf(html)).toContain('You asked to hear from Garden & Co <London> at this address.');
    expect(html).toContain('<html lang="en">');
  });

  test('names the form in its link only where the stage has a page for it', () => {
    const message = messageFrom(settingsOf());

    expect(message('token', { formType: 'footer' }).text).toContain('/confirm?form=footer&t=token');
    expect(message('token', { formType: 'anything <b>' }).text).toContain('/confirm?t=token');
    expect(message('token', { formType: 'toString' }).text).toContain('/confirm?t=token');
  });

  test('lets no text out of its place, whatever the settings say', () => {
    const plain = messageFrom(settingsOf({ organisationName: () => 'x' }))('token').html;

    fc.assert(
      fc.property(fc.oneof(fc.constant(hostile), fc.string()), (text) => {
        const texts = [Object.fromEntries(Object.keys(messageTexts.en).map((name) => [name, text]))];
        const given = settingsOf({ confirmationMessage: () => texts, organisationName: () => text });

        const { html, subject } = messageFrom(given)('token');

        expect(html.match(/<[^>]*>/g)?.length).toBe(plain.match(/<[^>]*>/g)?.length);
        expect(subject).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

describe('the pages behind a confirmation link', () => {
  test('have a language, a title, one heading, and one button only where there is something to do', () => {
    for (const page of pages) {
      const { html } = pageFrom(settingsOf(), { state: page })();

      expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(html.match(/<title>[^<]+<\/title>/)).not.toBeNull();
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html.match(/<form method="post"><button type="submit">[^<]+<\/button><\/form>/g)?.length ?? 0).toBe(
        page === 'open' ? 1 : 0,
      );
      expect(html).toContain('name="viewport"');
      expect(html).toContain(':focus-visible{outline:3px');
    }
  });

  test('load nothing, run nothing, and name no contact', () => {
    for (const page of pages) {
      const { html } = pageFrom(settingsOf(), { state: page })();

      expect(html).not.toMatch(/<script|<img|<link|src=|href=|url\(|@import|\bon\w+=/i);
      expect(html).not.toContain('@example');
    }
  });

  test('are answered with a status of their own', () => {
    expect(pages.map((page) => pageFrom(settingsOf(), { state: page })().status)).toEqual([
      200, 200, 410, 400, 404, 500,
    ]);
  });

  test('escape whatever the settings say', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pages), fc.oneof(fc.constant(hostile), fc.string()), (page, text) => {
        const texts = [Object.fromEntries(Object.keys(pageTexts.en).map((name) => [name, text]))];
        const given = settingsOf({ confirmationPages: () => texts, organisationName: () => text });
        const plain = pageFrom(settingsOf({ organisationName: () => 'x' }), { state: page })().html;

        const { html } = pageFrom(given, { state: page })();

        expect(html.match(/<[^>]*>/g)?.length).toBe(plain.match(/<[^>]*>/g)?.length);
      }),
    );
  });

  test('go out uncached, unframed, unindexed, without a referrer and under a policy that names their style by its hash', () => {
    const { statusCode, headers = {} } = htmlAnswer(
      pageFrom(settingsOf(), { state: 'open' }, { redirectUrl: 'https://shop.example/thanks' })(),
    );

    expect(statusCode).toBe(200);
    expect(headers['Content-Security-Policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self' https:\/\/shop\.example; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  test('lead on to an address of the stage only, never to one out of the link', () => {
    const urls = { footer: 'https://shop.example/footer', default: 'https://shop.example/thanks' };

    expect(confirmationQuery({ t: 'token', form: 'footer' }, { redirectUrls: urls })).toEqual({
      token: 'token',
      redirectUrl: urls.footer,
    });
    expect(confirmationQuery({ t: 'token', form: 'https://evil.example' }, { redirectUrls: urls }).redirectUrl).toBe(
      urls.default,
    );
    expect(confirmationQuery({ form: 'constructor', redirect: 'https://evil.example' }, { redirectUrls: {} })).toEqual({
      token: '',
      redirectUrl: undefined,
    });
  });
});

describe('mails and pages', () => {
  test('are in the language of their reader, if the stage has it', () => {
    const message = messageFrom(settingsOf())('token', { languageCode: 'uk-UA' });
    const page = pageFrom(settingsOf(), { state: 'open' }, { languages: ['xx', 'uk'] })();

    expect(message.subject).toBe('Підтвердьте, будь ласка, підписку на новини Garden & Co <London>');
    expect(message.html).toContain('<html lang="uk">');
    expect(page.html).toContain('<html lang="uk">');
    expect(messageFrom(settingsOf())('token', { languageCode: 'fr' }).html).toContain('<html lang="en">');
  });

  test('show the logo of the stage, and load nothing else', () => {
    const logoUrl = () => 'https://cdn.shop.example/logo.png?a="><script>';
    const page = pageFrom(settingsOf({ logoUrl }), { state: 'open' })();
    const message = messageFrom(settingsOf({ logoUrl }))('token').html;
    const { headers = {} } = htmlAnswer(page);

    for (const html of [page.html, message]) {
      expect(html.match(/<img/g)).toHaveLength(1);
      expect(html).toContain('src="https://cdn.shop.example/logo.png?a=&#34;&#62;&#60;script&#62;"');
      expect(html).toContain('alt="Garden &#38; Co &#60;London&#62;"');
      expect(html).not.toContain('<script');
    }
    expect(headers['Content-Security-Policy']).toContain('; img-src https://cdn.shop.example; ');
  });

  test('have buttons that can be read and seen, in whatever colour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const colour = `#${number.toString(16).padStart(6, '0')}`;
        const { background, text, edgeOnLight, edgeOnDark } = buttonColours(colour);

        expect(background).toBe(colour);
        expect(contrast(text, background)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(edgeOnLight, backgrounds.light)).toBeGreaterThanOrEqual(3);
        expect(contrast(edgeOnDark, backgrounds.dark)).toBeGreaterThanOrEqual(3);
      }),
    );
    expect(pageFrom(settingsOf({ accentColour: () => '#ffeb3b' }), { state: 'open' })().styles).toContain(
      'background:#ffeb3b;color:#000000',
    );
  });
});

describe('the event that asks for a confirmation', () => {
  const published = (eventTypeKey: string, params: object) =>
    subscriptionPublished({
      id: '1',
      source: 'rollcall',
      'detail-type': eventTypeKey,
      time: '2026-01-05T12:00:00Z',
      detail: {
        eventId: 'e',
        eventTypeKey,
        keyValue: '7',
        contactId: 7,
        occurredAt: '2026-01-05T12:00:00.000Z',
        params: { ContactId: 7, ...params },
      },
    });

  test.each([
    ['subscribeFromApi', {}],
    ['subscribeUpdateFromApi', {}],
    ['subscribeFromApi-footer', { formType: 'footer' }],
    ['subscribeUpdateFromApi-a-b', { formType: 'a-b' }],
  ])('%s tells the contact, the address and the form', (type, about) => {
    expect(published(type, { EmailAddress: 'john@example.com' })).toEqual({
      eventId: 'e',
      contactId: 7,
      email: 'john@example.com',
      ...about,
    });
  });

  test('has no address where only a phone number subscribed', () => {
    expect(published('subscribeFromApi', {})).toEqual({ eventId: 'e', contactId: 7 });
  });
});

describe('the honeypot', () => {
  test.each([
    [{ website: 'https://spam.example' }, true],
    [{ website: 1 }, true],
    [{ website: '  ' }, false],
    [{ website: '' }, false],
    [{ website: null }, false],
    [{}, false],
    [{ contact: { website: 'x' } }, false],
    [JSON.parse('{"website": {"toString": 1}}'), true],
    [['website'], false],
    ['website', false],
  ])('takes %j for a trapped program: %j', (body, trapped) => {
    expect(isTrapped(body, 'website')).toBe(trapped);
  });

  test('catches nobody where the stage has none', () => {
    expect(isTrapped({ '': 'x', website: 'x' }, '')).toBe(false);
  });

  test('answers like a success, with a number that is no contact and survives JSON', () => {
    const { id, emailStatus } = silentAnswer(true, 'ffffffff-ffff-4fff-8fff-ffffffffffff');

    expect(emailStatus).toBe('NEED_CONFIRMATION');
    expect(Number.isSafeInteger(id)).toBe(true);
    expect(id).toBeGreaterThan(1e15);
    expect(silentAnswer(false, crypto.randomUUID())).not.toHaveProperty('emailStatus');
  });
});
