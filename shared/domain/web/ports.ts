/*
 * What reaches servers that callers name, by the rules of `ports.ts` with one exception: what is thrown is a `WebError`,
 * which says whether trying again may help.
 */

/** How long each part of a request may take, and how much of an answer is read. */
export interface WebLimits {
  /** To look the host up and connect, for each redirect. */
  readonly connectMilliseconds: number;
  /** From the request to the head of its answer. */
  readonly answerMilliseconds: number;
  /** Between two pieces of the answer. */
  readonly idleMilliseconds: number;
  /** For all of it, redirects and body included. */
  readonly totalMilliseconds: number;
  /** Bytes of the body; more are an error. */
  readonly maxBytes: number;
}

/** A request to a link that a caller named; credentials in it are sent as HTTP Basic. */
export interface WebRequest {
  readonly link: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** By name in any case. Those that belong to the connection, such as `Host`, are left out. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly limits: WebLimits;
}

/** The head of an answer, and its body as it arrives. */
export interface WebAnswer {
  readonly status: number;
  /** By lower-case name; repeated ones joined by a comma. */
  readonly headers: Readonly<Partial<Record<string, string>>>;
  /**
   * To be read once, or given up by `discard`. Throws a `WebError` if the connection breaks or the body is too long.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Closes the connection. */
  discard(): void;
}

/** The guarded way to servers that callers name: nothing but public addresses is ever connected to. */
export interface Web {
  /** One exchange; a redirect is an answer like any other. */
  send(request: WebRequest): Promise<WebAnswer>;
  /** A GET that follows redirects, each checked like the link itself. Credentials stay with the link's origin. */
  get(request: Omit<WebRequest, 'method' | 'body'>): Promise<WebAnswer>;
}
