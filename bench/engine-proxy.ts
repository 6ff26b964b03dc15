import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { listenOn } from '#infra/local/engine/listen.ts';
import { readBody } from '#infra/local/engine/read-body.ts';

/** Looks at the calls of an engine's JSON protocol. */
export interface Observer {
  /** May change what is asked. */
  asked(operation: string, request: Record<string, unknown>): object;
  answered(operation: string, request: Record<string, unknown>, answer: object): void;
}

/** A proxy that lets every call through and reports it. */
export interface EngineProxy {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const maxBodyBytes = 32 * 1024 * 1024;

/** Starts a proxy before an engine, so that what functions ask of it can be counted without their knowing. */
export const startEngineProxy = async (target: string, observer: Observer): Promise<EngineProxy> => {
  const agent = new Agent({ keepAlive: true });
  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const raw = (await readBody(incoming, maxBodyBytes)) ?? Buffer.alloc(0);
    const request = JSON.parse(raw.toString()) as Record<string, unknown>;
    const body = Buffer.from(JSON.stringify(observer.asked(operation, request)));
    const answer = await forward(target, agent, incoming, body);
    observer.answered(operation, request, JSON.parse(answer.body.toString() || '{}'));
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
  };
  const server = createServer((incoming, response) => {
    pass(incoming, response).catch((error: Error) => response.destroy(error));
  });
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const forward = (target: string, agent: Agent, { method, url = '/', headers }: IncomingMessage, body: Buffer) =>
  new Promise<{ status: number; contentType: string; body: Buffer }>((resolve, reject) => {
    const { host, 'transfer-encoding': _, ...passedOn } = headers;
    const outgoing = send(
      new URL(url, target),
      { ...(method && { method }), agent, headers: { ...passedOn, 'content-length': body.length } },
      (answer) => {
        const contentType = answer.headers['content-type'] ?? 'application/x-amz-json-1.0';
        readBody(answer, maxBodyBytes).then(
          (read) => resolve({ status: answer.statusCode ?? 500, contentType, body: read ?? Buffer.alloc(0) }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
