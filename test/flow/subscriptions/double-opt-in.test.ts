import { createHash } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiKeyStore } from '#aws/keys/api-key-store.ts';
import { signerOn } from '#aws/subscriptions/signer.ts';
import { suppressionStore } from '#aws/subscriptions/suppression-store.ts';
import { addressHashOf, confirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import { environmentNames } from '#names/environment.ts';
import { untilCounted } from '#test/support/counts/overview.ts';
import { clientFor } from '#test/support/engines.ts';
import { startFlowStack } from '#test/support/flow-stack.ts';
import { type TestAnswer, type TestStack, testKey, waitFor } from '#test/support/local-stack.ts';
import {
  linkIn,
  type MailboxItem,
  mailbox,
  messageTo,
  subscribe,
} from '#test/support/subscriptions/confirmation-flow.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack();
});
afterAll(() => stack.stop());

const describeContact = async (id: number) => (await stack.request('GET', `/admin/v1/contacts/${id}`)).json;

/** Opens a path without a key, as people do; redirects are not followed. */
const open = (method: string, url: string, init: RequestInit = {}) =>
  fetch(url, { method, redirect: 'manual', ...init });

const confirmedEvents = (id: number) => stack.events({ type: 'SysContactConfirmed', keyValue: String(id) });

/** The table of the stack, as adapters take it. */
const engine = () => {
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', [environmentNames.tableName]: tableName = '' } = stack.environment;
  return [new DynamoDBClient(clientFor({ endpoint })), tableName] as const;
};

const toAddress = (messages: readonly MailboxItem[], email: string) => messages.filter(({ to }) => to === email);

describe('double opt-in', () => {
  test('confirms once: subscribe, open the mailbox, follow the link twice, press the button twice', async () => {
    const { id, emailStatus } = await subscribe(stack, 'john@example.com');
    const message = await messageTo(stack, 'john@example.com');
    const link = linkIn(message);
    const before = await describeContact(id);

    const shown = [await open('GET', link), await open('GET', link), await open('HEAD', link)];
    const meanwhile = await describeContact(id);
    const pressed = [await open('POST', link), await open('POST', link)];

    expect(emailStatus).toBe('NEED_CONFIRMATION');
    expect(shown.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await shown[0]?.text()).toContain(
      '<form method="post"><button type="submit">Confirm my subscription</button>',
    );
    expect(await shown[2]?.text()).toBe('');
    expect(before).toMatchObject({ confirmed: false, segments: [] });
    expect(meanwhile).toEqual(before);
    expect(pressed.map(({ status }) => status)).toEqual([200, 200]);
    expect(await pressed[0]?.text()).toContain('<h1>Thank you</h1>');
    expect(await describeContact(id)).toMatchObject({ confirmed: true, segments: [{ name: 'Subscribers' }] });
    const events = await waitFor('the confirmation is told', async () => {
      const found = await confirmedEvents(id);
      return found.length > 0 && found;
    });
    expect(events).toMatchObject([
      { keyValue: String(id), params: { ContactId: id, EmailAddress: 'john@example.com' } },
    ]);
    expect(await (await open('GET', link)).text()).not.toContain('<form');
  });

  test('counts who was asked and who confirmed, once', async () => {
    const { today } = await untilCounted(
      stack,
      'a confirmation is counted',
      ({ today: { confirmationsAsked, confirmationsGiven, created } }) =>
        confirmationsAsked > 0 && confirmationsGiven > 0 && created > 0,
    );

    expect([today.confirmationsAsked, today.confirmationsGiven, today.createdBySource]).toEqual([
      1,
      1,
      { SUBSCRIPTION: 1 },
    ]);
  });

  test('tells one event and writes once, when many press at the same time', async () => {
    const { id } = await subscribe(stack, 'many@example.com');
    const link = linkIn(await messageTo(stack, 'many@example.com'));

    const pressed = await Promise.all(Array.from({ length: 8 }, () => open('POST', link)));
    const { id: other } = await subscribe(stack, 'other@example.com');
    const otherLink = linkIn(await messageTo(stack, 'other@example.com'));
    await open('POST', otherLink);
    await waitFor('the later confirmation is told', async () => (await confirmedEvents(other)).length > 0);

    expect(pressed.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await confirmedEvents(id)).toHaveLength(1);
  });

  test('sends one message however often the form is sent, and another one on request', async () => {
    const { id } = await subscribe(stack, 'again@example.com');
    await messageTo(stack, 'again@example.com');
    await subscribe(stack, 'again@example.com');
    await subscribe(stack, 'after@example.com');
    await messageTo(stack, 'after@example.com');
    await waitFor('every subscription was seen to', async () => {
      const { ready, inFlight } = await stack.queues.peek('confirmations');
      return ready.length + inFlight.length === 0;
    });
    const sent = toAddress(await mailbox(stack), 'again@example.com');

    const resent = await stack.request('POST', `/admin/v1/contacts/${id}/confirmation`);

    expect(sent).toHaveLength(1);
    expect(resent).toMatchObject({ status: 200, json: { id, sentAt: expect.any(String) } });
    const both = toAddress(await mailbox(stack), 'again@example.com');
    expect(both).toHaveLength(2);
    expect(both.map(linkIn)[0]).not.toBe(both.map(linkIn)[1]);
  });

  test('asks nobody who has confirmed, and says so on request', async () => {
    const { id } = await subscribe(stack, 'done@example.com');
    await open('POST', linkIn(await messageTo(stack, 'done@example.com')));

    const again = await subscribe(stack, 'done@example.com');
    const resent = await stack.request('POST', `/admin/v1/contacts/${id}/confirmation`);

    expect(again.emailStatus).toBe('ALREADY_SUBSCRIBED');
    expect(resent).toMatchObject({ status: 409, json: { status: 409, error: 'Conflict' } });
  });

  test('refuses a link that was tampered with, cut off or left out, by the same page as ever and without a trace', async () => {
    const { id } = await subscribe(stack, 'tampered@example.com');
    const link = linkIn(await messageTo(stack, 'tampered@example.com'));
    const bad = [
      link.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      link.slice(0, -20),
      link.replace(/\?.*/, ''),
    ];

    for (const url of bad) {
      for (const method of ['GET', 'POST']) {
        const answer = await open(method, url);
        const text = await answer.text();

        expect(answer.status, url).toBe(400);
        expect(text).toContain('<h1>This link is not valid</h1>');
        expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      }
    }
    expect(await describeContact(id)).toMatchObject({ confirmed: false });
  });

  test('says nothing that the visitor typed', async () => {
    const body = {
      contact: {
        firstName: 'Evil',
        lastName: 'https://evil.example',
        channels: [{ type: 'email', value: 'typed@example.com' }],
      },
      formType: 'evilform',
      redirectUrl: 'https://evil.example',
    };
    await stack.request('POST', '/api/v1/contact/subscribe', { body });

    const message = await messageTo(stack, 'typed@example.com');

    expect(JSON.stringify(message)).not.toMatch(/evil/i);
  });

  test('sends to an address that was changed by a subscription, whose old link is void then', async () => {
    const first = await subscribe(stack, 'old@example.com', { externalCustomerId: 'moving' });
    const oldLink = linkIn(await messageTo(stack, 'old@example.com'));
    const second = await subscribe(stack, 'new@example.com', { externalCustomerId: 'moving' });
    const newLink = linkIn(await messageTo(stack, 'new@example.com'));

    const [byOld, byNew] = [await open('POST', oldLink), await open('POST', newLink)];

    expect(second.id).toBe(first.id);
    expect([byOld.status, byNew.status]).toEqual([404, 200]);
    expect(await describeContact(first.id)).toMatchObject({ confirmed: true });
  });
});

describe('a confirmation link', () => {
  test('is out of date after its days, says so, and does nothing', async () => {
    const { id } = await subscribe(stack, 'late@example.com');
    const signer = signerOn(...engine());
    const token = await confirmationToken(signer, {
      contactId: id,
      addressHash: await addressHashOf(signer, 'late@example.com'),
      issuedAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-01-08T00:00:00.000Z',
    });

    const answers = [
      await open('GET', `${stack.url}/confirm?t=${token}`),
      await open('POST', `${stack.url}/confirm/?t=${token}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([410, 410]);
    expect(await answers[1]?.text()).toContain('<h1>This link has expired</h1>');
    expect(await describeContact(id)).toMatchObject({ confirmed: false });
  });

  test('finds nobody once its contact is erased', async () => {
    const { id } = await subscribe(stack, 'erased@example.com');
    const link = linkIn(await messageTo(stack, 'erased@example.com'));
    await stack.request('DELETE', `/api/v1/contact/${id}?erase=true`);

    const answers = [await open('GET', link), await open('POST', link)];

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(await confirmedEvents(id)).toEqual([]);
  });

  test('brings back who unsubscribed and now subscribes again, and no message goes to who is blacklisted', async () => {
    const suppressions = suppressionStore(...engine());
    const since = '2026-01-05T12:00:00.000Z';
    await suppressions.add([
      { address: 'back@example.com', reason: 'unsubscribed', since },
      { address: 'banned@example.com', reason: 'blacklisted', since },
    ]);

    const banned = await subscribe(stack, 'banned@example.com');
    await subscribe(stack, 'back@example.com');
    await open('POST', linkIn(await messageTo(stack, 'back@example.com')));
    const resent = await stack.request('POST', `/admin/v1/contacts/${banned.id}/confirmation`);
    await waitFor('every subscription was seen to', async () => {
      const { ready, inFlight } = await stack.queues.peek('confirmations');
      return ready.length + inFlight.length === 0;
    });

    expect(await suppressions.find(['back@example.com', 'banned@example.com'])).toMatchObject([
      { reason: 'blacklisted' },
    ]);
    expect([banned.emailStatus, resent.status]).toEqual(['BLACKLISTED', 409]);
    expect(toAddress(await mailbox(stack), 'banned@example.com')).toEqual([]);
  });
});

describe('who unsubscribed', () => {
  test.each([
    ['before confirming', false],
    ['after confirming', true],
  ])('%s and subscribes again is asked at once in their language, and repeated clicks are not', async (_, confirms) => {
    const email = `again-${confirms}@example.com`;
    await subscribe(stack, email, { languageCode: 'uk' });
    const first = await messageTo(stack, email);
    if (confirms) await open('POST', linkIn(first));
    await stack.request('POST', '/api/v1/emails/unsubscribed/add', { body: { emails: [email] } });

    const { emailStatus } = await subscribe(stack, email);
    const [second] = await waitFor('another message came', async () => {
      const messages = toAddress(await mailbox(stack), email);
      return messages.length === 2 && messages;
    });
    await Promise.all([subscribe(stack, email), subscribe(stack, email)]);
    await waitFor('every subscription was seen to', async () => {
      const { ready, inFlight } = await stack.queues.peek('confirmations');
      const events = await stack.events({ type: 'subscribeUpdateFromApi' });
      const told = events.filter(({ params }) => params.EmailAddress === email);
      return told.length === 3 && ready.length + inFlight.length === 0;
    });
    const page = await open('GET', second ? linkIn(second) : '');

    expect(emailStatus).toBe('NEED_CONFIRMATION');
    expect(toAddress(await mailbox(stack), email)).toHaveLength(2);
    expect(second).toMatchObject({ subject: expect.stringContaining('Підтвердьте') });
    expect(await page.text()).toContain('<html lang="uk">');
  });
});

describe('a key with a rate of its own', () => {
  test('is told when to come again once its minute is used up, and then subscribes nobody', async () => {
    const key = 'a-key-of-a-form-of-a-site';
    const time = new Date().toISOString();
    const hash = createHash('sha256').update(key).digest('hex');
    const rate = { ratePerMinute: 2, createdAt: time, lastUsedAt: time };
    await apiKeyStore(...engine()).create({ hash, name: 'form', scope: 'subscribe', ...rate });

    // A minute may end among them, so that four may pass.
    const answers: TestAnswer[] = [];
    for (let request = 0; request < 5; request++) answers.push(await stack.request('GET', '/api/v1/version', { key }));
    const refused = answers.filter(({ status }) => status === 429);

    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.json).toMatchObject({ status: 429, error: 'Too Many Requests', path: '/api/v1/version' });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });
});

describe('the mailbox of the local stack', () => {
  test('is a list like any other, newest first, for keys that may administer', async () => {
    await subscribe(stack, 'first@example.com');
    await messageTo(stack, 'first@example.com');
    await subscribe(stack, 'second@example.com');
    await messageTo(stack, 'second@example.com');

    const page = await stack.request('GET', '/admin/v1/mailbox?limit=1');
    const { cursor } = page.json as { cursor: string };
    const next = await stack.request('GET', `/admin/v1/mailbox/?limit=1&cursor=${cursor}`);

    expect(page.json).toMatchObject({ items: [{ to: 'second@example.com', subject: expect.any(String) }] });
    expect(next.json).toMatchObject({ items: [{ to: 'first@example.com', sentAt: expect.stringMatching(/Z$/) }] });
  });

  test('is a page for browsers, which asks them for the key', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    // fetch itself would say that a script asks.
    const asked = await new Promise<IncomingMessage>((resolve) => {
      get(`${stack.url}/admin/v1/mailbox`, { headers: { accept, 'sec-fetch-mode': 'navigate' } }, resolve);
    });
    const headers = { accept, authorization: `Basic ${Buffer.from(`:${testKey}`).toString('base64')}` };
    const page = await fetch(`${stack.url}/admin/v1/mailbox?message=email-1`, { headers });
    const json = await fetch(`${stack.url}/admin/v1/mailbox`, {
      headers: { ...headers, accept: 'application/json, text/html;q=0.5' },
    });

    expect([asked.statusCode, asked.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic /)]);
    asked.resume();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
    expect(await page.text()).toContain('<iframe');
    expect(json.headers.get('content-type')).toContain('application/json');
  });

  test('refuses whoever may not list fields, as the API does', async () => {
    const refused = await stack.request('GET', '/admin/v1/mailbox', { key: 'wrong' });

    expect(refused).toMatchObject({ status: 401, json: { status: 401, path: '/admin/v1/mailbox' } });
    expect((await stack.request('GET', '/admin/v1/mailbox?limit=0')).status).toBe(400);
  });
});
