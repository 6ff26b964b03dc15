import { createServer, type IncomingMessage } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { listenOn } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import { quotas } from '../quota/quotas.ts';
import { isThrottled } from './account-concurrency.ts';
import type { InvocationResult } from './sandbox.ts';

/** Runs a function by its name; who calls has shown before that it may. */
type InvokeFunction = (name: string, event: unknown) => Promise<InvocationResult>;

/** The Lambda endpoint; until `open` it knows no function. */
export interface InvokeApi extends Engine {
  open(invoke: InvokeFunction): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Starts an endpoint that speaks the one call of AWS Lambda that functions make of each other: a synchronous Invoke. */
export const startInvokeApi = async (): Promise<InvokeApi> => {
  let invoke: InvokeFunction | undefined;
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await answerCall(request, invoke);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    open: (byName) => {
      invoke = byName;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const answerCall = async (request: IncomingMessage, invoke: InvokeFunction | undefined): Promise<Answer> => {
  const [, name] = /^\/2015-03-31\/functions\/([^/?]+)\/invocations$/.exec(request.url ?? '') ?? [];
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (request.method !== 'POST' || name === undefined || type !== 'RequestResponse') {
    return refusal(400, 'InvalidParameterValueException', `${request.method} ${request.url} does not run here`);
  }
  if (!invoke) return refusal(503, 'ServiceException', 'The local stack is starting or stopping');
  const body = await readBody(request, quotas.functionEvent.limit);
  if (!body)
    return refusal(413, 'RequestTooLargeException', `Request must be smaller than ${quotas.functionEvent.limit} bytes`);
  return resultAnswer(await invoke(decodeURIComponent(name), JSON.parse(body.toString() || 'null')));
};

const resultAnswer = (result: InvocationResult): Answer => {
  if (result.ok) return { status: 200, headers: {}, body: result.result };
  const { errorType, errorMessage } = result.error;
  if (isThrottled(result)) return refusal(429, errorType, errorMessage);
  if (errorType === 'ResourceNotFoundException') return refusal(404, errorType, errorMessage);
  return { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(result.error) };
};

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': code },
  body: JSON.stringify({ message }),
});
