import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Download, DownloadRequest } from '#domain/files/fetch-ports.ts';
import type { WebAnswer, WebRequest } from '#domain/web/ports.ts';
import { downloadsOver } from '#web/downloads.ts';

const file = Buffer.from('email\njohn@example.com\njane@example.com\n'.repeat(50));

interface Answer {
  readonly status?: number;
  readonly headers?: WebAnswer['headers'];
  readonly body?: Buffer;
}

/** A web that answers one thing after the other, in small pieces. */
const webOf = (...answers: readonly Answer[]) => {
  const asked: Omit<WebRequest, 'method' | 'body'>[] = [];
  let discarded = 0;
  const get = async (request: (typeof asked)[number]): Promise<WebAnswer> => {
    const { status = 200, headers = {}, body = file } = answers[asked.length] ?? {};
    asked.push(request);
    return { status, headers, body: piecesOf(body), discard: () => void discarded++ };
  };
  const downloads = downloadsOver({ get, send: get });
  const open = (request: Partial<DownloadRequest> = {}) =>
    downloads.open({
      link: 'https://files.example/a.csv',
      from: 0,
      maxBytes: 1_000_000,
      milliseconds: 1000,
      ...request,
    });
  return { asked, open, discarded: () => discarded };
};

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

const bytesOf = async ({ body }: Download): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
};

const goingOn = { from: 100, validator: '"1"' };
const rest = (headers: WebAnswer['headers'] = {}): Answer => ({
  status: 206,
  headers: { 'content-range': `bytes 100-${file.length - 1}/${file.length}`, etag: '"1"', ...headers },
  body: file.subarray(100),
});

describe('a download', () => {
  it('tells what can be gone on with, and how long it is', async () => {
    const { asked, open } = webOf({ headers: { etag: '"1"', 'content-length': String(file.length) } });

    const download = await open();

    expect(asked).toMatchObject([{ link: 'https://files.example/a.csv', limits: { totalMilliseconds: 1000 } }]);
    expect(asked[0]).not.toHaveProperty('headers');
    expect(download).toMatchObject({ from: 0, validator: '"1"', size: file.length });
    expect(await bytesOf(download)).toEqual(file);
  });

  it.each([
    ['no tag', {}],
    ['a weak tag', { etag: 'W/"1"' }],
    ['a tag that is none', { etag: '1' }],
    ['no ranges', { etag: '"1"', 'accept-ranges': 'none' }],
  ])('of a server with %s cannot be gone on with', async (_, headers) => {
    expect(await webOf({ headers }).open()).not.toHaveProperty('validator');
  });

  it('is gone on with by the range that is missing, of the same file', async () => {
    const { asked, open } = webOf(rest());

    const download = await open(goingOn);

    expect(asked[0]?.headers).toEqual({ Range: 'bytes=100-', 'If-Range': '"1"' });
    expect(download).toMatchObject({ from: 100, validator: '"1"', size: file.length });
    expect(await bytesOf(download)).toEqual(file.subarray(100));
  });

  it('begins anew where the server sends all of it', async () => {
    const { asked, open } = webOf({ headers: { etag: '"2"' } });

    expect(await open(goingOn)).toMatchObject({ from: 0, validator: '"2"' });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['another range', rest({ 'content-range': `bytes 0-${file.length - 1}/${file.length}` })],
    ['a range that is none', rest({ 'content-range': 'bytes */12' })],
    ['no range', rest({ 'content-range': undefined })],
    ['a range of another file', rest({ etag: '"2"' })],
    ['that it has no such range', { status: 416 }],
  ])('begins anew where the server answers %s', async (_, answer) => {
    const { asked, open, discarded } = webOf(answer, { headers: { etag: '"2"' } });

    const download = await open(goingOn);

    expect(download.from).toBe(0);
    expect(await bytesOf(download)).toEqual(file);
    expect(asked.map(({ headers }) => headers)).toEqual([{ Range: 'bytes=100-', 'If-Range': '"1"' }, undefined]);
    expect(discarded()).toBe(1);
  });

  it('may be as large as a file may be and no larger, whether the server says how large or not', async () => {
    const long = { headers: { 'content-length': String(file.length) } };
    const least = { maxBytes: file.length };
    const most = { maxBytes: file.length - 1 };

    expect(await bytesOf(await webOf(long).open(least))).toEqual(file);
    expect(await bytesOf(await webOf({}).open(least))).toEqual(file);
    expect(await bytesOf(await webOf(rest()).open({ ...goingOn, ...least }))).toEqual(file.subarray(100));
    await expect(webOf(long).open(most)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(webOf({}).open(most).then(bytesOf)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(
      webOf(rest({ 'content-range': 'bytes 100-9/*' }))
        .open({ ...goingOn, ...most })
        .then(bytesOf),
    ).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});

describe('gzip on the way', () => {
  const zipped = (body: Buffer): Answer => ({
    headers: { 'content-encoding': 'gzip', etag: '"1"', 'content-length': String(body.length) },
    body,
  });

  it('is taken off, and cannot be gone on with', async () => {
    const download = await webOf(zipped(gzipSync(file))).open();

    expect(Object.keys(download)).toEqual(['from', 'body']);
    expect(await bytesOf(download)).toEqual(file);
  });

  it('of a file that is gzip itself is taken off once', async () => {
    const archive = gzipSync(file);

    expect(await bytesOf(await webOf(zipped(gzipSync(archive))).open())).toEqual(archive);
    expect(
      await bytesOf(await webOf({ headers: { 'content-type': 'application/gzip' }, body: archive }).open()),
    ).toEqual(archive);
  });

  it('counts as what it holds: a bomb is too large', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);

    await expect(webOf(zipped(bomb)).open().then(bytesOf)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('that breaks off is worth another attempt, and damaged it is not', async () => {
    const archive = gzipSync(file);
    const damaged = Buffer.from(archive).fill(0xff, 20, 40);

    await expect(
      webOf(zipped(archive.subarray(0, -20)))
        .open()
        .then(bytesOf),
    ).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
      isTransient: true,
    });
    await expect(webOf(zipped(damaged)).open().then(bytesOf)).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      isTransient: false,
    });
  });

  it.each(['br', 'deflate', 'zstd', 'gzip, gzip'])('is the only encoding that is taken off: %s', async (encoding) => {
    const { open, discarded } = webOf({ headers: { 'content-encoding': encoding } });

    await expect(open()).rejects.toMatchObject({ code: 'BAD_ANSWER' });
    expect(discarded()).toBe(1);
  });
});

describe('a server that answers', () => {
  it.each([
    [400, 'SERVER_REFUSED'],
    [401, 'SERVER_REFUSED'],
    [403, 'SERVER_REFUSED'],
    [404, 'SERVER_REFUSED'],
    [204, 'SERVER_REFUSED'],
    [206, 'SERVER_REFUSED'],
    [304, 'SERVER_REFUSED'],
    [408, 'SERVER_BUSY'],
    [425, 'SERVER_BUSY'],
    [429, 'SERVER_BUSY'],
    [500, 'SERVER_BUSY'],
    [503, 'SERVER_BUSY'],
  ])('%i has no file for us', async (status, code) => {
    const { open, discarded } = webOf({ status });

    await expect(open()).rejects.toMatchObject({
      code,
      isTransient: code === 'SERVER_BUSY',
      message: expect.stringContaining(`The link's server answered ${status}`),
    });
    expect(discarded()).toBe(1);
  });

  it('when it wants to be asked again is believed', async () => {
    const busy = (value: string, headers = {}) =>
      webOf({ status: 503, headers: { 'retry-after': value, ...headers } }).open();
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';

    await expect(busy('120')).rejects.toMatchObject({ retryAfterSeconds: 120 });
    await expect(busy(date, { date: 'Wed, 21 Oct 2026 07:27:15 GMT' })).rejects.toMatchObject({
      retryAfterSeconds: 45,
    });
    await expect(busy(date, { date: 'Wed, 21 Oct 2026 07:29:00 GMT' })).rejects.toMatchObject({
      retryAfterSeconds: undefined,
    });
    await expect(busy(date)).rejects.toMatchObject({ retryAfterSeconds: undefined });
  });
});
