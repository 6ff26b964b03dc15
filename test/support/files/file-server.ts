import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { listenOn } from '#infra/local/engine/listen.ts';

/** A server of files on this machine, as a caller of the API has one. */
export interface FileServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Every request, in order: method, path, and the headers that say what is wanted. */
  readonly asked: readonly Pick<IncomingMessage, 'url' | 'headers'>[];
  /** Connections that were opened. */
  connections(): number;
  /** What becomes of requests for a path. */
  serve(path: string, answer: RequestListener): void;
  stop(): Promise<void>;
}

/** Starts a server that answers 404 until it is told what it has. */
export const startFileServer = async (): Promise<FileServer> => {
  const answers = new Map<string, RequestListener>();
  const asked: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    asked.push(request);
    const answer = answers.get((request.url ?? '').split('?')[0] ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end('nothing here');
  }).on('connection', () => connections++);
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    connections: () => connections,
    serve: (path, answer) => void answers.set(path, answer),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

/** How a file is served. */
export interface Serving {
  readonly tag?: string;
  /** After how many bytes of an answer the connection breaks, by the number of the request, from 0. */
  readonly breaksAfter?: readonly number[];
}

/** A server that goes on with a file by `Range` and `If-Range`, as good servers do, and breaks off when it is told to. */
export const fileOf = (bytes: Buffer, { tag = '"v1"', breaksAfter = [] }: Serving = {}): RequestListener => {
  let requests = 0;
  return (request, response) => {
    const from = request.headers['if-range'] === tag ? firstByteOf(request) : 0;
    const rest = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'Content-Type': 'text/csv',
      'Content-Length': rest.length,
      ETag: tag,
      ...(from > 0 && { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    const breaksAt = breaksAfter[requests++];
    if (breaksAt === undefined) return void response.end(rest);
    response.write(rest.subarray(0, breaksAt));
    // Reset instead, it could take back what is on its way.
    response.socket?.end();
  };
};

/** Lets only one user see what a server has. */
export const forUser =
  (user: string, password: string, answer: RequestListener): RequestListener =>
  (request, response) => {
    const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (request.headers.authorization === wanted) answer(request, response);
    else response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end();
  };

/** Sends whoever asks elsewhere. */
export const redirectTo =
  (location: string, status = 302): RequestListener =>
  (_request, response: ServerResponse) =>
    response.writeHead(status, { Location: location }).end();

const firstByteOf = ({ headers }: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
