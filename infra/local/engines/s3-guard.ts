import type { IncomingMessage } from 'node:http';

/** An answer that the guard gives in the engine's place. */
export interface GuardAnswer {
  readonly status: number;
  readonly code: string;
}

/** Whether a bucket holds an object under a key. */
export type HoldsObject = (bucket: string, key: string) => Promise<boolean>;

/**
 * Watches over what the S3 engine lacks: it writes outside its folder for keys with `..`, and it ignores
 * `If-None-Match`. Creations of one object that ask for it run one after the other.
 */
export const s3Guard = (holdsObject: HoldsObject) => {
  const writing = new Map<string, Promise<void>>();

  return async (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, forward: () => Promise<void>) => {
    const path = decodePath(request.url ?? '/');
    if (path === undefined || climbs(path)) return { status: 400, code: 'InvalidURI' } satisfies GuardAnswer;
    if (!createsOnly(request)) return forward();
    const [, bucket = '', ...key] = path.split('/');
    const before = writing.get(path) ?? Promise.resolve();
    const turn = before.then(async (): Promise<GuardAnswer | undefined> => {
      if (await holdsObject(bucket, key.join('/'))) return { status: 412, code: 'PreconditionFailed' };
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

const createsOnly = ({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean =>
  (method === 'PUT' || method === 'POST') && headers['if-none-match'] === '*';
