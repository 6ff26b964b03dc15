import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenOn } from '#infra/local/engine/listen.ts';
import type { LocalSettings } from '#infra/local/synthesis.ts';
import { contactOf, startFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { linkIn, mailbox, messageTo } from '#test/support/subscriptions/confirmation-flow.ts';
import { seedKey } from '../../../cli/seed-key.ts';

const key = 'a-key-that-stands-in-a-page';

const startWithForm = async (settings: LocalSettings = {}) => {
  const stack = await startFlowStack({ settings, allowances: { loopbackLinks: true } });
  await seedKey(stack.environment, key, { name: 'form', scope: 'subscribe', ratePerMinute: 1000, groups: ['News'] });
  await stack.request('POST', '/admin/v1/segments', { body: { name: 'News' } });
  return stack;
};

const sendForm = (stack: TestStack, contact: object, about: object = {}) =>
  stack.request('POST', '/api/v1/contact/subscribe', { key, body: { contact, ...about } });

const email = (value: string) => ({ type: 'email', value });

const victim = {
  externalCustomerId: 'C-17',
  firstName: 'Jane',
  channels: [email('victim@example.com'), { type: 'sms', value: '380501112233' }],
};

describe('a form that anybody can fill in', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startWithForm();
  });
  afterAll(() => stack.stop());

  test('takes nobody over, and what it says waits for the owner of the known address', async () => {
    const { id } = (await stack.request('POST', '/api/v1/contact', { body: victim })).json as { id: number };
    const before = await contactOf(stack, id);

    const own = await sendForm(stack, {
      externalCustomerId: 'C-17',
      channels: [email('attacker@example.com'), { type: 'sms', value: '380501112233' }],
    });
    const about = await sendForm(
      stack,
      { firstName: 'Janet', channels: [email('victim@example.com'), { type: 'sms', value: '380509999999' }] },
      { groups: ['VIP', 'News'] },
    );
    const meanwhile = await contactOf(stack, id);
    const link = linkIn(await messageTo(stack, 'victim@example.com'));
    const page = await (await fetch(link)).text();
    await fetch(link, { method: 'POST' });

    expect([own.status, (own.json as { id: number }).id === id]).toEqual([200, false]);
    expect(about.json).toEqual({ id, emailStatus: 'ALREADY_SUBSCRIBED' });
    expect(meanwhile).toEqual(before);
    expect(page).toContain('<li>Janet</li>');
    const after = await contactOf(stack, id);
    expect(after).toMatchObject({ firstName: 'Janet', externalCustomerId: 'C-17', channels: before.channels });
    expect(after.groups.map(({ name }) => name).sort()).toEqual(['News', 'Subscribers']);
    const segments = (await stack.request('GET', '/api/v1/groups')).json as { name: string }[];
    expect(segments.map(({ name }) => name)).not.toContain('VIP');
    expect((await mailbox(stack)).filter(({ to }) => to === 'victim@example.com')).toHaveLength(1);
  });

  test('is told in the shape of every error when it is too much about one address', async () => {
    const answers = [];
    for (let form = 0; form < 30; form++) answers.push(await sendForm(stack, { channels: [email('hit@example.com')] }));

    const refused = answers.find(({ status }) => status !== 200);
    expect(refused).toMatchObject({ status: 429, json: { status: 429, code: 'THROTTLED' } });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('a form of a stage that asks for a CAPTCHA and tells nothing', () => {
  let stack: TestStack;
  let provider: Server;
  beforeAll(async () => {
    provider = createServer(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece);
      const { response: answer } = Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString()));
      response.end(JSON.stringify({ success: answer === 'solved' }));
    });
    const url = `http://127.0.0.1:${await listenOn(provider, 0)}`;
    stack = await startWithForm({
      captcha: { provider: 'turnstile', secret: 'a secret', url },
      formTells: 'nothing',
    });
  });
  afterAll(async () => {
    await stack.stop();
    provider.close();
  });

  test('is taken where a person solved it, and answers known and unknown addresses alike', async () => {
    const { id } = (await stack.request('POST', '/api/v1/contact', { body: victim })).json as { id: number };

    const unsolved = await sendForm(stack, { channels: [email('new@example.com')] });
    const solved = { 'cf-turnstile-response': 'solved' };
    const [known, unknown] = [
      await sendForm(stack, { channels: [email('victim@example.com')] }, solved),
      await sendForm(stack, { channels: [email('new@example.com')] }, solved),
    ];
    const own = await stack.request('POST', '/api/v1/contact/subscribe', {
      body: { contact: { channels: [email('victim@example.com')] } },
    });

    expect(unsolved).toMatchObject({ status: 400, json: { code: 'CAPTCHA_FAILED' } });
    for (const answer of [known, unknown]) {
      expect(answer.json).toEqual({ id: expect.any(Number), emailStatus: 'NEED_CONFIRMATION' });
      expect((answer.json as { id: number }).id).toBeGreaterThan(2 ** 50);
    }
    expect(own.json).toEqual({ id, emailStatus: 'ALREADY_SUBSCRIBED' });
    expect((await messageTo(stack, 'new@example.com')).to).toBe('new@example.com');
  });
});
