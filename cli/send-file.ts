import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { type ApiClient, ApiRefusal } from './api-client.ts';

const offer = z.object({ uploadId: z.uuid(), url: z.url(), headers: z.record(z.string(), z.string()) });

/**
 * Sends a file to the bucket of a deployment, which checks its SHA-256, and returns the id of the upload. Reports how
 * many of its bytes were sent. Throws `ApiRefusal` if it is refused, and what the file system throws.
 */
export const sendFile = async (
  client: ApiClient,
  path: string,
  tell: (sent: number, size: number) => void,
): Promise<string> => {
  const { size } = await stat(path);
  const sha256 = await hashOf(path);
  const asked = { size, sha256, fileName: basename(path) };
  const { uploadId, url, headers } = offer.parse(
    JSON.parse((await client.call('POST', '/admin/v1/uploads', asked)).text),
  );
  await put(path, { url, headers: { ...headers, 'content-length': String(size) } }, (sent) => tell(sent, size));
  return uploadId;
};

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest('base64');
};

const put = async (
  path: string,
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  tell: (sent: number) => void,
): Promise<void> => {
  const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, { method: 'PUT', headers });
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
  });
  const source = createReadStream(path);
  let sent = 0;
  source.on('data', (bytes) => {
    sent += bytes.length;
    tell(sent);
  });
  // A server that refuses a file may do so before all of it came, and closes the connection then.
  const [, { status, text }] = await Promise.all([pipeline(source, request).catch(() => {}), answered]);
  if (status < 200 || status > 299) throw new ApiRefusal(`The bucket answered ${status}: ${text}`);
};
