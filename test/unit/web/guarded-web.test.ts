import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, createServer, Socket } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WebAnswer, WebLimits, WebRequest } from '#domain/web/ports.ts';
import {
  otherPublicAddress,
  patientLimits,
  pretendedDial,
  publicAddress,
  resolveFrom,
  startPublicServer,
} from '#test/support/files/pretended-internet.ts';
import type { Dial } from '#web/connect.ts';
import { guardedWeb, type WebOptions } from '#web/guarded-web.ts';

const names = { 'files.example': [[publicAddress]], 'other.example': [[otherPublicAddress]] };

let server: Server;

const webTo = (options: Partial<WebOptions> = {}) =>
  guardedWeb({
    allowsHttp: true,
    allowsLoopback: false,
    resolve: resolveFrom(names).resolve,
    dial: pretendedDial(server).dial,
    ...options,
  });

const get = (
  link: string,
  { limits, ...rest }: Partial<Omit<WebRequest, 'limits'>> & { limits?: Partial<WebLimits> } = {},
) => webTo().get({ ...rest, link, limits: { ...patientLimits, ...limits } });

const textOf = async ({ body }: WebAnswer): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error) => error,
  );

const echo = async (request: IncomingMessage, response: ServerResponse) => {
  const { method, url, headers } = request;
  let body = '';
  for await (const piece of request) body += piece;
  response.end(JSON.stringify({ method, url, headers, body }));
};

const answers: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  '/moved-on': (response) => response.writeHead(302, { Location: '/echo' }).end('moved'),
  '/moved-away': (response) => response.writeHead(302, { Location: 'http://other.example/echo' }).end(),
  '/moved-to-login': (response) => response.writeHead(307, { Location: 'http://them:secret@other.example/echo' }).end(),
  '/moved-to-port': (response) => response.writeHead(302, { Location: 'http://files.example:8443/echo' }).end(),
  '/moved-to-cyrillic': (response) => {
    response.writeHead(302, { Location: Buffer.from('/файли/a.csv').toString('latin1') }).end();
  },
  '/silent': () => {},
  '/stuck': (response) => response.writeHead(200).write('begun'),
  '/long': (response) => response.end('x'.repeat(1000)),
  '/cut': (response) => {
    response.writeHead(200, { 'Content-Length': '1000' });
    response.write('begun', () => response.destroy());
  },
  '/cookies': (response) => response.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2'], ETag: '"1"' }).end(),
};

beforeAll(async () => {
  server = await startPublicServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer) answer(response);
    else echo(request, response);
  });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a request', () => {
  it('carries method, headers and body to the path and query of the link', async () => {
    const answer = await webTo().send({
      link: 'http://files.example/echo?a=b%20c#part',
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Shop': 'one' },
      body: '{"id":1}',
      limits: patientLimits,
    });

    expect(JSON.parse(await textOf(answer))).toMatchObject({
      method: 'POST',
      url: '/echo?a=b%20c',
      headers: {
        host: 'files.example',
        'content-type': 'application/json',
        'content-length': '8',
        'x-shop': 'one',
        connection: 'close',
      },
      body: '{"id":1}',
    });
  });

  it('leaves out what belongs to the connection', async () => {
    const named = { Host: 'inside', 'transfer-encoding': 'chunked', Connection: 'keep-alive', 'Content-Length': '99' };
    const { headers } = JSON.parse(await textOf(await get('http://files.example/echo', { headers: named })));

    expect(headers).toMatchObject({ host: 'files.example', connection: 'close' });
    expect(headers).not.toHaveProperty('transfer-encoding');
    expect(headers).not.toHaveProperty('content-length');
  });

  it.each(['a\r\nX-Other: b', 'a\nb', 'a\u0000b'])(
    'with a header that would begin another is not sent: %j',
    async (value) => {
      const failure = await failureOf(get('http://files.example/echo', { headers: { 'X-Shop': value } }));

      expect(failure).toMatchObject({ name: 'WebError', code: 'BAD_REQUEST' });
    },
  );

  it('goes straight to the server, whatever proxies the environment names', async () => {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy']) {
      vi.stubEnv(name, 'http://127.0.0.1:9');
    }
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');

    expect((await get('http://files.example/echo')).status).toBe(200);
  });

  it('follows a redirect to a path in UTF-8 as it was meant', async () => {
    const { url } = JSON.parse(await textOf(await get('http://files.example/moved-to-cyrillic')));

    expect(decodeURI(url)).toBe('/файли/a.csv');
  });

  it('leaves a redirect to whoever sent it', async () => {
    const answer = await webTo().send({ link: 'http://files.example/moved-away', limits: patientLimits });

    expect(answer).toMatchObject({ status: 302, headers: { location: 'http://other.example/echo' } });
    answer.discard();
  });

  it('is answered with headers by lower-case name', async () => {
    const answer = await get('http://files.example/cookies');

    expect(answer.headers).toMatchObject({ etag: '"1"', 'set-cookie': 'a=1, b=2' });
    answer.discard();
  });

  it('needs https where the deployment says so', async () => {
    const web = webTo({ allowsHttp: false });

    const failure = await failureOf(web.get({ link: 'http://files.example/echo', limits: patientLimits }));

    expect(failure).toMatchObject({ code: 'LINK_REFUSED', message: 'The link must begin with https://' });
  });
});

describe('credentials of a link', () => {
  const authorizationAt = async (link: string, headers: Record<string, string> = {}) =>
    JSON.parse(await textOf(await get(link, { headers }))).headers.authorization;
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([
    ['user:pass@', 'user:pass'],
    ['us%40er:p%3Aa%2Fss@', 'us@er:p:a/ss'],
    ['%D1%8F:%E2%82%AC@', 'я:€'],
    ['user@', 'user:'],
    [':key@', ':key'],
    ['100%:50%@', '100%:50%'],
    ['user:50%;x%D1%8F%@', 'user:50%;xя%'],
  ])('%s is sent as HTTP Basic', async (userInfo, text) => {
    expect(await authorizationAt(`http://${userInfo}files.example/echo`)).toBe(basic(text));
  });

  it('are not sent where there are none', async () => {
    expect(await authorizationAt('http://files.example/echo')).toBeUndefined();
  });

  it('stay with a redirect within their origin', async () => {
    expect(await authorizationAt('http://user:pass@files.example/moved-on')).toBe(basic('user:pass'));
  });

  it.each(['moved-away', 'moved-to-port', 'moved-to-login'])('are not sent to another origin: %s', async (path) => {
    expect(await authorizationAt(`http://user:pass@files.example/${path}`)).toBeUndefined();
  });

  it('in a header stay with their origin, too', async () => {
    const named = { Authorization: 'Bearer token', Cookie: 'session=1', 'X-Api-Key': 'secret', Range: 'bytes=5-' };
    const { headers } = JSON.parse(await textOf(await get('http://files.example/moved-away', { headers: named })));

    expect(headers).toMatchObject({ host: 'other.example', range: 'bytes=5-' });
    expect(JSON.stringify(headers)).not.toMatch(/token|session|secret/);
  });

  it('are in no failure', async () => {
    const failures = await Promise.all([
      failureOf(get('http://user:hunter2@10.0.0.1/')),
      failureOf(get('http://user:hunter2@nowhere.example/')),
      failureOf(get('http://user:hunter2@files.example:22/')),
      failureOf(get('http://user:hunter2@files.example/silent', { limits: { answerMilliseconds: 1 } })),
    ]);

    expect(failures.map((failure) => String(failure)).join()).not.toMatch(/hunter2|user|10\.0/);
  });
});

describe('a server', () => {
  it.each([
    ['that is not found', 'http://nowhere.example/', {}, 'UNREACHABLE'],
    ['that does not answer', 'http://files.example/silent', { answerMilliseconds: 50 }, 'TIMED_OUT'],
    ['that does not answer in all', 'http://files.example/silent', { totalMilliseconds: 50 }, 'TIMED_OUT'],
  ])('%s fails the request', async (_, link, limits, code) => {
    expect(await failureOf(get(link, { limits }))).toMatchObject({ name: 'WebError', code, isTransient: true });
  });

  it.each([
    ['stops sending', '/stuck', { idleMilliseconds: 50 }, 'TIMED_OUT'],
    ['sends for too long', '/stuck', { totalMilliseconds: 200 }, 'TIMED_OUT'],
    ['breaks off', '/cut', {}, 'CONNECTION_LOST'],
    ['sends too much', '/long', { maxBytes: 999 }, 'TOO_LARGE'],
  ])('that %s fails the reading', async (_, path, limits, code) => {
    const answer = await get(`http://files.example${path}`, { limits });

    expect(answer.status).toBe(200);
    expect(await failureOf(textOf(answer))).toMatchObject({ name: 'WebError', code });
  });

  it('may send as much as is allowed', async () => {
    expect(await textOf(await get('http://files.example/long', { limits: { maxBytes: 1000 } }))).toHaveLength(1000);
  });

  it('that speaks no HTTP fails the request', async () => {
    const chatty = createServer((socket) => socket.on('error', () => {}).end('220 mail.example ESMTP\r\n'));
    await new Promise<void>((resolve) => chatty.listen(0, '127.0.0.1', resolve));
    const { port } = chatty.address() as AddressInfo;
    const web = guardedWeb({ allowsHttp: true, allowsLoopback: true });

    const failure = await failureOf(web.get({ link: `http://127.0.0.1:${port}/`, limits: patientLimits }));
    chatty.close();

    expect(failure).toMatchObject({ code: 'BAD_ANSWER', isTransient: false });
  });

  it('where nobody listens is unreachable, after each of its addresses was tried', async () => {
    const dialled: string[] = [];
    const dial: Dial = (address) => {
      dialled.push(address);
      const socket = connect({ host: '127.0.0.1', port: 1 });
      return socket;
    };
    const { resolve } = resolveFrom({ 'files.example': [[publicAddress, otherPublicAddress]] });

    const failure = await failureOf(
      webTo({ dial, resolve }).get({ link: 'http://files.example/', limits: patientLimits }),
    );

    expect(failure).toMatchObject({ code: 'UNREACHABLE' });
    expect(dialled).toEqual([publicAddress, otherPublicAddress]);
  });

  it('one of whose addresses is dead is reached by the next', async () => {
    const { resolve } = resolveFrom({ 'files.example': [[otherPublicAddress, publicAddress]] });
    const { dial: dialServer } = pretendedDial(server);
    const dial: Dial = (address, port) => (address === publicAddress ? dialServer(address, port) : new Socket());
    const limits = { ...patientLimits, connectMilliseconds: 1_000 };

    const answer = await webTo({ dial, resolve }).get({ link: 'http://files.example/echo', limits });

    expect(answer.status).toBe(200);
    answer.discard();
  });

  it('that hangs while it is looked up or dialled fails in time', async () => {
    const never = () => new Promise<never>(() => {});
    const limits = { ...patientLimits, connectMilliseconds: 50 };

    const failures = [await failureOf(webTo({ resolve: never }).get({ link: 'http://files.example/', limits }))];

    expect(failures).toMatchObject([{ code: 'TIMED_OUT' }]);
  });
});

describe('a socket', () => {
  it('that arrives elsewhere than it was sent is closed before a byte is sent', async () => {
    let bytes = 0;
    const inside = createServer((socket) => socket.on('error', () => {}).on('data', ({ length }) => (bytes += length)));
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    const closed = new Promise((resolve) => inside.once('connection', (socket) => socket.once('close', resolve)));
    const dial: Dial = () => connect({ host: '127.0.0.1', port: (inside.address() as AddressInfo).port });

    const failure = await failureOf(webTo({ dial }).get({ link: 'http://files.example/', limits: patientLimits }));
    await closed;
    inside.close();

    expect(failure).toMatchObject({ code: 'LINK_REFUSED' });
    expect(bytes).toBe(0);
  });
});

/** What a server sends that has a fault of its own: `internal_error` (RFC 8446, 6). */
const alert = Buffer.from([21, 3, 3, 0, 2, 2, 80]);

describe('TLS', () => {
  const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/tls', name), 'utf8');
  const trusted = getCACertificates('default');
  const secure = createSecureServer(
    { key: fixture('files.example.key'), cert: fixture('files.example.crt') },
    (_, response) => response.end('fine'),
  );
  const secureWeb = () => {
    const dial: Dial = (address) => {
      const socket = connect({ host: '127.0.0.1', port: (secure.address() as AddressInfo).port });
      Object.defineProperty(socket, 'remoteAddress', { value: address });
      return socket;
    };
    return webTo({ dial, allowsHttp: false });
  };

  beforeAll(() => new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve)));

  afterEach(() => setDefaultCACertificates(trusted));

  afterAll(() => {
    secure.close();
  });

  it('is spoken with the name of the link', async () => {
    setDefaultCACertificates([...trusted, fixture('files.example.crt')]);

    const answer = await secureWeb().get({ link: 'https://files.example/', limits: patientLimits });

    expect(await textOf(answer)).toBe('fine');
  });

  it.each([
    ['files.example', `Basic ${btoa('user:pass')}`],
    ['other.example', undefined],
  ])(
    'is what %s redirects to, and only a link to the same host keeps its credentials there',
    async (host, expected) => {
      setDefaultCACertificates([...trusted, fixture('files.example.crt')]);
      const plain = await startPublicServer((_, response) =>
        response.writeHead(301, { Location: 'https://files.example/' }).end(),
      );
      const dial: Dial = (address, port) => pretendedDial(port === 443 ? secure : plain).dial(address, port);
      const request = once(secure, 'request');

      const answer = await webTo({ dial }).get({ link: `http://user:pass@${host}/`, limits: patientLimits });
      const [{ headers }] = await request;
      answer.discard();
      plain.close();

      expect(headers.authorization).toBe(expected);
    },
  );

  it('ends where the certificate is for another name', async () => {
    setDefaultCACertificates([...trusted, fixture('files.example.crt')]);

    const failure = await failureOf(secureWeb().get({ link: 'https://other.example/', limits: patientLimits }));

    expect(failure).toMatchObject({ code: 'UNTRUSTED', isTransient: false });
  });

  it('that fails for another reason than the certificate may succeed a little later', async () => {
    const closing = createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(alert)));
    await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve));
    const dial: Dial = (address) => {
      const socket = connect({ host: '127.0.0.1', port: (closing.address() as AddressInfo).port });
      Object.defineProperty(socket, 'remoteAddress', { value: address });
      return socket;
    };

    const failure = await failureOf(webTo({ dial }).get({ link: 'https://files.example/', limits: patientLimits }));
    closing.close();

    expect(failure).toMatchObject({ code: 'UNREACHABLE', isTransient: true });
  });

  it('ends where nobody vouches for the certificate, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');

    const failure = await failureOf(secureWeb().get({ link: 'https://files.example/', limits: patientLimits }));

    expect(failure).toMatchObject({ code: 'UNTRUSTED' });
  });
});
