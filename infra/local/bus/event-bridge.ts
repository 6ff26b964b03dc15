import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { listenOn } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import type { Deliver } from './deliver.ts';
import { putEvents } from './put-events.ts';

/** The EventBridge endpoint; until `open` it knows no bus. */
export interface EventBridge extends Engine {
  open(buses: readonly string[], deliver: Deliver): void;
  /** Resolves when everything accepted so far has reached its targets. */
  settled(): Promise<void>;
}

/** Starts an endpoint that speaks PutEvents. */
export const startEventBridge = async (): Promise<EventBridge> => {
  let buses: readonly string[] = ['default'];
  let deliver: Deliver = async () => {};
  const delivering = new Set<Promise<void>>();

  const server = createServer(async (request, response) => {
    const answer = await answerCall(request, buses);
    // A caller that gets the answer may take the event for stored, so it is in the queues of its targets by then.
    const task = deliver(answer.accepted).finally(() => delivering.delete(task));
    delivering.add(task);
    await task;
    respond(response, answer);
  });
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    open: (ofBuses, byRules) => {
      buses = ofBuses;
      deliver = byRules;
    },
    settled: async () => {
      while (delivering.size > 0) await Promise.all(delivering);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const bodyBytes = 2 * 1024 * 1024;

const answerCall = async (request: IncomingMessage, buses: readonly string[]) => {
  const refuse = (type: string, message: string) => ({ status: 400, body: { __type: type, message }, accepted: [] });
  const body = await readBody(request, bodyBytes);
  if (!body) return refuse('ValidationException', 'the request is too large');
  if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents') {
    return refuse('UnknownOperationException', `${request.headers['x-amz-target']} does not run here`);
  }
  try {
    return putEvents(JSON.parse(body.toString()), buses);
  } catch {
    return refuse('SerializationException', 'the request is not JSON');
  }
};

const respond = (response: ServerResponse, { status, body }: { status: number; body: object }): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
};
