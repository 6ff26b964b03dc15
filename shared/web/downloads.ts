import type { Download, DownloadRequest, Downloads } from '#domain/files/fetch-ports.ts';
import type { Web, WebAnswer, WebLimits } from '#domain/web/ports.ts';
import { WebError } from '#domain/web/web-error.ts';
import { gunzipped } from './gunzipped.ts';
import { retryAfterSecondsOf } from './retry-after.ts';

/** Servers that make a file when they are asked for it may think for a minute. */
const patience: Omit<WebLimits, 'totalMilliseconds' | 'maxBytes'> = {
  connectMilliseconds: 10_000,
  answerMilliseconds: 60_000,
  idleMilliseconds: 30_000,
};

/** Downloads of files over HTTP, resumed by `Range` and `If-Range` if the server can (RFC 9110). */
export const downloadsOver = (web: Web): Downloads => {
  const open = async (request: DownloadRequest): Promise<Download> => {
    const { link, from, validator, maxBytes, milliseconds } = request;
    const goesOn = from > 0 && validator !== undefined;
    const answer = await web.get({
      link,
      ...(goesOn && { headers: { Range: `bytes=${from}-`, 'If-Range': validator } }),
      limits: { ...patience, totalMilliseconds: milliseconds, maxBytes: Number.POSITIVE_INFINITY },
    });
    if (goesOn && isOtherPart(answer, request)) {
      answer.discard();
      return open({ link, from: 0, maxBytes, milliseconds });
    }
    try {
      return downloadOf(answer, goesOn ? from : 0, maxBytes);
    } catch (error) {
      answer.discard();
      throw error;
    }
  };
  return { open };
};

/** Whether a server answered to a range with another one, or with one of another file. */
const isOtherPart = ({ status, headers }: WebAnswer, { from, validator }: DownloadRequest): boolean => {
  if (status === 416) return true;
  if (status !== 206) return false;
  return rangeOf(headers)?.first !== from || (headers.etag ?? validator) !== validator;
};

const downloadOf = ({ status, headers, body }: WebAnswer, asked: number, maxBytes: number): Download => {
  if (status !== 200 && !(status === 206 && asked > 0)) throw refusal(status, headers);
  const from = status === 206 ? asked : 0;
  const coding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding === 'gzip' || coding === 'x-gzip') {
    if (from > 0) throw new WebError('BAD_ANSWER', "The link's server changed the encoding of the file on the way");
    return { from, body: bounded(gunzipped(body), { from, maxBytes }) };
  }
  if (coding !== 'identity' && coding !== '') {
    throw new WebError('BAD_ANSWER', "The link's server compressed the file in another way than gzip");
  }
  const size = sizeOf(status, headers);
  if (size !== undefined && size > maxBytes) throw tooLarge(maxBytes);
  const validator = headers['accept-ranges']?.trim().toLowerCase() === 'none' ? undefined : strongTagOf(headers);
  return {
    from,
    ...(validator !== undefined && { validator }),
    ...(size !== undefined && { size }),
    body: bounded(body, { from, maxBytes }),
  };
};

async function* bounded(
  body: AsyncIterable<Uint8Array>,
  { from, maxBytes }: { readonly from: number; readonly maxBytes: number },
): AsyncGenerator<Uint8Array> {
  let bytes = from;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield piece;
  }
}

const tooLarge = (maxBytes: number): WebError =>
  new WebError('TOO_LARGE', `The file has more than ${Math.floor(maxBytes / 1_048_576)} MB`);

type Headers = WebAnswer['headers'];

/** Only a strong tag says that two parts belong together (RFC 9110, 13.1.5). */
const strongTagOf = ({ etag }: Headers): string | undefined =>
  etag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(etag) ? etag : undefined;

const rangeOf = (headers: Headers) => {
  const [, first, total] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/i.exec(headers['content-range'] ?? '') ?? [];
  return first === undefined ? undefined : { first: Number(first), total };
};

const sizeOf = (status: number, headers: Headers): number | undefined => {
  const text = status === 206 ? rangeOf(headers)?.total : headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

const refusal = (status: number, headers: Headers): WebError => {
  const message = `The link's server answered ${status}`;
  if (status >= 500 || [408, 425, 429].includes(status)) {
    return new WebError('SERVER_BUSY', message, retryAfterSecondsOf(headers));
  }
  const hint = status === 401 ? ': user name and password belong into the link, and go to its own host only' : '';
  return new WebError('SERVER_REFUSED', message + hint);
};
