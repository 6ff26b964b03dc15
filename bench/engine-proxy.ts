import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { listenOn } from '#infra/local/engine/listen.ts';
import { readBody } from '#infra/local/engine/read-body.ts';

/** Looks at the calls of an engine. */
export interface Observer {
  /** A call of the JSON protocol; may change what is asked. */
  asked?(operation: string, request: Record<string, unknown>): object;
  answered?(operation: string, request: Record<string, unknown>, answer: object): void;
  /** A call by another protocol, such as that of Amazon S3. */
  passed?(method: string, bodyBytes: number): void;
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
    const raw = (await readBody(incoming, maxBodyBytes)) ?? Buffer.alloc(0);
    const operation = String(incoming.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    const answer = operation
      ? await passJson(operation, raw, (body) => forward(target, agent, incoming, body), observer)
      : await forward(target, agent, incoming, raw);
    if (!operation) observer.passed?.(incoming.method ?? '', raw.length);
    response.writeHead(answer.status, answer.headers).end(answer.body);
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

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const passJson = async (
  operation: string,
  raw: Buffer,
  forwarded: (body: Buffer) => Promise<Answer>,
  { asked, answered }: Observer,
): Promise<Answer> => {
  const request = JSON.parse(raw.toString()) as Record<string, unknown>;
  const answer = await forwarded(asked ? Buffer.from(JSON.stringify(asked(operation, request))) : raw);
  answered?.(operation, request, JSON.parse(answer.body.toString() || '{}'));
  return answer;
};

const forward = (target: string, agent: Agent, { method, url = '/', headers }: IncomingMessage, body: Buffer) =>
  new Promise<Answer>((resolve, reject) => {
    const { host, 'transfer-encoding': _, ...passedOn } = headers;
    const outgoing = send(
      new URL(url, target),
      { ...(method && { method }), agent, headers: { ...passedOn, 'content-length': body.length } },
      (answer) => {
        const { 'transfer-encoding': __, connection, 'keep-alive': ___, ...answered } = answer.headers;
        readBody(answer, maxBodyBytes).then(
          (read) => resolve({ status: answer.statusCode ?? 500, headers: answered, body: read ?? Buffer.alloc(0) }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
