import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { forwardTo } from '#infra/local/engine/forward.ts';
import { listenOn } from '#infra/local/engine/listen.ts';
import { readBody } from '#infra/local/engine/read-body.ts';
import { randomSeries } from '#test/support/fault-proxy.ts';

interface Batch {
  readonly Entries?: readonly object[];
}

/** The shares of sent batches of which all comes a second time, and whose messages change places. */
const twice = 0.1;
const shuffled = 0.3;
/** Long enough for others to come in between. */
const longestDelayMilliseconds = 1500;

/** Stands before the queues and does what standard queues may do: messages come twice, and in another order. */
export const disorderQueues = async (target: string, seed: number) => {
  const random = randomSeries(seed);
  const agent = new Agent({ keepAlive: true });
  let isCalm = false;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = (await readBody(request, 64 * 1024 * 1024)) ?? Buffer.alloc(0);
    const isSent = !isCalm && /\.SendMessage(Batch)?$/.test(String(request.headers['x-amz-target']));
    const body = isSent && random() < shuffled ? shuffle(raw) : raw;
    const { status, headers, body: answer } = await forwardTo(target, agent, request, body);
    response.writeHead(status, { 'content-type': String(headers['content-type']) }).end(answer);
    if (!isSent || random() >= twice) return;
    await pause(random() * longestDelayMilliseconds);
    await forwardTo(target, agent, request, raw);
  };
  const shuffle = (raw: Buffer): Buffer => {
    const { Entries, ...rest } = JSON.parse(raw.toString()) as Batch;
    const places = (Entries ?? []).map((entry) => ({ entry, place: random() }));
    places.sort((one, other) => one.place - other.place);
    return Entries ? Buffer.from(JSON.stringify({ ...rest, Entries: places.map(({ entry }) => entry) })) : raw;
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy());
  });
  const port = await listenOn(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calm: () => {
      isCalm = true;
    },
  };
};
