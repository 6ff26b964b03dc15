/** The API said no, or could not be reached; the message is for people. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal';
}

/** An answer of the API. */
export interface ApiAnswer {
  readonly text: string;
  /** The path of the page after this one, if there is one. */
  readonly next: string | undefined;
}

/** The API of one deployment, called with one key. */
export interface ApiClient {
  readonly url: string;
  /** Throws `ApiRefusal` for anything but success. */
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<ApiAnswer>;
}

/** Attempts at a call that may be repeated. */
const maxAttempts = 5;

/**
 * Calls an API with HTTP Basic. Answers that are too many or of a busy server are asked for again, a little later; so
 * are reads whose connection fails, as an import continues meanwhile.
 */
export const apiClient = (url: string, key: string, pause: (milliseconds: number) => Promise<unknown>): ApiClient => ({
  url,
  call: async (method, path, body) => {
    const headers = {
      authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}`,
      ...(body && { 'content-type': 'application/json' }),
    };
    for (let attempt = 1; ; attempt++) {
      const answer = await ask(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      if ('text' in answer) return answer;
      const isHopeful = answer.status === undefined ? method === 'GET' : answer.status === 429 || answer.status >= 500;
      if (!isHopeful || attempt === maxAttempts) throw new ApiRefusal(answer.reason);
      await pause(attempt * 1000);
    }
  },
});

/** Why there is no answer to work with; without a status if the connection failed. */
interface NoAnswer {
  readonly status?: number;
  readonly reason: string;
}

const ask = async (url: string, request: RequestInit): Promise<ApiAnswer | NoAnswer> => {
  try {
    const answer = await fetch(url, request);
    const { ok, status, headers } = answer;
    // As it came: a byte order mark is part of a file that is sent again.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
    return ok ? { text, next: nextOf(headers.get('link')) } : { status, reason: reasonOf(status, text) };
  } catch (error) {
    const { cause } = error as Error;
    const reason = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(error);
    return { reason: `${new URL(url).origin} cannot be reached (${reason})` };
  }
};

/** The path of `Link: </path>; rel="next"`. */
const nextOf = (link: string | null): string | undefined => /<([^<>]+)>; {0,8}rel="?next"?/.exec(link ?? '')?.[1];

const reasonOf = (status: number, text: string): string => {
  const message = messageIn(text);
  if (status === 401) return 'The API key is not known there (401)';
  if (status === 403) return 'The API key may not import files: it needs the scope full (403)';
  return `The API answered ${status}${message ? `: ${message}` : ''}`;
};

const messageIn = (text: string): string => {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
};
