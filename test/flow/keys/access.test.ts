import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import * as z from 'zod';
import { contactWith, imported, sharedFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, testKey } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await sharedFlowStack();
  store = openStackStore(stack);
});
afterAll(() => store.close());

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;

/** The envelope of contract 1.5. */
const envelope = z.strictObject({
  timestamp: z.iso.datetime(),
  status: z.int(),
  error: z.string(),
  code: z.string(),
  message: z.string(),
  path: z.string(),
});

const jsonType = 'application/json;charset=UTF-8';

describe('the API key', () => {
  const withHeader = (authorization: string) =>
    stack.request('GET', '/api/v1/account/info', { key: '', headers: { authorization } });

  it.each([
    { title: 'an empty user name', header: basic(`:${testKey}`) },
    { title: 'any user name', header: basic(`api-user:${testKey}`) },
    { title: 'an e-mail address as user name', header: basic(`owner@example.com:${testKey}`) },
    { title: 'a lower-case scheme', header: basic(`:${testKey}`).replace('Basic', 'basic') },
    { title: 'an upper-case scheme', header: basic(`:${testKey}`).replace('Basic', 'BASIC') },
  ])('is accepted with $title', async ({ header }) => {
    const { status } = await withHeader(header);

    expect(status).toBe(200);
  });

  it.each([
    { title: 'it is unknown', header: basic(':no-such-key') },
    { title: 'it is empty', header: basic('user:') },
    { title: 'the header has no credentials', header: 'Basic' },
    { title: 'the header is no base64', header: 'Basic %%%' },
    { title: 'the credentials have no colon', header: basic(testKey) },
    { title: 'the scheme is another', header: `Bearer ${testKey}` },
  ])('is refused where $title', async ({ header }) => {
    const answer = await withHeader(header);

    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, jsonType]);
    expect(envelope.parse(answer.json)).toMatchObject({ status: 401, error: 'Unauthorized' });
  });

  it.each(['/api/v1/contact/1', '/api/v1/version/', '/admin/v1/events', '/api/v1/no-such-path'])(
    'is missed on %s',
    async (path) => {
      const answer = await stack.request('GET', path, { key: '' });

      expect(envelope.parse(answer.json)).toMatchObject({ status: 401, path });
      expect(answer.status).toBe(401);
    },
  );

  it.each([
    { title: 'revoked', lastUsedAt: daysAgo(0), isRevoked: true, status: 401 },
    { title: 'not used for 91 days', lastUsedAt: daysAgo(91), isRevoked: false, status: 401 },
    { title: 'used 89 days ago', lastUsedAt: daysAgo(89), isRevoked: false, status: 200 },
  ])('that was $title answers $status', async ({ title, lastUsedAt, isRevoked, status }) => {
    const key = `a key that was ${title}`;
    await store.addKey(key, { scope: 'full', lastUsedAt });
    if (isRevoked) await store.revokeKey(key);

    const answer = await stack.request('GET', '/api/v1/version', { key });

    expect(answer.status).toBe(status);
  });
});

describe('the scope of a key (contract 1.2)', () => {
  const body = { contacts: [contactWith('scope@example.com')] };
  const requests = {
    always: ['GET', '/api/v1/version'],
    write: ['POST', '/api/v1/contacts'],
    read: ['GET', '/api/v1/contact/999999'],
    admin: ['GET', '/admin/v1/imports'],
  } as const;

  it.each([
    { scope: 'full', always: 200, write: 200, read: 404, admin: 200 },
    { scope: 'events+contacts', always: 200, write: 200, read: 404, admin: 403 },
    { scope: 'events+contacts-write', always: 200, write: 200, read: 403, admin: 403 },
    { scope: 'events', always: 200, write: 403, read: 403, admin: 403 },
    { scope: 'messages', always: 200, write: 403, read: 403, admin: 403 },
    { scope: 'no such scope', always: 403, write: 403, read: 403, admin: 403 },
  ])('$scope', async ({ scope, ...expected }) => {
    const key = `a key of ${scope}`;
    await store.addKey(key, { scope });

    for (const [right, status] of Object.entries(expected)) {
      const [method, path] = requests[right as keyof typeof requests];
      const answer = await stack.request(method, path, { key, ...(method === 'POST' && { body }) });

      expect([right, answer.status]).toEqual([right, status]);
      if (status >= 400) expect(envelope.parse(answer.json).status).toBe(status);
    }
  });
});

describe('npm run key', () => {
  it('makes keys that the running stack knows', async () => {
    const script = fileURLToPath(new URL('../../../cli/key.ts', import.meta.url));
    const run = promisify(execFile);
    const args = [script, 'create', '--name', 'flow', '--scope', 'events+contacts-write', '--local'];

    const { stdout } = await run(process.execPath, args, { env: { ...process.env, PORT: String(stack.port) } });
    const [key = ''] = /rollcall_\S+/.exec(stdout) ?? [];

    const allowed = await stack.request('GET', '/api/v1/version', { key });
    const forbidden = await stack.request('GET', '/admin/v1/imports', { key });
    expect([allowed.status, forbidden.status]).toEqual([200, 403]);
  });
});

describe('the account', () => {
  it.each([
    { path: '/api/v1/version', body: { version: expect.stringMatching(/^\d+\.\d+\.\d+/), protocolVersion: '1.0' } },
    { path: '/api/v2/version', body: { version: expect.stringMatching(/^\d+\.\d+\.\d+/), protocolVersion: '1.0' } },
    {
      path: '/api/v1/account/info',
      body: {
        orgId: expect.any(Number),
        userEmail: expect.stringContaining('@'),
        organisationName: expect.any(String),
      },
    },
    {
      path: '/api/v1/balance',
      body: { currentBalance: 0, creditLimit: 0, currency: 'UAH', bonusEmails: 0, bonusSmses: 0 },
    },
  ])('answers $path, with and without a trailing slash and an empty query', async ({ path, body }) => {
    const answers = await Promise.all(
      [path, `${path}/`, `${path}?`, `${path}/?`].map((one) => stack.request('GET', one)),
    );

    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, jsonType]);
      expect(answer.json).toEqual(body);
    }
  });

  it('has the fields that always exist', async () => {
    const { json } = await stack.request('GET', '/api/v1/addressbooks/');

    expect(json).toMatchObject({ addressBook: { addressBookId: 1, name: 'Main' } });
    const { fieldGroups } = (json as { addressBook: { fieldGroups: object[] } }).addressBook;
    expect(fieldGroups[0]).toMatchObject({
      name: 'Personal',
      profileKey: 'PERSONAL',
      fields: expect.arrayContaining([
        expect.objectContaining({ fieldKey: 'BIRTHDAY', description: expect.objectContaining({ type: 'date' }) }),
        expect.objectContaining({ fieldKey: 'GENDER', description: expect.objectContaining({ type: 'combobox' }) }),
      ]),
    });
  });
});

describe('what is not there answers 404 that says so', () => {
  it.each([
    '/api/v1/no-such-path',
    '/no-such-path/',
    '/',
    '/api/v1/contact/999999',
    '/api/v1/contact/not-a-number',
    '/api/v1/importstatus/e76ec64c-4243-4124-a9e7-b50a2a7a6c90',
    '/api/v1/importstatus/not-a-session',
    '/admin/v1/contacts/999999',
    '/admin/v1/imports/e76ec64c-4243-4124-a9e7-b50a2a7a6c90',
    '/admin/v1/imports/e76ec64c-4243-4124-a9e7-b50a2a7a6c90/rows',
    '/admin/v1/imports/e76ec64c-4243-4124-a9e7-b50a2a7a6c90/rows.csv',
  ])('%s', async (path) => {
    const answer = await stack.request('GET', path);

    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, jsonType]);
    expect(envelope.parse(answer.json)).toMatchObject({ status: 404, message: expect.stringContaining('not found') });
  });

  it('a method that its path does not have', async () => {
    const answer = await stack.request('DELETE', '/api/v1/version');

    expect(answer.status).toBe(404);
  });
});

describe('a body that cannot be read', () => {
  it.each([
    { title: 'an early end, and where', body: '{"contacts": [', says: /position 14/ },
    { title: 'no JSON, and where', body: "{'contacts': []}", says: /position 1/ },
    { title: 'empty', body: ' ', says: /empty/ },
    { title: 'a list', body: '[]', says: /object/ },
    { title: 'text', body: '"contacts"', says: /object/ },
    { title: 'without contacts', body: '{}', says: /1 to 3000/ },
  ])('answers 400: $title', async ({ body, says }) => {
    const answer = await stack.request('POST', '/api/v1/contacts', { body });

    expect(answer.status).toBe(400);
    expect(envelope.parse(answer.json)).toMatchObject({ status: 400, message: expect.stringMatching(says) });
  });

  it('answers 413 where it is too large, before it is parsed', async () => {
    const body = `{"contacts": [${'x'.repeat(5_100_000)}`;

    const answer = await stack.request('POST', '/api/v1/contacts', { body });

    expect([answer.status, answer.headers.get('content-type')]).toEqual([413, jsonType]);
    expect(envelope.parse(answer.json).status).toBe(413);
  });
});

describe('clients of every kind are understood', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=UTF-8', 'nonsense'])(
    'with the content type %s',
    async (type) => {
      const body = { contacts: [contactWith('typed@example.com')] };

      const answer = await stack.request('POST', '/api/v1/contacts/', { body, headers: { 'content-type': type } });

      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"asyncSessionId"')]);
    },
  );

  it('with a JSON body on a GET', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('get@example.com')] });

    const { status, text } = await getWithBody(`/api/v1/contact/${ids[0]}`, '[]');

    expect([status, text]).toEqual([200, expect.stringContaining('get@example.com')]);
  });

  it('with a preflight from a browser, without a key', async () => {
    const headers = {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };

    const preflight = await stack.request('OPTIONS', '/api/v1/contacts', { key: '', headers });

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toMatch(/\*|https:\/\/shop\.example/);
    expect(preflight.headers.get('access-control-allow-methods')).toMatch(/\*|POST/);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/i);
  });

  it('with OPTIONS from anybody, on any path, without a key', async () => {
    const [known, unknown] = await Promise.all([
      stack.request('OPTIONS', '/api/v1/contacts', { key: '' }),
      stack.request('OPTIONS', '/api/v1/no-such-path/', { key: '' }),
    ]);

    expect([known.status, unknown.status]).toEqual([204, 204]);
  });

  it('with CORS headers on answers and refusals alike', async () => {
    const headers = { origin: 'https://shop.example' };

    const [answer, refusal] = await Promise.all([
      stack.request('GET', '/api/v1/version', { headers }),
      stack.request('GET', '/api/v1/version', { key: '', headers }),
    ]);

    expect([answer.status, refusal.status]).toEqual([200, 401]);
    for (const one of [answer, refusal]) expect(one.headers.get('access-control-allow-origin')).toBeTruthy();
  });
});

const getWithBody = (path: string, body: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers = { authorization: basic(`:${testKey}`), 'content-length': body.length };
    const sent = request(`${stack.url}${path}`, { method: 'GET', headers }, async (answer) => {
      const pieces: Buffer[] = [];
      for await (const piece of answer) pieces.push(piece);
      resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() });
    });
    sent.on('error', reject).end(body);
  });

test('a key that only reads sees a workflow without the secret of its webhooks', async () => {
  const steps = [{ id: 'end', type: 'addToSegment', segment: 'Seen' }];
  const path = '/admin/v1/workflows/seen';
  await stack.request('PUT', path, { body: { name: 'Seen', eventTypeKey: 'seen', steps } });
  const { json } = await stack.request('POST', '/admin/v1/keys', { body: { name: 'reader', scope: 'viewer' } });
  const { key } = z.looseObject({ key: z.string() }).parse(json);

  const [owner, reader] = [await stack.request('GET', path), await stack.request('GET', path, { key })];

  expect(owner.json).toHaveProperty('webhookSecret');
  expect(reader).toMatchObject({ status: 200, json: { id: 'seen', steps } });
  expect(reader.json).not.toHaveProperty('webhookSecret');
});
