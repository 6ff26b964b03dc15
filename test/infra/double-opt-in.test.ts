import { describe, expect, test } from 'vitest';
import { compilePattern } from '#infra/local/bus/event-pattern.ts';
import { settingsOf } from '#infra/settings.ts';
import { nameOf, rightsByFunction } from './rights-in.ts';
import { onlyResourceOf, resourcesOf, type Template, templateOf } from './synthesized.ts';

const template = templateOf(settingsOf('local', { senderAddress: 'hello@shop.example' }));
const rights = rightsByFunction(template);
const actionsOf = (name: string) => [...new Set((rights.get(name) ?? []).map(({ action }) => action))].sort();
const environmentIn = (from: Template, name: string) => {
  const [fn] = resourcesOf(from, 'AWS::Lambda::Function').filter(([, one]) => nameOf(one) === name);
  if (!fn) throw new Error(`There is no function ${name}`);
  return (fn[1].Properties.Environment as { Variables: Record<string, unknown> }).Variables;
};
const environmentOf = (name: string) => environmentIn(template, name);

/** The functions that may send e-mails. */
const sendersIn = (from: Template): string[] =>
  [...rightsByFunction(from)]
    .filter(([, granted]) => granted.some(({ action }) => action === 'ses:SendEmail'))
    .map(([name]) => name)
    .toSorted();

describe('double opt-in', () => {
  test('hears of every subscription by whatever form, of nothing else that begins alike, and of no caller’s event', () => {
    const rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
    const rule = rules.find(({ Description }) => Description === 'Subscriptions, to be confirmed');
    const matches = compilePattern(rule?.EventPattern as Record<string, unknown>);
    const event = { source: 'rollcall', detail: { params: { origin: 'a form' } } };
    const heard = (type: string) => matches({ ...event, 'detail-type': type });
    const raised = { ...event, 'detail-type': 'subscribeFromApi', detail: { origin: 'caller', contactId: 1 } };

    expect(
      ['subscribeFromApi', 'subscribeUpdateFromApi', 'subscribeFromApi-a', 'subscribeUpdateFromApi-b'].every(heard),
    ).toBe(true);
    expect(['subscribeFromApiX', 'newContact', 'SysContactConfirmed', 'xsubscribeFromApi'].some(heard)).toBe(false);
    expect(matches(raised)).toBe(false);
  });

  test('sends from one address only', () => {
    for (const name of ['send-confirmation', 'resend-confirmation']) {
      const sends = rights.get(name)?.filter(({ action }) => action === 'ses:SendEmail') ?? [];

      expect(sends.length).toBeGreaterThan(0);
      expect(sends.map(({ condition }) => condition)).toEqual(
        sends.map(() => ({ StringEquals: { 'ses:FromAddress': 'hello@shop.example' } })),
      );
      expect(environmentOf(name).SENDER_ADDRESSES).toBe('["hello@shop.example"]');
    }
  });

  test('gives what shows a link no right to write, and none to an API key', () => {
    expect(actionsOf('show-confirmation')).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem']);
  });

  test('lets what shows an unsubscribe link read the key and whether it was used, and nothing about contacts', () => {
    expect(actionsOf('show-unsubscription')).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem']);
    expect(actionsOf('unsubscribe-by-link')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PartiQLInsert',
    ]);
    for (const { condition } of [
      ...(rights.get('show-unsubscription') ?? []),
      ...(rights.get('unsubscribe-by-link') ?? []),
    ]) {
      expect(JSON.stringify(condition)).toMatch(/"dynamodb:LeadingKeys":\["(SIGNINGKEY|SUPPRESSION#\*)"\]/);
    }
  });

  test('tells its links the address of the API, or the one that the stage has for people', () => {
    const own = templateOf(settingsOf('local', { publicUrl: 'https://contacts.shop.example' }));

    expect(JSON.stringify(environmentOf('send-confirmation').PUBLIC_URL)).toContain('ApiEndpoint');
    expect(JSON.stringify(own)).toContain('"PUBLIC_URL":"https://contacts.shop.example"');
  });

  test('registers the sender with Amazon SES, unless it is there already', () => {
    const known = templateOf(settingsOf('local', { createSenderIdentity: false }));

    expect(onlyResourceOf(template, 'AWS::SES::EmailIdentity').Properties.EmailIdentity).toBe('hello@shop.example');
    expect(resourcesOf(known, 'AWS::SES::EmailIdentity')).toEqual([]);
    expect(onlyResourceOf(template, 'AWS::SES::ConfigurationSet').Properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    });
  });

  test('waits for a sender where none is configured, and then nothing may send an e-mail', () => {
    const none = templateOf(settingsOf('dev'));
    const mapping = resourcesOf(none, 'AWS::Lambda::EventSourceMapping').find(([id]) =>
      id.includes('DoubleOptIn'),
    )?.[1];
    const told = ['subscribe-contact', 'resend-confirmation', 'send-email'].map(
      (name) => environmentIn(none, name).SENDER_ADDRESSES,
    );

    expect(mapping?.Properties.Enabled).toBe(false);
    expect(sendersIn(none)).toEqual([]);
    expect(told).toEqual(['[]', '[]', '[]']);
    expect(resourcesOf(none, 'AWS::SES::EmailIdentity')).toEqual([]);
    expect(JSON.stringify(none)).not.toContain('FromAddress');
  });

  test('is not there at all where the stage does not want it, while old links still work', () => {
    const off = templateOf(settingsOf('local', { doubleOptIn: false }));
    const names = resourcesOf(off, 'AWS::Lambda::Function').map(([, fn]) => nameOf(fn));

    expect(sendersIn(off)).toEqual(['send-message', 'send-to-segment']);
    expect(sendersIn(template)).toEqual([
      'resend-confirmation',
      'send-confirmation',
      'send-message',
      'send-to-segment',
    ]);
    expect(names).not.toContain('send-confirmation');
    expect(names).toEqual(expect.arrayContaining(['show-confirmation', 'confirm-contact', 'resend-confirmation']));
    expect(JSON.stringify(off)).toContain('"DOUBLE_OPT_IN":"false"');
  });
});
