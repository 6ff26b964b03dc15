import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilCounted } from '#test/support/counts/overview.ts';
import { contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { fared, mailTo, personBy, send, statusesOf, storeMessage } from '#test/support/messages/message-flow.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';
import { subscribe } from '#test/support/subscriptions/confirmation-flow.ts';

let stack: TestStack;
let store: StackStore;
/** A stored e-mail, and a stored SMS. */
let greeting: number;
let code: number;
beforeAll(async () => {
  stack = await startFlowStack({ segmentEvents: true });
  store = openStackStore(stack);
  greeting = await storeMessage(stack, {
    name: 'Greeting',
    channel: 'email',
    from: 'Shop <owner@example.com>',
    subject: 'Hello ${name}',
    html: '<p>Hello ${name}, ${order.number}</p>',
    text: 'Hello ${name}',
  });
  code = await storeMessage(stack, { name: 'Code', channel: 'sms', text: 'Your code is ${code}' });
});
afterAll(async () => {
  store.close();
  await stack.stop();
});

/** It was handed over, whatever was heard of it since. */
const sent = ['SENT', 'DELIVERED'];

const email = { subject: 'Your order', plainText: 'Thank you' };

/** Each method that sends, with what it says to somebody. */
const methods: readonly [string, 'email' | 'sms', (to: string) => readonly [string, object]][] = [
  ['message/email', 'email', (to: string) => ['email', { ...email, emails: [to] }]],
  ['message/sms', 'sms', (to: string) => ['sms', { text: 'Hello', phoneNumbers: [to] }]],
  ['message/{id}/send', 'email', (to: string) => [`${greeting}/send`, { recipients: to, email: true }]],
  [
    'message/{id}/smartsend',
    'email',
    (to: string) => [`${greeting}/smartsend/`, { recipients: [{ locator: to, jsonParam: null }], email: true }],
  ],
  [
    'message/{id}/smartsend of an SMS',
    'sms',
    (to: string) => [`${code}/smartsend`, { recipients: { locator: to, jsonParam: '{"code":7}' } }],
  ],
];

/** A free address or number. */
const somebodyNew = (channel: 'email' | 'sms', index: number) =>
  channel === 'email' ? `new-${index}@example.com` : `38094258370${index}`;

describe.each(methods.map(([name, channel, call], index) => [name, channel, call, index] as const))(
  '%s',
  (_, channel, call, index) => {
    it('makes a contact of whoever is unknown: one channel, confirmed, no segment, no event', async () => {
      const to = somebodyNew(channel, index);

      const results = await send(stack, ...call(to));
      await fared(stack, results, sent);

      expect(results).toEqual([{ id: 0, locator: to, status: 'OK', requestId: expect.any(String) }]);
      const person = await personBy(stack, { [channel]: to });
      expect(person).toMatchObject({
        source: 'I_MESSAGE',
        confirmed: true,
        state: 'active',
        segments: [],
        channels: [{ type: channel, value: to }],
      });
      expect(await mailTo(stack, channel === 'sms' ? `+${to}` : to)).toHaveLength(1);
      expect((await stack.events()).filter(({ contactId }) => contactId === person?.id)).toEqual([]);
    });

    it('leaves whoever is known as it is', async () => {
      const to = `${channel === 'email' ? `known-${index}@example.com` : `38094258380${index}`}`;
      const contact = { channels: [{ type: channel, value: to }], firstName: 'John' };
      await stack.request('POST', '/api/v1/contact', { body: contact });
      const before = await personBy(stack, { [channel]: to });

      const results = await send(stack, ...call(to));
      await fared(stack, results, sent);

      expect(await personBy(stack, { [channel]: to })).toEqual(before);
      expect(before).toMatchObject({ source: 'API', firstName: 'John' });
      const { contacts } = await store.holdings();
      expect(contacts.filter((one) => one[channel] === to)).toMatchObject([{ version: 1 }]);
    });
  },
);

describe('a request', () => {
  it('answers each recipient in order, and what is wrong with one creates nothing', async () => {
    const emails = ['fine@example.com', 'x', 'Fine@Example.com ', 'also@example.com'];

    const results = await send(stack, 'email', { ...email, emails });
    await fared(
      stack,
      results.filter(({ status }) => status === 'OK'),
      sent,
    );

    expect(results.map(({ locator, status, message }) => [locator, status, message])).toEqual([
      ['fine@example.com', 'OK', undefined],
      ['x', 'ERROR', "'x' is not valid email"],
      ['Fine@Example.com ', 'OK', undefined],
      ['also@example.com', 'OK', undefined],
    ]);
    expect(results[2]?.requestId).toBe(results[0]?.requestId);
    expect(await statusesOf(stack, [results[1]?.requestId ?? ''])).toEqual(['UNKNOWN']);
    expect(await mailTo(stack, 'fine@example.com')).toHaveLength(1);
  });

  it('by contactId adds nobody', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('by-id@example.com')] });
    const recipients = [{ contactId: ids[0], jsonParam: { name: 'Ann' } }, { contactId: 999_999 }];

    const results = await send(stack, `${greeting}/smartsend`, { recipients });
    await fared(stack, results.slice(0, 1), sent);

    expect(results.map(({ status, message }) => message ?? status)).toEqual([
      'OK',
      "Contact with id='999999' not found",
    ]);
    expect(await mailTo(stack, 'by-id@example.com')).toMatchObject([{ subject: 'Hello Ann' }]);
  });

  it('of many recipients is answered for every one of them', async () => {
    const recipients = Array.from({ length: 100 }, (_, index) => ({ locator: `crowd-${index}@example.com` }));

    const results = await send(stack, `${greeting}/smartsend`, { recipients });
    await fared(stack, results, sent);

    expect(results.filter(({ status }) => status === 'OK')).toHaveLength(100);
    const { contacts } = await store.holdings();
    expect(contacts.filter((one) => one.email?.startsWith('crowd-'))).toHaveLength(100);
  });

  it.each([
    ['an unknown message', 'POST', '987/smartsend', { recipients: [{ locator: 'a@b.co' }] }, 404, 'not found'],
    ['an unknown segment', 'POST', 'sms', { text: 'Hello', groupId: 987 }, 404, 'not found'],
    ['nobody', 'POST', 'email', { ...email, emails: [] }, 400, 'emails'],
    ['too many', 'POST', 'email', { ...email, emails: Array(1001).fill('a@b.co') }, 400, '1000'],
    ['no text', 'POST', 'email', { subject: 'x', emails: ['a@b.co'] }, 400, 'HTML'],
    ['a sender that is no address', 'POST', 'email', { ...email, from: 'X <x@>', emails: ['a@b.co'] }, 400, 'from'],
    ['two audiences', 'POST', 'sms', { text: 'x', phoneNumbers: ['1'], groupId: 1 }, 400, 'Exactly one'],
    ['no ids', 'GET', 'status', undefined, 400, 'ids'],
  ])('for %s is refused', async (_, method, path, body, status, said) => {
    const answer = await stack.request(method, `/api/v1/message/${path}`, { ...(body && { body }) });

    expect(answer).toMatchObject({ status, json: { status, message: expect.stringContaining(said) } });
  });

  it('takes ids by commas and in repeated parameters, and tells each once', async () => {
    const [one, other] = await send(stack, 'email', { ...email, emails: ['s1@example.com', 's2@example.com'] });
    const query = `ids=${one?.requestId},unknown&ids=${other?.requestId}&ids=unknown`;
    await fared(
      stack,
      [one, other].flatMap((message) => message ?? []),
      ['DELIVERED'],
    );

    const { json } = await stack.request('GET', `/api/v1/message/status?${query}`);

    const delivered = { status: 'DELIVERED', failed: false, delivered: true };
    expect(json).toEqual({
      results: [
        { ...delivered, requestId: one?.requestId },
        { status: 'UNKNOWN', requestId: 'unknown', failed: false, delivered: false },
        { ...delivered, requestId: other?.requestId },
      ],
    });
  });
});

describe('what arrives', () => {
  it('is what was asked for, with values escaped where they could be markup, and nothing in a header', async () => {
    const jsonParam = { name: 'Ann\r\nBcc: x@example.com <b>', order: { number: 7 } };

    const results = await send(stack, `${greeting}/smartsend`, {
      recipients: [{ locator: 'markup@example.com', jsonParam }],
      fromName: 'Ірина',
    });
    await fared(stack, results, sent);

    const [mail] = await mailTo(stack, 'markup@example.com');
    expect(mail).toMatchObject({
      channel: 'email',
      from: expect.stringContaining('<owner@example.com>'),
      subject: 'Hello Ann Bcc: x@example.com <b>',
      html: '<p>Hello Ann\r\nBcc: x@example.com &#60;b&#62;, 7</p>',
    });
  });

  it('is an SMS from what the stage sends from', async () => {
    const results = await send(stack, `${code}/send`, {
      params: [{ key: 'code', value: 1234 }],
      recipients: ['+380 94 258 37 77'],
    });
    await fared(stack, results, sent);

    expect(await mailTo(stack, '+380942583777')).toMatchObject([
      { channel: 'sms', from: 'Rollcall', text: 'Your code is 1234' },
    ]);
  });

  it('says what a stored message said when it was accepted', async () => {
    const body = { name: 'Changing', channel: 'email', subject: 'First', text: 'First' };
    const id = await storeMessage(stack, body);
    const [first] = await send(stack, `${id}/send`, { recipients: ['version@example.com'] });

    await stack.request('PUT', `/admin/v1/messages/${id}`, { body: { ...body, subject: 'Second' } });
    const [second] = await send(stack, `${id}/send`, { recipients: ['version@example.com'] });
    await stack.request('DELETE', `/admin/v1/messages/${id}`);
    await fared(
      stack,
      [first, second].flatMap((message) => message ?? []),
      ['DELIVERED'],
    );

    const mails = await mailTo(stack, 'version@example.com');
    expect(mails.map((mail) => 'subject' in mail && mail.subject).toSorted()).toEqual(['First', 'Second']);
    expect(
      (await stack.request('POST', `/api/v1/message/${id}/send`, { body: { recipients: ['a@b.co'] } })).status,
    ).toBe(404);
  });
});

describe('an address', () => {
  it('that bounces for good is blacklisted, and the next message to it is refused', async () => {
    const to = 'bounce@simulator.amazonses.com';

    const results = await send(stack, 'email', { ...email, emails: [to] });
    const [status] = await fared(stack, results, ['UNDELIVERED']);
    const [again] = await send(stack, 'email', { ...email, emails: [to] });

    expect(status).toBe('UNDELIVERED');
    expect(again).toMatchObject({ status: 'ERROR', message: 'The address has bounced' });
    expect(await personBy(stack, { email: to })).toMatchObject({ source: 'I_MESSAGE', emailStatus: 'blacklisted' });
  });

  it('that complains gets transactional messages still', async () => {
    const to = 'complaint+shop@simulator.amazonses.com';

    const first = await send(stack, 'email', { ...email, emails: [to] });
    await fared(stack, first, ['SPAM']);
    const [again] = await send(stack, 'email', { ...email, emails: [to] });

    expect(again?.status).toBe('OK');
    expect(await store.suppressionOf(to)).toBe('spam');
  });

  it('that bounces or complains is counted', async () => {
    const { today } = await untilCounted(
      stack,
      'a bounce and a complaint are counted',
      ({ today: { bounces, complaints } }) => bounces > 0 && complaints > 0,
    );

    expect(today.createdBySource.I_MESSAGE).toBeGreaterThan(0);
  });

  it('that is not confirmed gets stored messages only where the request says so', async () => {
    await subscribe(stack, 'unconfirmed@example.com');
    const body = { recipients: ['unconfirmed@example.com'] };

    const [refused] = await send(stack, `${greeting}/send`, body);
    const [allowed] = await send(stack, `${greeting}/send`, { ...body, allowUnconfirmed: true });
    const [single] = await send(stack, 'email', { ...email, emails: body.recipients });

    expect(refused).toMatchObject({ status: 'ERROR', message: 'The address is not confirmed' });
    expect([allowed?.status, single?.status]).toEqual(['OK', 'OK']);
  });
});

describe('a message to a segment', () => {
  it('reaches everybody who may get bulk mail once, and says when it was sent to all', async () => {
    const contacts = Array.from({ length: 60 }, (_, index) => contactWith(`member-${index}@example.com`));
    await imported(stack, { contacts, groupNames: ['Members'] });
    await stack.request('POST', '/api/v1/emails/unsubscribed/add', { body: { emails: ['member-7@example.com'] } });
    const groups = (await stack.request('GET', '/api/v1/groups?name=Members')).json as { id: number }[];
    const groupId = groups[0]?.id;

    const results = await send(stack, `${greeting}/send`, { groupId, params: [{ key: 'name', value: 'all' }] });
    await fared(stack, results, ['SENT']);

    expect(results).toMatchObject([{ locator: String(groupId), status: 'OK' }]);
    const mails = await Promise.all(contacts.map((_, index) => mailTo(stack, `member-${index}@example.com`)));
    expect(mails.map(({ length }) => length)).toEqual(contacts.map((_, index) => (index === 7 ? 0 : 1)));
    expect(mails[0]).toMatchObject([{ subject: 'Hello all' }]);
  });
});

describe('an unsubscribe link', () => {
  const oneClick = 'List-Unsubscribe=One-Click';
  const post = (url: string, body?: string) =>
    fetch(url, {
      method: 'POST',
      ...(body !== undefined && { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    });

  /** Sends the news to everybody in a segment of these contacts; returns who got it. */
  const news = async (segment: string, template: number) => {
    const groups = (await stack.request('GET', `/api/v1/groups?name=${segment}`)).json as { id: number }[];
    await fared(stack, await send(stack, `${template}/send`, { groupId: groups[0]?.id }), ['SENT']);
  };
  const headersOf = (mail: Awaited<ReturnType<typeof mailTo>>[number] | undefined) =>
    mail?.channel === 'email' ? mail.headers : {};

  it('of a message to a segment works by the header and by the page, and opening it changes nothing', async () => {
    const emails = ['one-click@example.com', 'by-page@example.com', 'stays@example.com'];
    await imported(stack, { contacts: emails.map((one) => contactWith(one)), groupNames: ['Newsreaders'] });
    const template = await storeMessage(stack, {
      name: 'News',
      channel: 'email',
      subject: 'News',
      html: '<p>News without any link</p>',
      text: 'News. No more of it: ${unsubscribeLink}',
    });
    await news('Newsreaders', template);
    const [[clicked], [paged]] = await Promise.all([mailTo(stack, emails[0] ?? ''), mailTo(stack, emails[1] ?? '')]);
    const header = headersOf(clicked);
    const url = /^<(http:\/\/\S+)>$/.exec(header['List-Unsubscribe'] ?? '')?.[1] ?? '';
    const inText = /http:\/\/\S+/.exec(paged && 'text' in paged ? paged.text : '')?.[0] ?? '';

    const looks = [await fetch(inText), await fetch(inText, { method: 'HEAD' }), await fetch(url)];
    const clickedAnswer = await post(url, oneClick);
    const pressed = await post(inText);
    await news('Newsreaders', template);

    expect(header['List-Unsubscribe-Post']).toBe(oneClick);
    expect(looks.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await looks[0]?.text()).toContain('<form method="post">');
    expect([clickedAnswer.status, clickedAnswer.redirected, pressed.status]).toEqual([200, false, 200]);
    expect(await pressed.text()).toContain('You are unsubscribed');
    const got = await Promise.all(emails.map((one) => mailTo(stack, one)));
    expect(got.map(({ length }) => length)).toEqual([1, 1, 2]);
    expect(await personBy(stack, { email: emails[0] ?? '' })).toMatchObject({ emailStatus: 'unsubscribed' });
  });

  it('counts for the address, even if its contact was erased since', async () => {
    await imported(stack, { contacts: [contactWith('leaving@example.com')], groupNames: ['Leavers'] });
    await news('Leavers', greeting);
    const [mail] = await mailTo(stack, 'leaving@example.com');
    const url = headersOf(mail)['List-Unsubscribe']?.slice(1, -1) ?? '';
    const person = await personBy(stack, { email: 'leaving@example.com' });
    await stack.request('DELETE', `/api/v1/contact/${person?.id}?erase=true`);

    const answer = await post(url, oneClick);

    expect(answer.status).toBe(200);
    expect(await store.suppressionOf('leaving@example.com')).toBe('unsubscribed');
  });

  it('is in the language of the contact, else of the browser, and a forged one does nothing', async () => {
    const contact = { ...contactWith('ivan@example.com'), languageCode: 'uk' };
    await imported(stack, { contacts: [contact], groupNames: ['Ukrainians'] });
    await news('Ukrainians', greeting);
    const [mail] = await mailTo(stack, 'ivan@example.com');
    const url = headersOf(mail)['List-Unsubscribe']?.slice(1, -1) ?? '';
    const forged = url.replace(/(\w)(\.1)$/, (_, last, end) => `${last === 'A' ? 'B' : 'A'}${end}`);

    const page = await (await fetch(url, { headers: { 'accept-language': 'en' } })).text();
    const refused = await fetch(`${url}x`, { method: 'POST', headers: { 'accept-language': 'uk,en;q=0.5' } });

    expect(page).toContain('<html lang="uk">');
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('<html lang="uk">');
    expect((await post(forged, oneClick)).status).toBe(400);
    expect(await store.suppressionOf('ivan@example.com')).toBeUndefined();
  });

  it('is in no message for one person alone', async () => {
    const results = await send(stack, 'email', { ...email, emails: ['single@example.com'] });
    await fared(stack, results, sent);

    expect(headersOf((await mailTo(stack, 'single@example.com'))[0])).toEqual({ 'Auto-Submitted': 'auto-generated' });
  });
});

it('erasing a contact forgets its messages', async () => {
  const results = await send(stack, 'email', { ...email, emails: ['erased@example.com'] });
  await fared(stack, results, sent);
  const person = await personBy(stack, { email: 'erased@example.com' });

  await stack.request('DELETE', `/api/v1/contact/${person?.id}?erase=true`);

  await waitFor('the message is forgotten', async () => {
    const [status] = await statusesOf(
      stack,
      results.map(({ requestId }) => requestId),
    );
    return status === 'UNKNOWN';
  });
});

describe('a phone number that answers an SMS', () => {
  const answer = (phone: string, text: string, about: object = {}) =>
    stack.request('POST', '/admin/v1/mailbox/replies', { body: { from: `+${phone}`, text, ...about } });
  const textTo = (phone: string) => send(stack, 'sms', { text: 'Hello', phoneNumbers: [phone] });
  const until = (phone: string, status: string) =>
    waitFor(`an SMS is ${status}`, async () => {
      const [result] = await textTo(phone);
      return result?.status === status && result;
    });

  it('STOP gets no SMS any more, not even one that a program asks for, until it answers START', async () => {
    const phone = '380942583900';
    await fared(stack, await textTo(phone), sent);

    expect((await answer(phone, 'Стоп')).status).toBe(202);
    const refused = await until(phone, 'ERROR');
    await answer(phone, 'START');
    const again = await until(phone, 'OK');

    expect(refused.message).toBe('The phone number has answered STOP');
    expect(await fared(stack, [again], sent)).toHaveLength(1);
  });

  it('STOP to AWS alone is suppressed once a message is refused for it', async () => {
    const phone = '380942583901';
    await answer(phone, 'STOP', { twoWay: false });

    await fared(stack, await textTo(phone), ['UNDELIVERED']);

    expect(await textTo(phone)).toMatchObject([{ status: 'ERROR', message: 'The phone number has answered STOP' }]);
    expect(await mailTo(stack, `+${phone}`)).toEqual([]);
  });

  it('has to be one, and the answer has to say something', async () => {
    expect((await answer('Shop', 'STOP')).status).toBe(400);
    expect((await answer('380942583902', '')).status).toBe(400);
  });
});
