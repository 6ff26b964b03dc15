import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { WebAnswer, WebLimits, WebRequest } from '#domain/web/ports.ts';
import { WebError } from '#domain/web/web-error.ts';

/** One request over one socket, which is closed afterwards. */
export interface Exchange extends Pick<WebRequest, 'body' | 'limits'> {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends everything, with a `WebError` as its reason. */
  readonly signal: AbortSignal;
}

/**
 * Sends a request over a connected socket and waits for the head of its answer.
 * @throws WebError, and so does the answer's body.
 */
export const exchange = async (socket: Socket, asked: Exchange): Promise<WebAnswer> => {
  const request = requestOver(socket, asked);
  const course = watch(socket, request, asked);
  try {
    const response = await headOf(request);
    course.answered();
    // A failure is thrown to the reader of the body, if there is one.
    response.on('error', () => {});
    return {
      status: response.statusCode ?? 0,
      headers: joined(response.headers),
      body: bodyOf(response, asked.limits, course),
      discard: () => course.end(),
    };
  } catch (error) {
    course.end();
    throw course.failure() ?? webErrorOf(error);
  }
};

const requestOver = (socket: Socket, { method, url, headers, body }: Exchange): ClientRequest => {
  const request = httpRequest({
    createConnection: () => socket,
    method,
    path: url.pathname + url.search,
    headers: { ...headers, Host: url.host, Connection: 'close' },
    insecureHTTPParser: false,
  });
  request.end(body);
  return request;
};

interface Course {
  answered(): void;
  /** The next piece took too long. */
  idle(): void;
  end(): void;
  /** Why it was ended from here. */
  failure(): WebError | undefined;
}

/** Ends an exchange that takes too long in any of its parts. */
const watch = (socket: Socket, request: ClientRequest, { limits, signal }: Exchange): Course => {
  let failure: WebError | undefined;
  const fail = (error: WebError) => {
    failure ??= error;
    request.destroy(failure);
    socket.destroy();
  };
  const timeOut = (what: string) => fail(new WebError('TIMED_OUT', `The link's server ${what}`));
  const waiting = setTimeout(() => timeOut('did not answer in time'), limits.answerMilliseconds);
  const abort = () => fail(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  request.on('error', () => {});
  const cleanUp = () => {
    clearTimeout(waiting);
    signal.removeEventListener('abort', abort);
  };
  socket.once('close', cleanUp);
  return {
    answered: () => clearTimeout(waiting),
    idle: () => timeOut('stopped sending'),
    end: () => {
      cleanUp();
      request.destroy();
      socket.destroy();
    },
    failure: () => failure,
  };
};

const headOf = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
    request.once('close', () => reject(new WebError('CONNECTION_LOST', connectionLost)));
  });

/** The time that the reader takes between two pieces does not count against the server. */
async function* bodyOf(
  response: IncomingMessage,
  { maxBytes, idleMilliseconds }: WebLimits,
  course: Course,
): AsyncGenerator<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  const next = async () => {
    const timer = setTimeout(course.idle, idleMilliseconds);
    return pieces.next().finally(() => clearTimeout(timer));
  };
  let bytes = 0;
  try {
    for (let piece = await next(); !piece.done; piece = await next()) {
      bytes += piece.value.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield piece.value;
    }
  } catch (error) {
    throw course.failure() ?? webErrorOf(error);
  } finally {
    course.end();
  }
}

const tooLarge = (maxBytes: number): WebError =>
  new WebError('TOO_LARGE', `The link's server sent more than ${maxBytes} bytes`);

const connectionLost = "The connection to the link's server was lost";

const webErrorOf = (error: unknown): WebError => {
  if (error instanceof WebError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^HPE_/.test(code)
    ? new WebError('BAD_ANSWER', "The link's server did not answer by the rules of HTTP")
    : new WebError('CONNECTION_LOST', connectionLost);
};

const joined = (headers: IncomingMessage['headers']): Partial<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
