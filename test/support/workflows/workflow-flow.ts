import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';

const storedWorkflow = z.looseObject({ id: z.string(), version: z.int(), webhookSecret: z.string() });

/** Stores a workflow that must be taken, and returns it. */
export const putWorkflow = async (
  stack: TestStack,
  id: string,
  body: object,
): Promise<z.infer<typeof storedWorkflow>> => {
  const request = { name: id, eventTypeKey: id, ...body };
  const { status, text, json } = await stack.request('PUT', `/admin/v1/workflows/${id}`, { body: request });
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  return storedWorkflow.parse(json);
};

const run = z.looseObject({
  runId: z.string(),
  state: z.string(),
  contactId: z.int().optional(),
  event: z.looseObject({ params: z.record(z.string(), z.unknown()) }),
  problem: z.object({ code: z.string(), message: z.string() }).optional(),
  steps: z.array(
    z.looseObject({ id: z.string(), outcome: z.string(), result: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** A run as `GET /admin/v1/workflow-runs/{runId}` shows it. */
export type ShownRun = z.infer<typeof run>;

const runPage = z.object({ items: z.array(z.looseObject({ runId: z.string() })), cursor: z.string().optional() });

/** Every run that suits a filter, with its steps, newest first. */
export const runsOf = async (stack: TestStack, filter: Record<string, string>): Promise<ShownRun[]> => {
  const { json } = await stack.request(
    'GET',
    `/admin/v1/workflow-runs?${new URLSearchParams({ ...filter, limit: '500' })}`,
  );
  const { items } = runPage.parse(json);
  return Promise.all(
    items.map(async ({ runId }) => run.parse((await stack.request('GET', `/admin/v1/workflow-runs/${runId}`)).json)),
  );
};

/** The one run of a workflow, once it is in a state. */
export const runIn = (stack: TestStack, state: string, filter: Record<string, string>): Promise<ShownRun> =>
  waitFor(`a run of ${JSON.stringify(filter)} is ${state}`, async () => {
    const [found] = (await runsOf(stack, filter)).filter((one) => one.state === state);
    return found;
  });

/** Raises an event as a site does. */
export const raise = async (
  stack: TestStack,
  eventTypeKey: string,
  params: Readonly<Record<string, unknown>>,
  version: 1 | 2 = 2,
): Promise<void> => {
  const body = { eventTypeKey, params: Object.entries(params).map(([name, value]) => ({ name, value })) };
  const { status, text } = await stack.request('POST', `/api/v${version}/event`, { body });
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
};

/** A call that a receiver got. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Somebody else's server on this machine. */
export interface Receiver {
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  stop(): Promise<void>;
}

/** A server that notes calls and answers these statuses one after the other, and 200 from then on. */
export const startReceiver = async (statuses: readonly number[] = []): Promise<Receiver> => {
  const calls: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const status = statuses[calls.length] ?? 200;
    calls.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces).toString() });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

/** Whether a call is signed with a secret, as a library for standardwebhooks.com finds out. */
export const isSignedWith = (secret: string, { headers, body }: ReceivedCall): boolean => {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};
