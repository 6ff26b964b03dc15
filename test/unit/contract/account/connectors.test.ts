import { describe, expect, test } from 'vitest';
import { readContactTokenRequest } from '#contract/account/contact-token.ts';
import { siteDomainRequest } from '#contract/account/site.ts';
import { parse } from '#contract/parse.ts';

describe('the domain of a site', () => {
  test.each([
    { domain: 'shop.example' },
    { domain: 'https://shop.example/path', serviceWorkerName: 'sw.js' },
    { domains: [{ domain: 'https://shop.example', serviceWorkerName: 'sw.js' }] },
    { domains: { domain: 'https://shop.example' } },
  ])('may come as %j', (body) => {
    expect(() => parse(siteDomainRequest, body)).not.toThrow();
  });

  test.each([
    null,
    [],
    'x',
    7,
    {},
    { domain: '' },
    { domain: {} },
    { domains: [] },
    { domains: ['x'] },
    { domains: [{}] },
  ])('must be there: %j has none', (body) => {
    expect(() => parse(siteDomainRequest, body)).toThrow(/must/);
  });
});

describe('the token of a contact', () => {
  const rule = { defaultCountry: 'UA' };

  test.each([
    [{ externalCustomerId: 17 }, { externalCustomerId: '17' }],
    [
      { extid: '17', email: 'A@b.co', phone: '0942583691' },
      { externalCustomerId: '17', email: 'a@b.co', sms: '380942583691' },
    ],
    [{ email: 'no address', phone: '1' }, {}],
  ])('is asked for by %j', (body, named) => {
    expect(readContactTokenRequest(body, rule)).toEqual(named);
  });

  test.each([null, [], 'x', {}, { email: ' ' }, { email: {} }, { phone: [] }])('must name somebody: %j', (body) => {
    expect(() => readContactTokenRequest(body, rule)).toThrow(/must/);
  });
});
