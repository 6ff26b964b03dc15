/** Why a request to another server failed. */
export type WebFailure =
  | 'LINK_REFUSED'
  | 'UNREACHABLE'
  | 'UNTRUSTED'
  | 'TIMED_OUT'
  | 'CONNECTION_LOST'
  | 'SERVER_BUSY'
  | 'SERVER_REFUSED'
  | 'TOO_LARGE'
  | 'TOO_MANY_REDIRECTS'
  | 'BAD_REQUEST'
  | 'BAD_ANSWER';

/**
 * A request to a server that a caller named failed. The message is meant for that caller: it never holds credentials,
 * an address or what a server said.
 */
export class WebError extends Error {
  readonly code: WebFailure;
  /** Whether the same request may succeed a little later. */
  readonly isTransient: boolean;
  /** When the server wants to be asked again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: WebFailure, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'WebError';
    this.code = code;
    this.isTransient = transient.has(code);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const transient: ReadonlySet<WebFailure> = new Set(['UNREACHABLE', 'TIMED_OUT', 'CONNECTION_LOST', 'SERVER_BUSY']);
