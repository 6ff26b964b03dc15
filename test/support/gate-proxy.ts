import { createServer, type IncomingMessage, request as send } from 'node:http';
import { listenOn } from '#infra/local/engine/listen.ts';

/** An HTTP proxy that holds some requests back until its gate opens. */
export interface GateProxy {
  readonly endpoint: string;
  /** Lets the waiting requests and all later ones through. */
  open(): void;
  stop(): Promise<void>;
}

/** Starts a proxy before an engine; `holdsBack` says which requests wait. */
export const startGateProxy = async (
  target: string,
  holdsBack: (request: IncomingMessage) => boolean,
): Promise<GateProxy> => {
  const opened = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    if (holdsBack(request)) await opened.promise;
    const { method, url, headers } = request;
    const outgoing = send(`${target}${url}`, { method, headers }, (incoming) => {
      response.writeHead(incoming.statusCode ?? 500, incoming.headers);
      incoming.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  });
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    open: () => opened.resolve(),
    stop: async () => {
      opened.resolve();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
