/** What went wrong with a request, as screens tell it. */
export class ApiProblem extends Error {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  /** What the request can be found by in the logs. */
  readonly requestId: string | undefined;
  /** Seconds after which the API asks to be called again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, about: { status: number; requestId?: string; retryAfterSeconds?: number }) {
    super(message);
    this.name = 'ApiProblem';
    this.status = about.status;
    this.requestId = about.requestId;
    this.retryAfterSeconds = about.retryAfterSeconds;
  }

  /** Whether the same request may succeed a moment later. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The problem that an answer tells of; its body may be the envelope, the gateway's own words, or a bare sentence. */
export const problemOf = (response: Response, body: unknown): ApiProblem => {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiProblem(messageIn(body) ?? response.statusText, {
    status: response.status,
    ...(requestId !== undefined && { requestId }),
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
  });
};

const messageIn = (body: unknown): string | undefined => {
  if (typeof body === 'string' && body !== '') return body.slice(0, 500);
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  return typeof body.message === 'string' ? body.message : undefined;
};
