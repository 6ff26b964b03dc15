import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type FileServer, fileOf, startFileServer } from '#test/support/files/file-server.ts';
import { importOver, startFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
let files: FileServer;
beforeAll(async () => {
  files = await startFileServer();
  stack = await startFlowStack({ redeliverAfterSeconds: 0, logLevel: 'SILENT' });
  store = openStackStore(stack);
});
afterAll(async () => {
  store.close();
  await stack.stop();
  await files.stop();
});

const acceptance = z.strictObject({ id: z.literal(0), asyncSessionId: z.uuid() });
const upload = async (link: string) =>
  acceptance.parse((await stack.request('POST', '/api/v1/contacts/upload', { body: { link } })).json).asyncSessionId;

describe('a stack that was not told otherwise', () => {
  it('opens no socket to its own machine, whatever the link calls it', async () => {
    files.serve('/contacts.csv', fileOf(Buffer.from('email\njohn@example.com\n')));
    const hosts = ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0.0.0.0', '[::ffff:127.0.0.1]'];

    const sessions = await Promise.all(hosts.map((host) => upload(`http://${host}:${files.port}/contacts.csv`)));
    const ends = await Promise.all(sessions.map((session) => importOver(stack, session)));

    expect(ends).toEqual(
      hosts.map(() => ({
        status: 'ERROR',
        description: 'The link leads to an address that is not on the public internet',
      })),
    );
    expect(files.connections()).toBe(0);
  });
});

describe('a file that a caller sends', () => {
  const bytes = Buffer.from('email,firstName\nsent-1@example.com,Jane\nsent-2@example.com,Joan\n');
  const asked = {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('base64'),
    fileName: 'sent.csv',
  };
  const offer = z.strictObject({
    uploadId: z.uuid(),
    url: z.url(),
    headers: z.record(z.string(), z.string()),
    expiresAt: z.iso.datetime(),
  });
  const offered = async () => offer.parse((await stack.request('POST', '/admin/v1/uploads', { body: asked })).json);
  const put = ({ url, headers }: z.infer<typeof offer>, body = bytes) =>
    fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) });
  const start = (uploadId: string) =>
    stack.request('POST', `/admin/v1/uploads/${uploadId}/import`, { body: { groupNames: ['Sent'] } });

  it('is imported once, however often that is asked for', async () => {
    const place = await offered();
    expect((await put(place)).status).toBe(200);

    const answers = [await start(place.uploadId), await start(place.uploadId)];
    const { description } = await importOver(stack, place.uploadId);
    answers.push(await start(place.uploadId));

    expect(answers.map(({ json }) => json)).toEqual(Array(3).fill({ id: 0, asyncSessionId: place.uploadId }));
    expect(description).toBe('2 rows were read: 2 created, 0 updated, 0 unchanged, 0 skipped, 0 failed');
    expect((await store.holdings()).contacts).toHaveLength(2);
  });

  it('cannot be replaced once it is there', async () => {
    const place = await offered();
    await put(place);

    expect((await put(place, Buffer.from(bytes).fill('x', 20, 25))).status).toBe(412);
  });

  it.each([
    ['before it was sent', undefined, 'The file was not sent yet'],
    ['where it is another one', Buffer.from(bytes).fill('x', 20, 25), expect.stringContaining('not the one')],
    ['where it is cut short', bytes.subarray(0, 20), expect.stringContaining('not the one')],
  ])('is not imported %s', async (_, body, message) => {
    const place = await offered();
    if (body) await put(place, body);

    const answer = await start(place.uploadId);

    expect(answer.json).toMatchObject({ status: 409, message });
  });

  it.each(['e76ec64c-4243-4124-a9e7-b50a2a7a6c90', 'nonsense', '..%2f..'])('is not found as %s', async (uploadId) => {
    expect(await start(uploadId)).toMatchObject({
      status: 404,
      json: { message: expect.stringContaining('not found') },
    });
  });

  it('larger than a file may be is not even asked for', async () => {
    const body = { ...asked, size: 300 * 1024 * 1024 + 1 };

    const { status, json } = await stack.request('POST', '/admin/v1/uploads', { body });

    expect([status, json]).toEqual([400, expect.objectContaining({ message: expect.stringContaining('size') })]);
  });

  it('takes a key with every right', async () => {
    await store.addKey('shop-key', { scope: 'events+contacts' });

    const answers = await Promise.all(
      ['/admin/v1/uploads', `/admin/v1/uploads/${crypto.randomUUID()}/import`].map((path) =>
        stack.request('POST', path, { body: asked, key: 'shop-key' }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });
});
