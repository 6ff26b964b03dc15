import { describe, expect, test } from 'vitest';
import { messageStatusBody, messagesBody, parseRequestIds } from '#contract/messages/message-response.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import {
  parseEmailRequest,
  parseSendRequest,
  parseSmartSendRequest,
  parseSmsRequest,
} from '#contract/messages/messages.ts';
import { readAudience } from '#contract/messages/recipients.ts';
import { parseTemplate, templateBody } from '#contract/messages/templates.ts';

const senders = { senderAddresses: ['owner@example.com', 'Shop@Example.com'], smsSenders: ['Shop', '+380441234567'] };
const email = { subject: 'Hello', htmlText: '<p>x</p>', emails: ['a@b.co'] };
const emailFrom = (from: unknown) => parseEmailRequest({ ...email, from }, senders).content;

describe('who a message is from', () => {
  test.each([
    ['Shop <owner@example.com>', { name: 'Shop', address: 'owner@example.com' }],
    ['"Shop, \\"Inc\\"" <OWNER@example.com>', { name: 'Shop, "Inc"', address: 'owner@example.com' }],
    ['shop@example.com', { address: 'Shop@Example.com' }],
    ['<owner@example.com>', { address: 'owner@example.com' }],
    ['Магазин', { name: 'Магазин' }],
    ['Shop\r\nBcc: x@y.co <owner@example.com>', { name: 'Shop Bcc: x@y.co', address: 'owner@example.com' }],
    ['', {}],
    [null, {}],
  ])('%j', (from, sender) => {
    expect(emailFrom(from)).toMatchObject({ from: sender });
  });

  test.each(['x@example.com', 'Shop <x@example.com>', 'owner@example.com <x@example.com>', 'Shop <no address>'])(
    'is refused where the stage does not send from %s',
    (from) => {
      expect(() => emailFrom(from)).toThrow(/from must have an address .*owner@example.com/);
    },
  );

  test.each([
    ['x@example.com', { replyTo: 'x@example.com' }],
    ['Shop <Noreply@Shop.example>', { name: 'Shop', replyTo: 'noreply@shop.example' }],
    ['Shop <owner@example.com>', { name: 'Shop', address: 'owner@example.com' }],
  ])('is the one address of a stage, and %s is answered', (from, sender) => {
    const one = { ...senders, senderAddresses: ['owner@example.com'] };

    expect(parseEmailRequest({ ...email, from }, one).content).toMatchObject({ from: sender });
    expect(() => parseEmailRequest({ ...email, from: 'Shop <no address>' }, one)).toThrow(/from must have an address/);
  });

  test('is a number or a name of the stage where it is an SMS, and told to each recipient where there is none', () => {
    const sms = { text: 'Hello', phoneNumbers: ['380942583691'] };

    expect(parseSmsRequest({ ...sms, from: ' Shop ' }, senders).content).toMatchObject({ from: 'Shop' });
    expect(parseSmsRequest(sms, senders).content).not.toHaveProperty('from');
    expect(() => parseSmsRequest({ ...sms, from: 'Other' }, senders)).toThrow(/from must be what SMS are sent from/);
    const none = { ...senders, smsSenders: [] };
    expect(parseSmsRequest({ ...sms, from: 'Other' }, none).content).not.toHaveProperty('from');
  });

  test('is no address of a stage that has none, which is another error', () => {
    const none = { ...senders, senderAddresses: [] };
    const email = { subject: 'Hello', plainText: 'Hello', emails: ['ann@example.com'] };

    expect(parseEmailRequest({ ...email, from: 'Shop' }, none).content).toMatchObject({ from: { name: 'Shop' } });
    expect(() => parseEmailRequest({ ...email, from: 'shop@example.com' }, none)).toThrow(/No e-mail can be sent yet/);
  });
});

describe('a channel', () => {
  const missing = (channel: 'email' | 'sms', about: Partial<typeof senders>) =>
    messageChannelsOf(() => ({ ...senders, ...about })).missing(channel);

  test('is missing where the settings name nothing that its messages come from', () => {
    expect(missing('sms', { smsSenders: [] })).toMatch(/smsSenders/);
    expect(missing('email', { senderAddresses: [] })).toMatch(/senderAddress/);
    expect(missing('sms', { senderAddresses: [] })).toBeUndefined();
    expect(missing('email', { smsSenders: [] })).toBeUndefined();
  });
});

describe('a request', () => {
  test('is read as leniently as any other', () => {
    const message = parseEmailRequest(
      {
        subject: 5,
        plainText: 'x',
        htmlText: null,
        emails: 'a@b.co',
        tags: ['x'],
        campaignId: 1,
        externalRequestId: 7,
      },
      senders,
    );

    expect(message).toEqual({
      content: { channel: 'email', from: {}, subject: '5', text: 'x' },
      audience: { recipients: [{ name: { locator: 'a@b.co' }, params: {} }] },
      reach: { unconfirmed: true, unsubscribed: true },
      isPersonal: true,
    });
    expect(parseEmailRequest({ ...email, skipPersonalisation: 'true' }, senders).isPersonal).toBe(false);
    expect(parseSmsRequest({ text: 'x', phoneNumbers: [380942583691] }, senders).audience).toEqual({
      recipients: [{ name: { locator: '380942583691' }, params: {} }],
    });
  });

  test.each([
    ['no subject', { subject: ' ' }, /subject/],
    ['a long subject', { subject: 'x'.repeat(501) }, /subject/],
    ['neither text', { htmlText: ' ' }, /HTML, plain text or both/],
    ['too much text', { htmlText: 'ů'.repeat(150_001) }, /300000 bytes/],
    ['nobody', { emails: [] }, /emails/],
  ])('with %s is refused', (_, about, message) => {
    expect(() => parseEmailRequest({ ...email, ...about }, senders)).toThrow(message);
  });

  test('for a stored message names recipients, a contact or a segment, and parameters for everybody', () => {
    const params = [
      { key: 'name', value: 'Ann' },
      { key: 'count', value: 3 },
      { key: 'empty', value: null },
    ];

    expect(parseSendRequest({ params, recipients: ['a@b.co'], fromName: ' Shop ', allowUnconfirmed: true })).toEqual({
      audience: { recipients: [{ name: { locator: 'a@b.co' }, params: {} }] },
      reach: { unconfirmed: true, unsubscribed: true },
      fromName: 'Shop',
      params: { name: 'Ann', count: '3', empty: '' },
    });
    expect(parseSendRequest({ contactId: '7', recipients: [] })).toMatchObject({
      audience: { recipients: [{ name: { contactId: 7 } }] },
      reach: { unconfirmed: false },
    });
    expect(parseSendRequest({ groupId: 3 }).audience).toEqual({ groupId: 3 });
    const long = [{ key: 'name', value: 'x'.repeat(10_000) }];
    expect(() => parseSendRequest({ params: long, contactId: 7 })).toThrow(/10000 characters/);
    expect(() => parseSendRequest({})).toThrow(/Exactly one of recipients, contactId, groupId/);
    expect(() => parseSendRequest({ contactId: 7, groupId: 3 })).toThrow(/Exactly one/);
  });

  test('with parameters for each recipient takes them as an object or as its JSON', () => {
    const recipients = [
      { locator: 'a@b.co', jsonParam: '{"name":"Ann","order":{"number":7}}', languageCode: 'uk' },
      { contactId: 7, jsonParam: { name: 'Bob' } },
      { locator: 'c@b.co', jsonParam: null },
      { locator: 'd@b.co', jsonParam: '{name' },
      { locator: 'e@b.co', jsonParam: ['x'] },
      { locator: 'f@b.co', jsonParam: { text: 'x'.repeat(100_000) } },
      {},
      { locator: 'g@b.co', contactId: 'x' },
      'h@b.co',
    ];

    const { audience } = parseSmartSendRequest({ recipients });

    expect(audience).toEqual({
      recipients: [
        { name: { locator: 'a@b.co' }, params: { name: 'Ann', order: { number: 7 } } },
        { name: { contactId: 7 }, params: { name: 'Bob' } },
        { name: { locator: 'c@b.co' }, params: {} },
        ...['d', 'e', 'f'].map((name) => ({
          name: { locator: `${name}@b.co`, error: expect.stringContaining('jsonParam') },
          params: {},
        })),
        { name: { error: expect.stringMatching(/^A recipient must have/) }, params: {} },
        { name: { locator: 'g@b.co', error: 'contactId must be a number' }, params: {} },
        { name: { error: 'A recipient must be an object' }, params: {} },
      ],
    });
    expect(() => parseSmartSendRequest({ recipients: Array(1001).fill({ locator: 'a@b.co' }) })).toThrow(/1000/);
  });
});

test('a recipient that is no text costs itself', () => {
  const list = ['a@b.co', 380942583691, { a: 1 }, [[]]];
  const recipients = [
    { name: { locator: 'a@b.co' }, params: {} },
    { name: { locator: '380942583691' }, params: {} },
    ...[1, 2].map(() => ({ name: { error: 'A recipient must be text' }, params: {} })),
  ];

  expect(parseEmailRequest({ subject: 's', plainText: 't', emails: list }, senders).audience).toEqual({ recipients });
  expect(parseSmsRequest({ text: 't', phoneNumbers: list }, senders).audience).toEqual({ recipients });
  expect(parseSendRequest({ recipients: list }).audience).toEqual({ recipients });
});

describe('a recipient of smartsend', () => {
  const answeredAs = (recipient: object, channel: 'email' | 'sms' = 'email') => {
    const { audience } = parseSmartSendRequest({ recipients: [recipient] });
    const read = readAudience(audience, { channel, defaultCountry: 'UA', params: {} });
    return 'recipients' in read ? read.recipients[0] : undefined;
  };

  test.each([
    [{ email: 'A@b.co' }, 'email', { locator: 'A@b.co', to: { address: 'a@b.co' } }],
    [{ phone: 380942583691 }, 'sms', { locator: '380942583691', to: { address: '380942583691' } }],
    [{ email: 'a@b.co', phone: '0942583691' }, 'email', { to: { address: 'a@b.co' } }],
    [{ email: 'a@b.co', phone: '0942583691' }, 'sms', { to: { address: '380942583691' } }],
    [{ email: 'x@b.co', locator: 'a@b.co' }, 'email', { to: { address: 'a@b.co' } }],
    [{ email: '', contactId: '7' }, 'email', { to: { contactId: 7 } }],
    [
      { phone: '380942583691' },
      'email',
      { locator: '380942583691', to: { error: expect.stringContaining('recipient') } },
    ],
    [{ email: 'nobody' }, 'email', { locator: 'nobody', to: { error: "'nobody' is not valid email" } }],
  ] as const)('may be named as %j, by %s', (recipient, channel, expected) => {
    expect(answeredAs(recipient, channel)).toMatchObject(expected);
  });

  test.each([
    ['an object', { name: 'Ann' }],
    ['the JSON of an object', '{"name":"Ann"}'],
    ['a list', [{ key: 'name', value: 'Ann' }]],
    ['a list of names', [{ name: 'name', value: 'Ann' }]],
    ['the JSON of a list', '[{"key":"name","value":"Ann"}]'],
  ])('may have %s for jsonParam', (_, jsonParam) => {
    expect(answeredAs({ email: 'a@b.co', jsonParam })).toMatchObject({
      to: { address: 'a@b.co' },
      params: { name: 'Ann' },
    });
  });

  test.each([
    ['half a pair', '{"name":"\\ud800"}', '\uFFFD'],
    ['U+FFFF', '[{"key":"name","value":"\\uffff"}]', '\uFFFD'],
    ['a number that is too large', '{"name":1e400}', null],
  ])('has %s in the JSON of jsonParam replaced, as in a body', (_, jsonParam, name) => {
    expect(answeredAs({ email: 'a@b.co', jsonParam })).toMatchObject({ to: { address: 'a@b.co' }, params: { name } });
  });

  test('may have no other list for it', () => {
    expect(answeredAs({ email: 'a@b.co', jsonParam: ['x'] })).toMatchObject({
      locator: 'a@b.co',
      to: { error: expect.stringContaining('jsonParam') },
    });
  });
});

describe('recipients', () => {
  const rule = { channel: 'email', defaultCountry: 'UA', params: { name: 'all', other: 1 } } as const;
  const named = (locator: string) => ({ recipients: [{ name: { locator }, params: { name: 'own' } }] });

  test('are addresses in the form in which contacts have them, with their own parameters before everybody’s', () => {
    expect(readAudience(named(' A@B.co '), rule)).toEqual({
      recipients: [{ locator: ' A@B.co ', to: { address: 'a@b.co' }, params: { name: 'own', other: 1 } }],
    });
    expect(readAudience(named('094 258-36-91'), { ...rule, channel: 'sms' })).toMatchObject({
      recipients: [{ to: { address: '380942583691' } }],
    });
    expect(readAudience({ groupId: 3 }, rule)).toEqual({ segmentId: 3 });
  });

  test('that cannot be read say so in the words of the contract', () => {
    expect(readAudience(named('x'), rule)).toMatchObject({
      recipients: [{ locator: 'x', to: { error: "'x' is not valid email" } }],
    });
    expect(readAudience(named('x'), { ...rule, channel: 'sms' })).toMatchObject({
      recipients: [{ to: { error: "'x' is not valid phone number" } }],
    });
  });
});

describe('an answer', () => {
  test('is a list with a requestId whatever became of each', () => {
    expect(
      messagesBody([
        { locator: 'a@b.co', requestId: '1' },
        { locator: 'x', requestId: '2', error: 'bad' },
      ]),
    ).toEqual({
      id: 0,
      results: [
        { id: 0, locator: 'a@b.co', status: 'OK', requestId: '1' },
        { id: 0, locator: 'x', status: 'ERROR', requestId: '2', message: 'bad' },
      ],
    });
  });

  test('about status is in the order of the ids, and knows what failed and what was delivered', () => {
    const statuses = ['QUEUED', 'SENT', 'DELIVERED', 'UNDELIVERED', 'SPAM'] as const;
    const known = statuses.map((status) => ({ requestId: status.toLowerCase(), status })).toReversed();

    const { results } = messageStatusBody([...statuses.map((one) => one.toLowerCase()), 'other'], known);

    expect(results.map(({ status, failed, delivered }) => [status, failed, delivered])).toEqual([
      ['QUEUED', false, false],
      ['SENT', false, false],
      ['DELIVERED', false, true],
      ['UNDELIVERED', true, false],
      ['SPAM', false, true],
      ['UNKNOWN', false, false],
    ]);
  });

  test('asks for 1 to 250 ids, by commas or repeated', () => {
    expect(parseRequestIds({ ids: ['a, b', 'c', 'a'] })).toEqual(['a', 'b', 'c']);
    expect(() => parseRequestIds({ ids: [' , '] })).toThrow(/1 to 250/);
    expect(() => parseRequestIds({ ids: [Array.from({ length: 251 }, (_, index) => index).join()] })).toThrow(
      /1 to 250/,
    );
  });
});

describe('a stored message', () => {
  const head = { id: 1, version: 2, createdAt: '2026-01-05T09:00:00.000Z', updatedAt: '2026-01-05T09:00:00.000Z' };

  test('is shown as it was given', () => {
    const given = {
      name: 'Order',
      channel: 'email',
      from: 'Shop <owner@example.com>',
      subject: 'Hello',
      html: '<p>x</p>',
    };

    const { name, content } = parseTemplate(given, senders);

    expect(templateBody({ ...head, name, channel: content.channel, content })).toEqual({ ...given, ...head });
  });

  test('of an SMS has a text and nothing of an e-mail', () => {
    const { name, content } = parseTemplate({ name: 'Code', channel: 'sms', text: 'x', subject: 'y' }, senders);

    expect(content).toEqual({ channel: 'sms', text: 'x' });
    expect(templateBody({ ...head, name, channel: 'sms', content })).toEqual({
      ...head,
      name,
      channel: 'sms',
      text: 'x',
    });
  });

  test.each([
    [{ channel: 'email', subject: 'x', text: 'x' }, /name/],
    [{ name: 'x', channel: 'viber', text: 'x' }, /channel/],
    [{ name: 'x', channel: 'email', text: 'x' }, /subject/],
    [{ name: 'x', channel: 'sms' }, /text/],
    [{ name: 'x', channel: 'sms', text: 'x'.repeat(1601) }, /1600/],
  ])('like %j is refused', (body, message) => {
    expect(() => parseTemplate(body, senders)).toThrow(message);
  });
});
