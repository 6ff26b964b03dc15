import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenOn } from '#infra/local/engine/listen.ts';
import { captchaOf } from '#web/captcha.ts';

/** What the provider's stand-in was sent, and what it answers next. */
const provider = { asked: [] as Record<string, string>[], answer: { status: 200, body: '' } };

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    provider.asked.push(Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString())));
    response.writeHead(provider.answer.status).end(provider.answer.body);
  });
  url = `http://127.0.0.1:${await listenOn(server, 0)}/siteverify`;
});
afterAll(() => server.close());

const asking = (answer: string, said: Partial<typeof provider.answer> = {}) => {
  Object.assign(provider, { asked: [], answer: { status: 200, body: '{"success":true}', ...said } });
  return captchaOf({ url, secret: 'a secret' }, true).isSolved(answer, '192.0.2.1');
};

describe('the check of a CAPTCHA', () => {
  test('sends the secret, the answer and where it came from, as Turnstile and hCaptcha ask', async () => {
    expect(await asking('solved')).toBe(true);
    expect(provider.asked).toEqual([{ secret: 'a secret', response: 'solved', remoteip: '192.0.2.1' }]);
  });

  test.each([
    ['a refusal', '{"success":false,"error-codes":["timeout-or-duplicate"]}'],
    ['something that is no yes', '{"success":"true"}'],
    ['no object', 'null'],
    ['an empty object', '{}'],
  ])('is not passed by %s', async (_, body) => {
    expect(await asking('guessed', { body })).toBe(false);
  });

  test('is not passed by a yes in an answer that is an error', async () => {
    expect(await asking('solved', { status: 404 })).toBe(false);
  });

  test.each(['', 'x'.repeat(10_001)])('does not ask for an answer that cannot be one', async (answer) => {
    expect(await asking(answer)).toBe(false);
    expect(provider.asked).toEqual([]);
  });

  test.each([
    ['is down', { status: 500, body: 'down' }],
    ['is down and says yes', { status: 502, body: '{"success":true}' }],
    ['says what is no JSON', { body: '<html>' }],
    ['says too much', { body: 'x'.repeat(30_000) }],
  ])('lets nobody in unchecked where the provider %s', async (_, said) => {
    await expect(asking('solved', said)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('lets nobody in where the provider cannot be reached', async () => {
    const captcha = captchaOf({ url: 'http://127.0.0.1:1/siteverify', secret: 'a secret' }, true);

    await expect(captcha.isSolved('solved', '')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
