import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { forwardTo } from '#infra/local/engine/forward.ts';
import { listenOn } from '#infra/local/engine/listen.ts';
import { readBody } from '#infra/local/engine/read-body.ts';

interface Sent {
  readonly DelaySeconds?: number;
  readonly Entries?: readonly Sent[];
}

/** Queues that hold no message back for longer than a second, whatever its sender asks. */
export interface HurriedQueues {
  readonly endpoint: string;
  /** How many messages were to be held back for longer. */
  hurried(): number;
  stop(): Promise<void>;
}

/** Stands before the queues, so that a test sees within seconds what happens a quarter of an hour later. */
export const startHurriedQueues = async (target: string): Promise<HurriedQueues> => {
  const agent = new Agent({ keepAlive: true });
  let hurried = 0;

  const hurry = <Message extends Sent>(message: Message): Message => {
    if ((message.DelaySeconds ?? 0) <= 1) return message;
    hurried++;
    return { ...message, DelaySeconds: 1 };
  };
  const hurryAll = (raw: Buffer): Buffer => {
    const { Entries, ...rest } = JSON.parse(raw.toString()) as Sent;
    return Buffer.from(JSON.stringify(Entries ? { ...rest, Entries: Entries.map(hurry) } : hurry(rest)));
  };
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = (await readBody(request, 4 * 1024 * 1024)) ?? Buffer.alloc(0);
    const isSent = /\.SendMessage(Batch)?$/.test(String(request.headers['x-amz-target']));
    const { status, headers, body } = await forwardTo(target, agent, request, isSent ? hurryAll(raw) : raw);
    response.writeHead(status, { 'content-type': String(headers['content-type']) }).end(body);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy());
  });
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    hurried: () => hurried,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      agent.destroy();
    },
  };
};
