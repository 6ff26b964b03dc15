import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptedLanguages } from '#http/accepted-languages.ts';
import { unsubscribeTexts } from '#names/unsubscribe-texts.ts';
import { inLanguage } from '#pages/in-language.ts';
import { unsubscribeLink, unsubscribePageFrom } from '#pages/unsubscribe-page.ts';

const settings = {
  organisationName: () => 'Garden & Co <London>',
  accentColour: () => '#0b57d0',
  logoUrl: () => '',
  unsubscribePages: () => [unsubscribeTexts.en, unsubscribeTexts.uk] as const,
};
const pages = ['open', 'done', 'invalid', 'failed'] as const;

describe('the pages behind an unsubscribe link', () => {
  test('have a language, one heading, and one button only where there is something to do', () => {
    for (const page of pages) {
      const { html } = unsubscribePageFrom(settings, page, ['uk'])();

      expect(html).toMatch(/^<!doctype html>\n<html lang="uk">/);
      expect(html.match(/<h1>[^<]+<\/h1>/g)).toHaveLength(1);
      expect(html.match(/<form method="post"><button type="submit">[^<]+<\/button><\/form>/g)?.length ?? 0).toBe(
        page === 'open' ? 1 : 0,
      );
      expect(html).not.toMatch(/<script|<img|<link|src=|href=|url\(|@import|\bon\w+=/i);
    }
  });

  test('are answered with a status of their own', () => {
    expect(pages.map((page) => unsubscribePageFrom(settings, page)().status)).toEqual([200, 200, 400, 500]);
  });

  test('escape the name of the organisation', () => {
    expect(unsubscribePageFrom(settings, 'open')().html).toContain(
      'Garden &#38; Co &#60;London&#62; will send no more',
    );
  });
});

describe('the language of a reader', () => {
  const of = (language: string) => ({ language });
  const texts = [of('en'), of('uk'), of('pt-BR'), of('pt')] as const;

  test.each([
    [['uk'], 'uk'],
    [['uk-UA'], 'uk'],
    [['UK_ua'], 'uk'],
    [['pt-PT'], 'pt-BR'],
    [['pt'], 'pt'],
    [[undefined, 'uk'], 'uk'],
    [['xx', 'uk', 'en'], 'uk'],
    [['xx'], 'en'],
    [[''], 'en'],
    [[], 'en'],
  ])('of %j is %s', (wanted, language) => {
    expect(inLanguage(texts, wanted).language).toBe(language);
  });

  test.each([
    ['uk,en;q=0.5', ['uk', 'en']],
    ['en;q=0.2, uk-UA ;q=0.9,*;q=0.1', ['uk-UA', 'en']],
    ['de;q=0, uk', ['uk']],
    ['*', []],
    [undefined, []],
  ])('is read from the header %s', (header, languages) => {
    expect(acceptedLanguages(header)).toEqual(languages);
  });

  test('is nothing where the header is anything else', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        for (const tag of acceptedLanguages(header)) expect(tag).toMatch(/^[A-Za-z0-9-]+$/);
      }),
    );
  });
});

test('an unsubscribe link leads to the address that the stage has for people', () => {
  expect(unsubscribeLink('https://contacts.example.com/', 'token')).toBe(
    'https://contacts.example.com/unsubscribe?t=token',
  );
});
