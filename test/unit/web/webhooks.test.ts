import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { WebAnswer, WebRequest } from '#domain/web/ports.ts';
import { WebError, type WebFailure } from '#domain/web/web-error.ts';
import { webhooksOver } from '#web/webhooks.ts';

const call = {
  url: 'https://crm.example/hooks',
  deliveryId: 'delivery-1',
  sentAt: '2026-01-05T12:00:00.900Z',
  secrets: [`whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`],
  body: '{"type":"joined"}',
};

const answering = (status: number, headers: Record<string, string> = {}) => {
  const sent: WebRequest[] = [];
  const discards: number[] = [];
  const send = async (request: WebRequest): Promise<WebAnswer> => {
    sent.push(request);
    return { status, headers, body: (async function* () {})(), discard: () => void discards.push(status) };
  };
  return { webhooks: webhooksOver({ send }), sent, discarded: () => discards.length };
};

describe('a call', () => {
  test('is a signed POST by the rules of standardwebhooks.com, whose answer is not read', async () => {
    const { webhooks, sent, discarded } = answering(204);

    const answer = await webhooks.call(call);

    const key = Buffer.from('a secret of thirty-two bytes, yes');
    const signature = createHmac('sha256', key).update('delivery-1.1767614400.{"type":"joined"}').digest('base64');
    expect(answer).toEqual({ kind: 'accepted', status: 204 });
    expect(sent[0]).toMatchObject({
      link: call.url,
      method: 'POST',
      body: call.body,
      headers: {
        'Content-Type': 'application/json',
        'webhook-id': 'delivery-1',
        'webhook-timestamp': '1767614400',
        'webhook-signature': `v1,${signature}`,
      },
    });
    expect(discarded()).toBe(1);
  });

  test('has its signature as libraries for standardwebhooks.com expect it', async () => {
    const { webhooks, sent } = answering(200);

    await webhooks.call({
      ...call,
      deliveryId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      sentAt: new Date(1614265330 * 1000).toISOString(),
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      body: '{"test": 2432232314}',
    });

    expect(sent[0]?.headers?.['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('has a signature by each secret while receivers change to another one', async () => {
    const { webhooks, sent } = answering(200);
    const [secret = ''] = call.secrets;
    const next = `whsec_${Buffer.from('another secret, as long as that').toString('base64')}`;

    await webhooks.call({ ...call, secrets: [next] });
    await webhooks.call(call);
    await webhooks.call({ ...call, secrets: [next, secret] });

    const [one, other, both] = sent.map(({ headers }) => headers?.['webhook-signature']);
    expect(both).toBe(`${one} ${other}`);
    expect(one).not.toBe(other);
  });

  test.each([
    [301, 'refused'],
    [400, 'refused'],
    [404, 'refused'],
    [410, 'refused'],
    [408, 'later'],
    [425, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ])('that is answered %i is %s', async (status, kind) => {
    expect(await answering(status).webhooks.call(call)).toMatchObject({ kind, status });
  });

  test.each([
    ['120', 120],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['', undefined],
  ])('hears when it may come again: %j', async (after, seconds) => {
    const answer = await answering(503, { 'retry-after': after }).webhooks.call(call);

    expect('retryAfterSeconds' in answer ? answer.retryAfterSeconds : undefined).toBe(seconds);
  });

  test.each<[WebFailure, string]>([
    ['UNREACHABLE', 'later'],
    ['TIMED_OUT', 'later'],
    ['CONNECTION_LOST', 'later'],
    ['LINK_REFUSED', 'refused'],
    ['UNTRUSTED', 'refused'],
  ])('that comes to nothing by %s is %s', async (code, kind) => {
    const webhooks = webhooksOver({ send: () => Promise.reject(new WebError(code, 'why')) });

    expect(await webhooks.call(call)).toEqual({ kind, reason: 'why' });
  });
});
