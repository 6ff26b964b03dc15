import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Operation } from '#names/routes.ts';
import type { ApiEvent } from './api-event.ts';
import { logRequests } from './request-log.ts';

/** A page with the files that it is made of. */
export interface Site {
  /** Where its files lie, each packed by gzip under its name and `.gz`. */
  readonly folder: URL;
  /** The path of the page. */
  readonly root: string;
  /** The one other origin that its scripts talk to. */
  readonly connectsTo: () => string;
}

/**
 * The Lambda handler of a page with many screens: files by their hashed names, for a year; and the page itself for every
 * other path, which nobody keeps, frames or hears of, and which loads and runs its own files only.
 */
export const siteEndpoint = (operation: Operation, site: Site) => {
  const files = new Map<string, Promise<Buffer | undefined>>();
  const fileNamed = (name: string) => {
    const found = files.get(name) ?? readPacked(new URL(`${name}.gz`, site.folder));
    files.set(name, found);
    return found;
  };
  return middy(async (event: ApiEvent, _context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const name = assetPath.exec(event.rawPath.slice(site.root.length))?.[1];
    const file = await fileNamed(name ?? 'index.html');
    if (!file) return { statusCode: 404, headers: { ...textType, 'Cache-Control': 'no-store' }, body: 'Not found' };
    const headers = name === undefined ? pageHeaders(site.connectsTo()) : assetHeaders(name);
    return packedAnswer(file, headers, takesGzip(event));
  }).use(logRequests(operation));
};

/** Vite puts everything but the page there. */
const assetPath = /^\/(assets\/[\w-]+(?:\.[\w-]+)*)$/;

const readPacked = async (path: URL): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const takesGzip = ({ headers }: ApiEvent): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(headers?.['accept-encoding'] ?? '');

const packedAnswer = (file: Buffer, headers: Readonly<Record<string, string>>, isPacked: boolean) => ({
  statusCode: 200,
  headers: { ...headers, Vary: 'Accept-Encoding', ...(isPacked && { 'Content-Encoding': 'gzip' }) },
  isBase64Encoded: true,
  body: (isPacked ? file : gunzipSync(file)).toString('base64'),
});

const textType = { 'Content-Type': 'text/plain;charset=UTF-8' };

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript;charset=UTF-8',
  '.css': 'text/css;charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const assetHeaders = (name: string): Record<string, string> => ({
  'Content-Type': types[extname(name)] ?? 'application/octet-stream',
  'Cache-Control': 'public, max-age=31536000, immutable',
  'X-Content-Type-Options': 'nosniff',
});

const pageHeaders = (connectsTo: string): Record<string, string> => ({
  'Content-Type': 'text/html;charset=UTF-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    // The component library writes style sheets as it goes; nothing that a contact says becomes one.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${connectsTo}`,
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
});
