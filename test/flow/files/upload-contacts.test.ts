import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type FileServer, fileOf, forUser, redirectTo, startFileServer } from '#test/support/files/file-server.ts';
import { contactOf, importOver, startFlowStack } from '#test/support/flow-stack.ts';
import { type GateProxy, startGateProxy } from '#test/support/gate-proxy.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { everythingIn } from '#test/support/stack-traces.ts';

const lines: string[] = [];
/** What functions said to the engines. */
const traffic: Buffer[] = [];
const proxies: GateProxy[] = [];
let stack: TestStack;
let files: FileServer;

const recorded = async (target: string): Promise<string> => {
  const proxy = await startGateProxy(target, (request) => {
    traffic.push(Buffer.from(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`));
    request.on('data', (piece: Buffer) => traffic.push(piece));
    return false;
  });
  proxies.push(proxy);
  return proxy.endpoint;
};

beforeAll(async () => {
  files = await startFileServer();
  stack = await startFlowStack({
    redeliverAfterSeconds: 0,
    allowances: { loopbackLinks: true },
    logLevel: 'DEBUG',
    writeLog: (line) => lines.push(line),
    proxies: { sqs: recorded, dynamodb: recorded, s3: recorded },
  });
});

afterAll(async () => {
  await stack.stop();
  await files.stop();
  await Promise.all(proxies.map((proxy) => proxy.stop()));
});

beforeEach(() => {
  traffic.length = 0;
});

const acceptance = z.strictObject({ id: z.literal(0), asyncSessionId: z.uuid() });

const upload = async (body: object): Promise<string> => {
  const { status, text, json } = await stack.request('POST', '/api/v1/contacts/upload', { body });
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  return acceptance.parse(json).asyncSessionId;
};

const csv = (rows: number, name: string): Buffer =>
  Buffer.from(
    `email,firstName\n${Array.from({ length: rows }, (_, row) => `${name}-${row}@example.com,Jane\n`).join('')}`,
  );

/** Of more than one part; most of it is a column that nobody reads. */
const longCsv = (rows: number, name: string): Buffer =>
  Buffer.from(
    `email,notes\n${Array.from({ length: rows }, (_, row) => `${name}-${row}@example.com,${'n'.repeat(60_000)}\n`).join('')}`,
  );

const counted = (rows: number) =>
  `${rows} rows were read: ${rows} created, 0 updated, 0 unchanged, 0 skipped, 0 failed`;

describe('a file behind a link', () => {
  it('is fetched and imported with all that a bulk request can ask for', async () => {
    files.serve('/contacts.csv', fileOf(csv(3, 'all')));

    const session = await upload({
      link: `${files.url}/contacts.csv`,
      groupNames: ['From a link'],
      eventKeyForNewContacts: 'fromLink',
    });
    const { status, description, mapping = [] } = await importOver(stack, session);

    expect({ status, description }).toEqual({ status: 'FINISHED', description: counted(3) });
    expect(mapping.map(({ dedupeValue }) => dedupeValue)).toEqual([0, 1, 2].map((row) => `all-${row}@example.com`));
    expect(await contactOf(stack, mapping[0]?.contactId)).toMatchObject({
      firstName: 'Jane',
      groups: [{ name: 'From a link' }],
    });
    await waitFor('every event is logged', async () => (await stack.events({ type: 'fromLink' })).length === 3);
  });

  it('is read as its caller says', async () => {
    const text = Buffer.concat([
      Buffer.from('mail|name\nsaid@example.com|'),
      Buffer.from([0xce, 0xeb, 0xe5, 0xed, 0xe0]),
    ]);
    files.serve('/said.txt', fileOf(text));

    const session = await upload({
      link: `${files.url}/said.txt`,
      delimiter: '|',
      encoding: 'windows-1251',
      fieldMapping: { mail: 'email', name: 'firstName' },
    });
    const { status, mapping = [] } = await importOver(stack, session);

    expect(status).toBe('FINISHED');
    expect(await contactOf(stack, mapping[0]?.contactId)).toMatchObject({ firstName: 'Олена' });
  });

  it('may be redirected, with credentials for the origin that was named and no other', async () => {
    const other = await startFileServer();
    other.serve('/final.csv', fileOf(csv(2, 'moved')));
    files.serve('/start', forUser('shop', 's3cret', redirectTo('/middle', 301)));
    files.serve('/middle', forUser('shop', 's3cret', redirectTo(`${other.url}/final.csv`, 307)));

    const session = await upload({ link: `http://shop:s3cret@127.0.0.1:${files.port}/start` });
    const { description } = await importOver(stack, session);
    await other.stop();

    expect(description).toBe(counted(2));
    expect(other.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('is gone on with by range where its server breaks off', async () => {
    const bytes = longCsv(150, 'broken');
    expect(bytes.length).toBeGreaterThan(8.5 * 1024 * 1024);
    files.serve('/broken.csv', fileOf(bytes, { breaksAfter: [3_000_000, 5_600_000] }));

    const session = await upload({ link: `${files.url}/broken.csv` });
    const { description } = await importOver(stack, session, 60);

    expect(description).toBe(counted(150));
    const asked = files.asked.filter(({ url }) => url === '/broken.csv').map(({ headers }) => headers);
    expect(asked).toHaveLength(3);
    const [first, second = 0, third = 0] = asked.map(({ range }) => range && Number(/^bytes=(\d+)-$/.exec(range)?.[1]));
    expect(first).toBeUndefined();
    expect(second).toBeGreaterThan(2_000_000);
    expect(third).toBeGreaterThan(7_000_000);
    expect(asked.map((headers) => headers['if-range'])).toEqual([undefined, '"v1"', '"v1"']);
  });

  it('is taken out of gzip that its server put it into', async () => {
    const zipped = gzipSync(csv(4, 'zipped'));
    files.serve('/zipped.csv', (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(zipped));

    const { description } = await importOver(stack, await upload({ link: `${files.url}/zipped.csv` }));

    expect(description).toBe(counted(4));
  });

  it('is waited for where its server is busy', async () => {
    let requests = 0;
    files.serve('/busy.csv', (request, response) => {
      if (requests++ === 0) return void response.writeHead(503, { 'Retry-After': '1' }).end();
      fileOf(csv(1, 'busy'))(request, response);
    });

    const { description } = await importOver(stack, await upload({ link: `${files.url}/busy.csv` }));

    expect([description, requests]).toEqual([counted(1), 2]);
  });
});

describe('an import whose file cannot be had', () => {
  const reasonFor = async (link: string) => {
    const { status, description } = await importOver(stack, await upload({ link }));
    return { status, description };
  };

  it.each([
    ['a file that is not there', '/missing.csv', "The link's server answered 404"],
    ['a file for somebody else', '/private.csv', expect.stringContaining("The link's server answered 401")],
    ['a link that leads in circles', '/circle', 'The link was redirected more than 5 times'],
    ['an empty file', '/empty.csv', 'The file is empty'],
    ['a file that is too large', '/large.csv', 'The file has more than 300 MB'],
    ['a redirect to the metadata of a machine', '/metadata', expect.stringContaining('not on the public internet')],
    ['a redirect to a file of the machine', '/passwd', expect.stringContaining('must begin with https:// or http://')],
  ])('says so: %s', async (_, path, reason) => {
    files.serve('/private.csv', forUser('shop', 's3cret', fileOf(csv(1, 'private'))));
    files.serve('/circle', redirectTo('/circle'));
    files.serve('/empty.csv', fileOf(Buffer.alloc(0)));
    files.serve('/large.csv', (_request, response) =>
      response.writeHead(200, { 'Content-Length': 400_000_000 }).write('x'),
    );
    files.serve('/metadata', redirectTo('http://169.254.169.254/latest/meta-data/iam/security-credentials/'));
    files.serve('/passwd', redirectTo('file:///etc/passwd'));

    expect(await reasonFor(files.url + path)).toEqual({ status: 'ERROR', description: reason });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/f.csv',
    'http://[fd00:ec2::254]/f.csv',
    'http://2852039166/f.csv',
  ])('says nothing about what is inside: %s', async (link) => {
    expect(await reasonFor(link)).toEqual({
      status: 'ERROR',
      description: 'The link leads to an address that is not on the public internet',
    });
  });

  it('ends although nobody listens there', async () => {
    const gone = await startFileServer();
    await gone.stop();

    expect(await reasonFor(`${gone.url}/f.csv`)).toEqual({
      status: 'ERROR',
      description: "The link's server could not be reached",
    });
  });

  it('leaves nothing in the bucket', async () => {
    const left = (await everythingIn(stack)).split('\n').filter((line) => line.startsWith('uploads/'));

    expect(left).toEqual([]);
  });
});

describe('a request without a link', () => {
  it.each([
    {},
    { link: 'shop.example/f.csv' },
    { link: 'ftp://shop.example/f.csv' },
    { link: 'http://shop.example:25/' },
  ])('is refused at once: %j', async (body) => {
    const { status, json } = await stack.request('POST', '/api/v1/contacts/upload', { body });

    expect(status).toBe(400);
    expect(json).toMatchObject({ status: 400, message: expect.stringContaining('link') });
  });
});

/** Sends the beginning of a file, and the rest when it is told to. */
const held = (bytes: Buffer, beginning: number) => {
  const opened = Promise.withResolvers<void>();
  const responses: ServerResponse[] = [];
  let requests = 0;
  files.serve('/held.csv', async (request, response) => {
    responses.push(response);
    if (requests++ > 0) return fileOf(bytes)(request, response);
    response.writeHead(200, { 'Content-Length': bytes.length, ETag: '"v1"' });
    response.write(bytes.subarray(0, beginning));
    await opened.promise;
    response.end(bytes.subarray(beginning));
  });
  return { open: () => opened.resolve(), hasBegun: () => requests > 0, link: `${files.url}/held.csv` };
};

describe('credentials of a link', () => {
  const [user, password, token] = ['shopkeeper', 'pa55w0rd-of-mine', 't0ken-in-query'];
  const secrets = [user, password, token].flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('base64').replaceAll('=', ''),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(secret).toString('hex'),
  ]);
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const found = (text: string) => [...secrets, basic].filter((secret) => text.includes(secret));

  it('are used, and are in no queue, table, bucket, log or answer, on the way and afterwards', async () => {
    const bytes = csv(2, 'secret');
    const { open, hasBegun } = held(bytes, 20);
    files.serve('/secret.csv', forUser(user, password, redirectTo('/held.csv')));
    const link = `http://${user}:${password}@127.0.0.1:${files.port}/secret.csv?token=${token}#top`;

    const session = await upload({ link });
    await waitFor('the file is on its way', hasBegun);
    const { inFlight } = await stack.queues.peek('uploads-fetch');
    const onTheWay = await everythingIn(stack);
    open();
    const { description } = await importOver(stack, session);
    const shown = await stack.request('GET', `/admin/v1/imports/${session}`);

    expect(description).toBe(counted(2));
    expect(inFlight.join()).toContain(session);
    expect(onTheWay).toContain(session);
    expect(shown.text).toContain(`http://127.0.0.1:${files.port}/secret.csv`);
    const said = Buffer.concat(traffic).toString('latin1');
    expect(said).toContain(session);
    expect(lines.length).toBeGreaterThan(0);
    for (const text of [inFlight.join(), onTheWay, await everythingIn(stack), shown.text, said, lines.join('\n')]) {
      expect(found(text)).toEqual([]);
    }
    expect(files.asked.some(({ headers }) => headers.authorization === `Basic ${basic}`)).toBe(true);
  });

  it('are in no queue, table or log where the import fails', async () => {
    const link = `http://${user}:${password}@127.0.0.1:${files.port}/missing.csv?token=${token}`;

    const { description } = await importOver(stack, await upload({ link }));

    const texts = [description, await everythingIn(stack), Buffer.concat(traffic).toString('latin1'), lines.join('\n')];
    expect(texts.flatMap(found)).toEqual([]);
  });
});

describe('a worker that is killed on its way', () => {
  it('is followed by one that goes on where it was, and the file is one import', async () => {
    const bytes = longCsv(170, 'killed');
    const { hasBegun, link } = held(bytes, 9_000_000);

    const session = await upload({ link });
    await waitFor('the file is on its way', hasBegun);
    await waitFor('a part lies in the bucket', async () => hasPart(await everythingIn(stack), session));
    const dead = await stack.fn('fetch-upload').kill();
    const { status, description } = await importOver(stack, session, 60);

    expect(dead).toBe(1);
    expect({ status, description }).toEqual({ status: 'FINISHED', description: counted(170) });
    const ranges = files.asked.filter(({ url }) => url === '/held.csv').map(({ headers }) => headers.range);
    expect(ranges.slice(-1)).toEqual([`bytes=${8 * 1024 * 1024}-`]);
  });
});

describe('a file whose message keeps failing', () => {
  it('ends its import in ERROR, is left to a person, and is not imported by whoever still fetches it', async () => {
    const { hasBegun, open, link } = held(csv(2, 'failing'), 20);
    const session = await upload({ link });
    await waitFor('the file is on its way', hasBegun);
    const unreadable = { session: { sessionId: session, settings: { dedupeOn: 'nonsense' } }, sealedLink: 'x' };

    await stack.queues.send('uploads-fetch', [JSON.stringify(unreadable)]);
    const { status, description } = await importOver(stack, session);
    const [message = ''] = await waitFor('a person is told', async () => {
      const { ready } = await stack.queues.peek('uploads-dead-letter');
      return ready.length > 0 && ready;
    });
    open();
    await waitFor('nobody works on it any more', async () => {
      const queues = await Promise.all(['uploads-fetch', 'uploads-split'].map((name) => stack.queues.peek(name)));
      return queues.every(({ ready, inFlight }) => ready.length + inFlight.length === 0);
    });

    expect({ status, description }).toEqual({
      status: 'ERROR',
      description: expect.stringContaining('please send the import again'),
    });
    expect(JSON.parse(message)).toEqual({ sessionId: session });
    expect(await importOver(stack, session)).toEqual({ status, description });
    expect(await everythingIn(stack)).not.toContain('failing-0@example.com');
  });
});

/** Whether the table knows the first part of a session's file. */
const hasPart = (everything: string, session: string): boolean =>
  everything
    .split('\n')
    .filter((line) => line.includes('"S":"FETCH"') && line.includes(session))
    .some((line) => JSON.parse(line).parts?.M?.['1'] !== undefined);
