import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Files behind links on this machine. */
export interface ServedFiles {
  /** The link of a file. */
  linkOf(name: string): string;
  close(): Promise<void>;
}

/** Serves files by their names, in ranges where a range is asked for, as web servers do. */
export const serveFiles = async (files: ReadonlyMap<string, Buffer>): Promise<ServedFiles> => {
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '/').slice(1));
    const bytes = files.get(name);
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
    const headers = { etag: `"${name}"`, 'accept-ranges': 'bytes', 'content-type': 'text/csv' };
    if (from === undefined) {
      response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
      return;
    }
    const part = bytes.subarray(Number(from));
    const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { ...headers, 'content-length': part.length, 'content-range': range }).end(part);
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return {
    linkOf: (name) => `http://127.0.0.1:${port}/${encodeURIComponent(name)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
