import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { siteEndpoint } from '#http/site-endpoint.ts';
import { log } from '#shared/log.ts';
import { call, httpEvent } from './http-events.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-site-'));
const page = '<!doctype html><title>Rollcall</title>';

beforeAll(() => {
  vi.spyOn(log, 'info').mockImplementation(() => {});
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html.gz'), gzipSync(page));
  writeFileSync(join(folder, 'assets/main-1a2B_3c.js.gz'), gzipSync('let a;'));
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const handler = siteEndpoint('showConsole', {
  folder: pathToFileURL(`${folder}/`),
  root: '/console',
  connectsTo: () => 'https://bucket.example',
});

const open = (path: string, acceptEncoding?: string): Promise<APIGatewayProxyStructuredResultV2> =>
  call(handler, {
    ...httpEvent({ path }),
    headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding },
  });

const textOf = ({ body = '', headers }: APIGatewayProxyStructuredResultV2): string => {
  const bytes = Buffer.from(body, 'base64');
  return (headers?.['Content-Encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
};

describe('the console', () => {
  test.each(['/console', '/console/', '/console/contacts/7', '/console/assets', '/console/assets/../index.html'])(
    'answers %s with its page, which nobody keeps',
    async (path) => {
      const answer = await open(path, 'gzip, br');

      expect(answer).toMatchObject({
        statusCode: 200,
        headers: { 'Content-Type': 'text/html;charset=UTF-8', 'Content-Encoding': 'gzip', 'Cache-Control': 'no-store' },
      });
      expect(textOf(answer)).toBe(page);
    },
  );

  test('runs its own scripts alone, is framed by nobody, and tells nobody where a reader came from', async () => {
    const { headers } = await open('/console');

    const policy = String(headers?.['Content-Security-Policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self' https://bucket.example");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ 'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff' });
  });

  test('has files by hashed names that are kept for a year', async () => {
    const answer = await open('/console/assets/main-1a2B_3c.js', 'gzip');

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: {
        'Content-Type': 'text/javascript;charset=UTF-8',
        'Cache-Control': 'public, max-age=31536000, immutable',
        Vary: 'Accept-Encoding',
      },
    });
    expect(textOf(answer)).toBe('let a;');
  });

  test.each([undefined, 'identity', 'gzip;q=0', 'br'])('unpacks its files for who accepts %s', async (accepted) => {
    const answer = await open('/console/assets/main-1a2B_3c.js', accepted);

    expect(answer.headers).not.toHaveProperty('Content-Encoding');
    expect(textOf(answer)).toBe('let a;');
  });

  test.each(['/console/assets/gone-1a2b3c.js', '/console/assets/main-1a2B_3c.js.gz'])(
    'answers 404 for %s, which is no file of this version, and nobody keeps that either',
    async (path) => {
      expect(await open(path)).toMatchObject({ statusCode: 404, headers: { 'Cache-Control': 'no-store' } });
    },
  );
});
