import { type Agent, type IncomingMessage, request as send } from 'node:http';

/** An answer of an engine, or one in its place. */
export interface EngineAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | string;
}

/** Sends a request on to an engine, with a body that may be another one, and returns the whole answer. */
export const forwardTo = (
  target: string,
  agent: Agent,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<EngineAnswer> =>
  new Promise((resolve, reject) => {
    const { host: _host, 'transfer-encoding': _encoding, ...kept } = headers;
    const options = { method, agent, headers: { ...kept, 'content-length': body.length } };
    const outgoing = send(`${target}${url}`, options, async (incoming) => {
      const pieces: Buffer[] = [];
      for await (const piece of incoming) pieces.push(piece);
      resolve({ status: incoming.statusCode ?? 500, headers: incoming.headers, body: Buffer.concat(pieces) });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
