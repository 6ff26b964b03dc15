import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { WebError } from '#domain/web/web-error.ts';

/** The content of a gzip stream, piece by piece; its reader bounds it. It throws a `WebError`. */
export async function* gunzipped(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const flow = pipeline(Readable.from(body), gunzip);
  // It fails with what the reader below gets to see.
  flow.catch(() => {});
  try {
    for await (const piece of gunzip) yield piece;
  } catch (error) {
    throw error instanceof WebError ? error : failureOf(error);
  } finally {
    gunzip.destroy();
  }
}

/** An end that comes too early may be the connection's. */
const failureOf = (error: unknown): WebError =>
  error instanceof Error && 'code' in error && error.code === 'Z_DATA_ERROR'
    ? new WebError('BAD_ANSWER', "What the link's server compressed is damaged")
    : new WebError('CONNECTION_LOST', "The connection to the link's server was lost");
