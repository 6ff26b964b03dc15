import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Endpoints } from '#infra/local/engine/endpoints.ts';
import { type EngineAnswer, forwardTo } from '#infra/local/engine/forward.ts';
import { listenOn } from '#infra/local/engine/listen.ts';
import { readBody } from '#infra/local/engine/read-body.ts';
import { type Body, type PartialFault, type Random, serviceFaults } from './fault-proxy/service-faults.ts';

/** How often a fault proxy interferes. */
export interface FaultRates {
  /** The same seed makes the same choices. */
  readonly seed: number;
  /** The share of requests that are refused or done in part. */
  readonly rate: number;
  /** The share of requests whose answer is lost after the work was done. */
  readonly lostAnswers?: number;
}

/** What a fault proxy did. */
export interface FaultCounts {
  requests: number;
  refused: number;
  partlyDone: number;
  lostAnswers: number;
}

/** An HTTP proxy before an engine that makes it fail as the real service does under load. */
export interface FaultProxy {
  readonly endpoint: string;
  readonly counts: Readonly<FaultCounts>;
  /** Lets everything through from now on. */
  calm(): void;
  stop(): Promise<void>;
}

/** Starts a fault proxy before the engine of one service. */
export const startFaultProxy = async (
  service: keyof Endpoints,
  target: string,
  { seed, rate, lostAnswers = rate / 4 }: FaultRates,
): Promise<FaultProxy> => {
  const random = randomSeries(seed);
  const counts: FaultCounts = { requests: 0, refused: 0, partlyDone: 0, lostAnswers: 0 };
  const faults = serviceFaults[service];
  const agent = new Agent({ keepAlive: true });
  let isCalm = false;

  const interfere = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = (await readBody(request, maxBodyBytes)) ?? Buffer.alloc(0);
    const forward = (body: Buffer) => forwardTo(target, agent, request, body);
    counts.requests += 1;
    const dice = isCalm ? 1 : random();
    if (dice < rate) {
      const operation = operationOf(request);
      const body = operation === '' ? {} : (JSON.parse(raw.toString()) as Body);
      const partial = random() < 0.6 ? faults.leaveUndone(operation, body, random) : undefined;
      if (partial) {
        counts.partlyDone += 1;
        return answer(response, await partly(partial, forward));
      }
      counts.refused += 1;
      return answer(response, faults.refuse(operation, body, random));
    }
    const done = await forward(raw);
    if (dice < rate + lostAnswers) {
      counts.lostAnswers += 1;
      request.socket.destroy();
      return;
    }
    answer(response, done);
  };
  const server = createServer((request, response) => {
    interfere(request, response).catch(() => request.socket.destroy());
  });
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    counts,
    calm: () => {
      isCalm = true;
    },
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const maxBodyBytes = 64 * 1024 * 1024;

/** Numbers that look random and repeat with the seed (mulberry32). */
export const randomSeries = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** The operation of a JSON protocol; empty for S3. */
const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) ?? '';

const partly = async (
  { forward, merge }: PartialFault,
  send: (body: Buffer) => Promise<EngineAnswer>,
): Promise<EngineAnswer> => {
  if (!forward) return jsonAnswer(merge({}));
  const done = await send(Buffer.from(JSON.stringify(forward)));
  return done.status === 200 ? jsonAnswer(merge(JSON.parse(done.body.toString()) as Body)) : done;
};

const jsonAnswer = (body: Body): EngineAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});

const answer = (response: ServerResponse, { status, headers, body }: EngineAnswer): void => {
  const isHead = response.req.method === 'HEAD';
  const framing = new Set(['connection', 'transfer-encoding', ...(isHead ? [] : ['content-length'])]);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !framing.has(name)) response.setHeader(name, value);
  }
  response.writeHead(status).end(isHead ? undefined : body);
};
