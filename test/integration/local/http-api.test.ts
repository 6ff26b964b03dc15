import { request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeTable } from '#infra/local/api/route-table.ts';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { httpApi, startSmallStack } from './small-stack.ts';

let stack: LocalStack;

beforeAll(async () => {
  stack = await startSmallStack({
    functions: {
      Echo: 'export const handler = async (event) => ({ statusCode: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(event) });',
      Answer:
        'export const handler = async (event) => JSON.parse(Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8").toString());',
      Fails: 'export const handler = async () => { throw new Error("on purpose"); };',
      Slow: 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 5000));',
    },
    functionProperties: { Slow: { Timeout: 1 } },
    resources: httpApi(
      {
        'ANY /echo': { fn: 'Echo' },
        'GET /items/{id}': { fn: 'Echo' },
        'GET /items/{id}/parts/{part}': { fn: 'Echo' },
        'GET /items/all': { fn: 'Echo' },
        'GET /files/{path+}': { fn: 'Echo' },
        'POST /answer': { fn: 'Answer' },
        'GET /fails': { fn: 'Fails' },
        'GET /late': { fn: 'Slow', timeoutMs: 200 },
        'GET /times-out': { fn: 'Slow' },
        'GET /rare': { fn: 'Echo', throttle: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } },
        $default: { fn: 'Echo' },
      },
      {
        CorsConfiguration: {
          AllowOrigins: ['https://shop.example'],
          AllowMethods: ['GET', 'POST'],
          AllowHeaders: ['Authorization'],
          ExposeHeaders: ['TotalCount'],
          MaxAge: 600,
        },
      },
    ),
  });
});

afterAll(() => stack.stop());

const call = (path: string, init?: RequestInit) => fetch(`${stack.url}${path}`, init);

const eventOf = async (path: string, init?: RequestInit): Promise<Record<string, unknown>> =>
  JSON.parse(await (await call(path, init)).text());

describe('a request becomes an event of payload format 2.0', () => {
  test('with its path, query, cookies, headers and context', async () => {
    const headers = {
      'X-Own': 'b',
      cookie: 'one=1; two=2',
      'user-agent': 'test',
      'content-type': 'application/json',
    };

    const event = await eventOf('/echo?a=1&a=2&b=%20x', { method: 'POST', body: '{"ä":1}', headers });

    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo',
      rawPath: '/echo',
      rawQueryString: 'a=1&a=2&b=%20x',
      cookies: ['one=1', 'two=2'],
      headers: { 'x-own': 'b', 'content-type': 'application/json' },
      queryStringParameters: { a: '1,2', b: ' x' },
      requestContext: {
        http: { method: 'POST', path: '/echo', protocol: 'HTTP/1.1', userAgent: 'test' },
        routeKey: 'ANY /echo',
        stage: '$default',
        requestId: expect.stringMatching(/^[\w-]{36}$/),
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"ä":1}',
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('pathParameters');
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('without members for what it lacks', async () => {
    const event = await eventOf('/echo?');

    expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['queryStringParameters']));
    expect(event).not.toHaveProperty('cookies');
    expect(event).not.toHaveProperty('body');
  });

  test.each([
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
    ['application/json; charset=UTF-8', false],
    ['text/csv', false],
    ['application/vnd.api+json', false],
  ])('with a body of %s in base64: %s', async (type, isBase64Encoded) => {
    const event = await eventOf('/echo', { method: 'PUT', body: 'a=b', headers: { 'content-type': type } });

    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? 'YT1i' : 'a=b' });
  });

  test('also when a GET has a body, with repeated headers joined', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': 2, 'X-Twice': ['a', 'b'] };
      const outgoing = send(`${stack.url}/echo`, { method: 'GET', headers }, (answer) => {
        let body = '';
        answer.on('data', (piece) => (body += piece)).on('end', () => resolve(body));
      });
      outgoing.on('error', reject).end('[]');
    });

    expect(JSON.parse(text)).toMatchObject({ body: '[]', headers: { 'x-twice': 'a,b' } });
  });
});

describe('the route of a request', () => {
  test.each([
    ['/items/a%20b', 'GET /items/{id}', { id: 'a b' }],
    ['/items/a/parts/1', 'GET /items/{id}/parts/{part}', { id: 'a', part: '1' }],
    ['/items/all', 'GET /items/all', undefined],
    ['/files/a/b.txt', 'GET /files/{path+}', { path: 'a/b.txt' }],
    ['/items/a/', '$default', undefined],
    ['/nowhere', '$default', undefined],
  ])('%s is %s', async (path, routeKey, pathParameters) => {
    const event = await eventOf(path);

    expect(event.routeKey).toBe(routeKey);
    expect(event.pathParameters).toEqual(pathParameters);
  });
});

describe('a gateway that reads paths alike with and without a trailing slash', () => {
  const routeOf = (path: string) => {
    const routes = ['GET /items/{id}', 'GET /items', '$default'].map((routeKey) => ({
      routeKey,
      functionName: 'fn',
      timeoutMs: 1,
      rights: { caller: 'the HTTP API', grants: [] },
    }));
    return routeTable(routes, 'alike')('GET', path);
  };

  test.each([
    ['/items/', 'GET /items', undefined],
    ['/items/5/', 'GET /items/{id}', { id: '5' }],
    ['/items/5//', '$default', undefined],
    ['/', '$default', undefined],
  ])('takes %s by %s', (path, routeKey, pathParameters) => {
    expect(routeOf(path)).toMatchObject({ route: { routeKey } });
    expect(routeOf(path)?.pathParameters).toEqual(pathParameters);
  });
});

describe('the answer of a function', () => {
  const answered = (answer: unknown) => call('/answer', { method: 'POST', body: JSON.stringify(answer) });

  test('is passed on with its status, headers, cookies and binary body', async () => {
    const body = Buffer.from([0, 255, 1]);
    const response = await answered({
      statusCode: 201,
      headers: { 'X-Own': 1 },
      cookies: ['a=1', 'b=2'],
      body: body.toString('base64'),
      isBase64Encoded: true,
    });

    expect(response.status).toBe(201);
    expect(response.headers.get('x-own')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
  });

  test('is the body of a 200 when it names no status', async () => {
    const response = await answered({ hello: 'world' });

    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{"hello":"world"}',
    ]);
  });

  test.each([[{ statusCode: 'many' }], [{ statusCode: 200, body: {} }], [{ statusCode: 99 }]])(
    'is a 500 when it cannot be one: %j',
    async (answer) => {
      const response = await answered(answer);

      expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    },
  );

  test.each([
    ['/fails', 500, 'Internal Server Error', 'the function fails'],
    ['/times-out', 500, 'Internal Server Error', 'the function takes longer than its time-out'],
    ['/late', 503, 'Service Unavailable', 'the function takes longer than the integration allows'],
  ])('%s is %i when it should be', async (path, status, message) => {
    const response = await call(path);

    expect([response.status, await response.text()]).toEqual([status, JSON.stringify({ message })]);
  });
});

describe('a body', () => {
  const post = (bytes: number) =>
    call('/echo', { method: 'POST', body: Buffer.alloc(bytes, 'a'), headers: { 'content-type': 'text/plain' } });

  test.each([
    ['larger than the gateway takes', 10 * 1024 * 1024 + 1],
    ['larger than a function takes', 6 * 1024 * 1024],
  ])('%s is a 413', async (_name, bytes) => {
    const response = await post(bytes);

    expect([response.status, await response.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  });

  test('that streams past the bound is a 413 as well', async () => {
    const stream = new ReadableStream({
      start: (controller) => {
        for (let sent = 0; sent < 11; sent += 1) controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });

    const response = await call('/echo', { method: 'POST', body: stream, duplex: 'half' } as RequestInit);

    expect(response.status).toBe(413);
  });

  test('of 2 MB passes', async () => {
    expect((await post(2 * 1024 * 1024)).status).toBe(200);
  });
});

describe('a throttle', () => {
  test('lets the burst of its route through, says 429 to the rest, and leaves other routes alone', async () => {
    const rare = await Promise.all(Array.from({ length: 6 }, () => call('/rare')));
    const refused = rare.filter(({ status }) => status === 429);

    expect(rare.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(await refused[0]?.text()).toBe('{"message":"Too Many Requests"}');
    expect((await call('/echo')).status).toBe(200);
  });
});

describe('the gateway', () => {
  const headersOf = (host: string) =>
    new Promise<{ status: number | undefined; keepAlive: string }>((resolve, reject) => {
      const request = send({ port: stack.port, host: '127.0.0.1', path: '/echo', headers: { host } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, keepAlive: String(answer.headers['keep-alive']) });
      });
      request.once('error', reject).end();
    });

  test('answers to the names of this machine only, as others may be tricks of web pages', async () => {
    const answers = await Promise.all(
      ['localhost:1', '127.0.0.1', 'LOCALHOST', 'evil.example', 'localhost.evil.example:8080', '127.0.0.1.nip.io'].map(
        headersOf,
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403, 403, 403]);
  });

  test('keeps an idle connection for at least 75 seconds', async () => {
    const { keepAlive } = await headersOf('localhost');

    expect(Number(/timeout=(\d+)/.exec(keepAlive)?.[1])).toBeGreaterThanOrEqual(75);
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    call('/answer', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  test('answers a preflight by itself', async () => {
    const response = await preflight('https://shop.example');

    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '600',
    });
  });

  test('tells a strange origin nothing', async () => {
    const response = await preflight('https://elsewhere.example');

    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, null]);
  });

  test('marks answers for its origins, and an OPTIONS that is no preflight reaches a function', async () => {
    const marked = await call('/fails', { headers: { origin: 'https://shop.example' } });
    const options = await eventOf('/nowhere', { method: 'OPTIONS' });

    expect(marked.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(marked.headers.get('access-control-expose-headers')).toBe('TotalCount');
    expect(options.routeKey).toBe('$default');
  });
});
