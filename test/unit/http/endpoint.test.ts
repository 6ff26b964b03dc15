import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import type { OperationDefinition } from '#contract/operation.ts';
import { operations } from '#contract/operations.ts';
import { contactId, sessionId } from '#contract/path-parameters.ts';
import { RollcallError } from '#domain/error.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import { endpoint } from '#http/endpoint.ts';
import { notFoundEndpoint } from '#http/not-found-endpoint.ts';
import { type Route, routes } from '#names/routes.ts';
import { log } from '#shared/log.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { apiKeyOf, basic, call, httpEvent, secret } from './http-events.ts';

/** An operation that answers whatever its handler comes to. */
const anything = { ...operations.getVersion, answer: z.unknown() } satisfies OperationDefinition;

/** The parts of a request that an operation is made to ask for. */
interface Asked {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: unknown;
  readonly body: unknown;
}

const made = (
  handle: (request: Asked) => Promise<unknown> = async () => ({ fine: true }),
  { keys = [apiKeyOf()], operation = anything }: { keys?: readonly ApiKey[]; operation?: OperationDefinition } = {},
) => {
  const steps: string[] = [];
  const ports = memoryPorts({ step: async (name) => void steps.push(name) });
  for (const key of keys) ports.memory.apiKeys.set(key.hash, key);
  const time = { now: '2026-01-05T09:00:00.000Z' };
  const live = { ...ports, now: () => time.now };
  return { handler: endpoint(operation, live, handle as never), live, steps, time, memory: ports.memory };
};

const lines: { message: string; fields: Record<string, unknown> }[] = [];

beforeEach(() => {
  lines.length = 0;
  const keep = (message: unknown, ...[fields]: unknown[]) => {
    lines.push({ message: String(message), fields: fields as Record<string, unknown> });
  };
  vi.spyOn(log, 'info').mockImplementation(keep);
  vi.spyOn(log, 'warn').mockImplementation(keep);
  vi.spyOn(log, 'error').mockImplementation(keep);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('an answer', () => {
  it('is 200 with the content type of the contract and an id to find it by', async () => {
    const answer = await call(made().handler, httpEvent());

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json;charset=UTF-8', 'X-Request-Id': 'request-1' },
      body: '{"fine":true}',
    });
  });

  it('leaves a line without key, address or query', async () => {
    await call(made().handler, httpEvent({ rawQueryString: 'email=john@example.com' }));

    expect(lines).toEqual([
      {
        message: 'A request was answered',
        fields: {
          requestId: 'request-1',
          operation: 'getVersion',
          status: 200,
          keyHash: apiKeyOf().hash.slice(0, 12),
          durationMilliseconds: expect.any(Number),
        },
      },
    ]);
  });
});

describe('authentication', () => {
  it.each([
    ['any user name', basic(secret, 'somebody@example.com')],
    ['no user name', basic(secret, '')],
    ['lower-case basic', basic(secret).replace('Basic', 'basic')],
    ['upper-case BASIC', basic(secret).replace('Basic', 'BASIC')],
    ['padding left out', basic(secret).replace(/=+$/, '')],
  ])('accepts %s', async (_, authorization) => {
    expect(await call(made().handler, httpEvent({ authorization }))).toMatchObject({ statusCode: 200 });
  });

  it('accepts a key with colons', async () => {
    const { handler } = made(undefined, { keys: [apiKeyOf({}, 'a:b:c')] });

    expect(await call(handler, httpEvent({ authorization: basic('a:b:c') }))).toMatchObject({ statusCode: 200 });
  });

  it.each([
    ['nothing', ''],
    ['an unknown key', basic('guess')],
    ['an empty key', basic('')],
    ['no colon', `Basic ${Buffer.from(secret).toString('base64')}`],
    ['no credentials', 'Basic '],
    ['another scheme', `Bearer ${secret}`],
    ['no base64', 'Basic ***'],
    ['two schemes', `Basic Basic ${secret}`],
    ['an endless header', `Basic ${'QUFB'.repeat(100_000)}`],
  ])('refuses %s in the envelope, with the status as an integer', async (_, authorization) => {
    const answer = await call(made().handler, httpEvent({ authorization, path: '/api/v1/version/' }));

    expect(answer).toMatchObject({ statusCode: 401, headers: { 'Content-Type': 'application/json;charset=UTF-8' } });
    expect(answer.json()).toEqual({
      timestamp: '2026-01-05T09:00:00.000Z',
      status: 401,
      error: 'Unauthorized',
      code: 'UNAUTHORIZED',
      message: expect.any(String),
      path: '/api/v1/version/',
    });
  });

  it.each([
    ['a program', {}],
    ['a browser that opens the address', { 'sec-fetch-mode': 'navigate' }],
  ])('asks %s for the key by a challenge', async (_, headers) => {
    const answer = await call(made().handler, httpEvent({ headers }));

    expect(answer.headers).toMatchObject({ 'WWW-Authenticate': expect.stringMatching(/^Basic realm="/) });
  });

  it.each([
    ['of its own site', { 'sec-fetch-mode': 'cors' }],
    ['of another site', { origin: 'https://shop.example' }],
    ['that says so', { 'x-requested-with': 'XMLHttpRequest' }],
  ])('does not have a browser ask the visitor of a page whose script %s has a wrong key', async (_, headers) => {
    const answer = await call(made().handler, httpEvent({ headers: { ...headers, authorization: basic('guess') } }));

    expect(answer.json()).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
    expect(answer.headers).not.toHaveProperty('WWW-Authenticate');
  });

  it.each([
    ['POST', 'navigate'],
    ['POST', 'no-cors'],
    ['DELETE', 'navigate'],
  ])('refuses a %s that a page of any site sends in the mode %s with a remembered key', async (method, mode) => {
    const headers = { authorization: basic(secret), 'sec-fetch-mode': mode };

    const answer = await call(made().handler, httpEvent({ method, headers }));

    expect(answer.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it.each([
    ['GET', 'navigate'],
    ['POST', 'cors'],
  ])('accepts a %s in the mode %s with the key', async (method, mode) => {
    const headers = { authorization: basic(secret), 'sec-fetch-mode': mode };

    expect(await call(made().handler, httpEvent({ method, headers }))).toMatchObject({ statusCode: 200 });
  });

  it('looks a key up once a minute', async () => {
    const { handler, steps, time } = made();
    const lookups = () => steps.filter((step) => step === 'findApiKey').length;

    await call(handler, httpEvent());
    await call(handler, httpEvent());
    expect(lookups()).toBe(1);

    time.now = '2026-01-05T09:01:01.000Z';
    await call(handler, httpEvent());
    expect(lookups()).toBe(2);
  });

  it('forgets a revoked key within a minute, and learns of a new one within ten seconds', async () => {
    const { handler, memory, time } = made(undefined, { keys: [] });

    expect(await call(handler, httpEvent())).toMatchObject({ statusCode: 401 });
    memory.apiKeys.set(apiKeyOf().hash, apiKeyOf());
    expect(await call(handler, httpEvent())).toMatchObject({ statusCode: 401 });
    time.now = '2026-01-05T09:00:11.000Z';
    expect(await call(handler, httpEvent())).toMatchObject({ statusCode: 200 });

    memory.apiKeys.clear();
    time.now = '2026-01-05T09:01:12.000Z';
    expect(await call(handler, httpEvent())).toMatchObject({ statusCode: 401 });
  });

  it('keeps a known key while others guess', async () => {
    const { handler, steps } = made();
    await call(handler, httpEvent());

    for (let guess = 0; guess < 600; guess++) {
      await call(handler, httpEvent({ authorization: basic(`guess-${guess}`) }));
    }
    steps.length = 0;
    await call(handler, httpEvent());

    expect(steps).toEqual([]);
  });

  it('refuses a key that nobody used for 90 days', async () => {
    const idle = made(undefined, { keys: [apiKeyOf({ lastUsedAt: '2025-10-07T08:00:00.000Z' })] });
    const alive = made(undefined, { keys: [apiKeyOf({ lastUsedAt: '2025-10-08T00:00:00.000Z' })] });

    expect(await call(idle.handler, httpEvent())).toMatchObject({ statusCode: 401 });
    expect(await call(alive.handler, httpEvent())).toMatchObject({ statusCode: 200 });
  });

  it('notes the use of a key once a day', async () => {
    const { handler, steps, memory, time } = made(undefined, {
      keys: [apiKeyOf({ lastUsedAt: '2026-01-04T23:00:00.000Z' })],
    });

    await call(handler, httpEvent());
    time.now = '2026-01-05T11:00:00.000Z';
    await call(handler, httpEvent());

    expect(steps.filter((step) => step === 'touchApiKey')).toHaveLength(1);
    expect(memory.apiKeys.get(apiKeyOf().hash)?.lastUsedAt).toBe('2026-01-05T09:00:00.000Z');
  });

  it('answers although the use of a key could not be noted', async () => {
    const { live } = made(undefined, { keys: [apiKeyOf({ lastUsedAt: '2026-01-04T23:00:00.000Z' })] });
    const touch = async () => {
      throw new Error('no capacity');
    };
    const handler = endpoint(anything, { ...live, apiKeys: { ...live.apiKeys, touch } }, async () => 1);

    expect(await call(handler, httpEvent())).toMatchObject({ statusCode: 200 });
  });
});

describe('access levels', () => {
  it.each([
    ['full', 'listContacts', 200],
    ['events+contacts', 'getContact', 200],
    ['events+contacts', 'addContacts', 200],
    ['events+contacts', 'listContacts', 403],
    ['events+contacts-write', 'addContacts', 200],
    ['events+contacts-write', 'getImportStatus', 200],
    ['events+contacts-write', 'getContact', 403],
    ['events', 'getVersion', 200],
    ['events', 'addContacts', 403],
    ['messages', 'getBalance', 200],
    ['messages', 'createField', 403],
    ['unheard-of', 'getVersion', 403],
    ['constructor', 'getVersion', 403],
  ] as const)('let %s call %s: %i', async (scope, name, statusCode) => {
    const { handler } = made(undefined, {
      operation: { ...anything, access: operations[name].access },
      keys: [apiKeyOf({ scope })],
    });

    expect(await call(handler, httpEvent())).toMatchObject({ statusCode });
  });
});

describe('a key of the scope viewer', () => {
  const kept = Object.values(operations).filter(({ access }) => access !== 'public');

  it.each(kept)('may call $name only where that is to read, and no key', async ({ name, access }) => {
    const { method, paths }: Route = routes[name];
    const [path = ''] = paths;
    const reads = path.startsWith('/admin/') && method === 'GET' && !path.startsWith('/admin/v1/keys');
    const isHarmless = ['version', 'always', 'readContacts'].includes(access);
    const operation = { ...anything, name, access };
    const { handler } = made(undefined, { operation, keys: [apiKeyOf({ scope: 'viewer' })] });

    const { statusCode } = await call(handler, httpEvent());

    expect(statusCode).toBe(reads || isHarmless ? 200 : 403);
    if (statusCode === 200) expect(method).toBe('GET');
  });
});

describe('an error', () => {
  it.each([
    [
      'meant for the caller',
      new RollcallError('NOT_FOUND', "Contact with id='7' not found"),
      404,
      "Contact with id='7' not found",
    ],
    [
      'of AWS being short of capacity',
      named('ThrottlingException'),
      429,
      'Rollcall is busy; please try again in a while',
    ],
    ['of ours', new TypeError('secret of john@example.com'), 500, 'Something went wrong on our side; please try again'],
  ])('%s has its status and its words', async (_, error, status, message) => {
    const { handler } = made(async () => {
      throw error;
    });

    const answer = await call(handler, httpEvent());

    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, message });
  });

  it('of ours is logged with where it came from, and without addresses', async () => {
    const { handler } = made(async () => {
      throw new TypeError('no john@example.com at +380 94 258 36 91');
    });

    await call(handler, httpEvent());

    expect(lines[0]).toMatchObject({
      message: 'A request failed',
      fields: { requestId: 'request-1', errorName: 'TypeError', errorMessage: 'no …@… at +…' },
    });
    expect(lines[1]).toMatchObject({ fields: { status: 500 } });
  });
});

describe('a body', () => {
  const readsAnything = { schema: z.unknown(), read: (given: unknown) => given };
  const echo = () => made(async ({ body }) => body, { operation: { ...anything, body: readsAnything } }).handler;
  const post = (body: string | undefined, isBase64Encoded = false) =>
    call(echo(), httpEvent({ method: 'POST', isBase64Encoded, ...(body !== undefined && { body }) }));

  it.each([
    ['plain', '{"a":1}', false],
    ['encoded', Buffer.from('{"a":1}').toString('base64'), true],
    ['with a byte order mark', '\uFEFF{"a":1}', false],
    ['encoded with a byte order mark', Buffer.from('\uFEFF{"a":1}').toString('base64'), true],
  ])('is read %s', async (_, body, isBase64Encoded) => {
    expect((await post(body, isBase64Encoded)).json()).toEqual({ a: 1 });
  });

  it('has what nothing carries replaced, and the answer says how much that was', async () => {
    const answer = await post('{"a":"\\ud800b","c":1e400,"d":"fine"}');

    expect(answer.json()).toEqual({ a: '\uFFFDb', c: null, d: 'fine' });
    expect(answer.headers?.Warning).toBe(
      '199 rollcall "Replaced 2 texts, numbers or deeply nested values that cannot be stored as they came"',
    );
    expect((await post('{"a":"fine"}')).headers).not.toHaveProperty('Warning');
  });

  it('that is nested without end in one place keeps the others', async () => {
    const answer = await post(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"b":"fine"}`);

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe(`{"a":${'['.repeat(99)}null${']'.repeat(99)},"b":"fine"}`);
  });

  it.each([
    ['absent', undefined, false, /empty/],
    ['blank', ' ', false, /empty/],
    ['not JSON', '{"a":}', false, /is not JSON: .*"a":}/],
    ['cut off', '{"a":1', false, /is not JSON: .*position 6/],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]).toString('base64'), true, /byte 2/],
  ])('that is %s is a 400 that says where', async (_, body, isBase64Encoded, message) => {
    const answer = await post(body, isBase64Encoded);

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toMatch(message);
  });

  it.each([
    ['plain', `"${'x'.repeat(256_000)}"`, false],
    ['in characters of several bytes', `"${'ж'.repeat(128_001)}"`, false],
    ['encoded', 'QUFB'.repeat(85_334), true],
  ])('too large, %s, is a 413 before anything is parsed', async (_, body, isBase64Encoded) => {
    const answer = await post(body, isBase64Encoded);

    expect(answer.statusCode).toBe(413);
    expect(answer.json().message).toMatch(/at most 256000 are accepted/);
  });

  it('is read with the no-break spaces that a web page indents it with, and keeps those inside strings', async () => {
    const answer = await post('{\u00A0\u00A0"name":\u00A0"Ann\u00A0\\"Lee\u00A0", "on": true\u00A0}');

    expect(answer).toMatchObject({ statusCode: 200, body: JSON.stringify({ name: 'Ann\u00A0"Lee\u00A0', on: true }) });
  });

  it('of a GET is ignored', async () => {
    expect(await call(made().handler, httpEvent({ body: '[' }))).toMatchObject({ statusCode: 200 });
  });
});

describe('path parameters', () => {
  const operation = { ...anything, path: { id: contactId } };
  const ask = (pathParameters: Record<string, string>, asking: OperationDefinition = operation) =>
    call(made(async ({ path }) => path, { operation: asking }).handler, httpEvent({ pathParameters }));

  it.each([
    ['42', 42],
    ['42/', 42],
  ])('are ids: %s', async (id, expected) => {
    expect((await ask({ id })).json()).toEqual({ id: expected });
  });

  it.each(['', 'abc', '-1', '1.5', '0x10', '1e3', '9'.repeat(16), '٤٢', '1 '])('are no ids: %j', async (id) => {
    const answer = await ask({ id });

    expect(answer.statusCode).toBe(404);
    expect(answer.json().message).toContain('not found');
  });

  it.each(['', 'abc', '../e76ec64c-4243-4124-a9e7-b50a2a7a6c90'])('are no session ids: %j', async (id) => {
    expect(await ask({ sessionId: id }, { ...anything, path: { sessionId } })).toMatchObject({ statusCode: 404 });
  });
});

describe('the query of a request', () => {
  const query = z.object({ type: z.optional(z.string()), ids: z.optional(z.array(z.string())) });
  const ask = (rawQueryString: string, about: Partial<OperationDefinition>) =>
    call(
      made(async (request) => request.query, { operation: { ...anything, query, ...about } }).handler,
      httpEvent({ rawQueryString }),
    );

  it('has the last value of a parameter that is repeated, and all of a list', async () => {
    const answer = await ask('type=a&ids=1&type=b&ids=2,3', {});

    expect(answer.json()).toEqual({ type: 'b', ids: ['1', '2,3'] });
    expect((await ask('ids[0]=1&ids%5B1%5D=2&ids[]=3&type[]=a', {})).json()).toEqual({
      type: 'a',
      ids: ['1', '2', '3'],
    });
  });

  it.each([
    ['contactId=4', 'contactId'],
    ['type=a&contactid=4&page=2&page=3', 'contactid, page'],
    ['Type=a', 'Type'],
    ['__proto__=1', '__proto__'],
  ])('may hold %s where it is the contract’s, and not where it is our own', async (text, names) => {
    expect(await ask(text, { access: 'readContacts' })).toMatchObject({ statusCode: 200 });

    const refused = await ask(text, { access: 'adminRead', list: { name: 'events' } });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().message).toBe(`Unknown in the query: ${names}; this takes type, ids, limit, cursor`);
  });
});

describe('an answer by its definition', () => {
  const answer = z.object({ id: z.int(), name: z.optional(z.string()) });
  const answered = (value: unknown, about: Partial<OperationDefinition>) =>
    call(made(async () => value, { operation: { ...anything, answer, ...about } }).handler, httpEvent());

  it('holds no member that the definition does not name', async () => {
    expect((await answered({ id: 1, pk: 'CONTACT#1' }, {})).json()).toEqual({ id: 1 });
    expect((await answered({ items: [{ id: 1, pk: 'x' }], ttl: 9 }, { list: { name: 'l' } })).json()).toEqual({
      items: [{ id: 1 }],
    });
  });

  it('is a bare sentence, or nothing, as JSON', async () => {
    const json = { 'Content-Type': 'application/json;charset=UTF-8' };

    expect(await answered('Done', { answer: z.string() })).toMatchObject({ headers: json, body: 'Done' });
    expect(await answered(7, { answer: 'nothing' })).toMatchObject({ headers: json, body: '' });
    expect(await answered(undefined, { isAnswerOptional: true })).toMatchObject({ headers: json, body: '' });
  });

  it('has the headers of the definition and no others', async () => {
    const given = { body: { id: 1 }, headers: { TotalCount: 3, 'X-Other': 'x' } };

    const { headers } = await answered(given, { headers: z.object({ TotalCount: z.int() }) });

    expect(headers).toMatchObject({ TotalCount: '3' });
    expect(headers).not.toHaveProperty('X-Other');
  });

  it('that breaks the definition is an error of ours, which tells nothing', async () => {
    const { statusCode, body } = await answered({ id: 'secret' }, {});

    expect(statusCode).toBe(500);
    expect(body).not.toContain('secret');
  });
});

describe('what no route answers', () => {
  const neverCalled = { call: () => Promise.reject(new Error('Nothing is to be forwarded')) };
  const made404 = () => notFoundEndpoint({ ...made().live, operationFunctions: neverCalled });

  it('is a 404 to callers with a key', async () => {
    const answer = await call(made404(), httpEvent({ method: 'DELETE', path: '/api/v1/nothing' }));

    expect(answer.json()).toMatchObject({ status: 404, message: 'DELETE /api/v1/nothing not found' });
  });

  it('is a 401 to anybody else', async () => {
    expect(await call(made404(), httpEvent({ authorization: '' }))).toMatchObject({ statusCode: 401 });
  });

  it('is a 204 to OPTIONS, without a key', async () => {
    expect(await call(made404(), httpEvent({ method: 'OPTIONS', authorization: '' }))).toMatchObject({
      statusCode: 204,
    });
  });
});

function named(name: string): Error {
  return Object.assign(new Error('Rate exceeded'), { name });
}
