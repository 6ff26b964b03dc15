import type { IncomingMessage } from 'node:http';

/** An answer that the guard gives in the engine's place. */
export interface GuardAnswer {
  readonly status: number;
  readonly code: string;
}

/** The ETag of the object that a bucket holds under a key, if any. */
export type TagOf = (bucket: string, key: string) => Promise<string | undefined>;

/**
 * Watches over what the S3 engine lacks: it writes outside its folder for keys with `..`, and it ignores
 * `If-None-Match` and `If-Match`. Requests for one object run one after the other, as it writes bytes and tag apart.
 */
export const s3Guard = (tagOf: TagOf) => {
  const writing = new Map<string, Promise<void>>();

  return async (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, forward: () => Promise<void>) => {
    const path = decodePath(request.url ?? '/');
    if (path === undefined || climbs(path)) return { status: 400, code: 'InvalidURI' } satisfies GuardAnswer;
    const [, bucket = '', ...key] = path.split('/');
    const before = writing.get(path) ?? Promise.resolve();
    const turn = before.then(async (): Promise<GuardAnswer | undefined> => {
      if (isConditional(request) && !holds(request, await tagOf(bucket, key.join('/'))))
        return { status: 412, code: 'PreconditionFailed' };
      await forward();
      return undefined;
    });
    const done = turn.then(
      () => {},
      () => {},
    );
    writing.set(path, done);
    try {
      return await turn;
    } finally {
      if (writing.get(path) === done) writing.delete(path);
    }
  };
};

/** The path with every layer of encoding taken off; `undefined` when it cannot be read. */
const decodePath = (url: string): string | undefined => {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '');
  } catch {
    return undefined;
  }
};

const climbs = (path: string): boolean => {
  const again = decodePath(path) ?? path;
  return [path, again].some((form) => form.split(/[/\\]/).includes('..'));
};

type Head = Pick<IncomingMessage, 'method' | 'headers'>;

const isConditional = ({ method, headers }: Head): boolean =>
  (method === 'PUT' || method === 'POST') && (createsOnly(headers) || headers['if-match'] !== undefined);

const createsOnly = (headers: Head['headers']): boolean => headers['if-none-match'] === '*';

const holds = ({ headers }: Head, tag: string | undefined): boolean =>
  createsOnly(headers) ? tag === undefined : tag === headers['if-match'];
