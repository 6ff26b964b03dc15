import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOn } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import { isThrottled } from '../function/account-concurrency.ts';
import type { InvocationResult } from '../function/sandbox.ts';
import { quotas } from '../quota/quotas.ts';
import { type Cors, corsOf } from './cors.ts';
import { type GatewayAnswer, gatewayMessage, readFunctionAnswer } from './gateway-answer.ts';
import { hostGuard, type RefuseHost } from './host-guard.ts';
import type { ApiPlan, ApiRoute } from './http-api.ts';
import { type LocalRoute, localRouteOf } from './local-routes.ts';
import { requestEvent, splitUrl } from './request-event.ts';
import { type FindRoute, type RouteMatch, routeTable, type TrailingSlashes } from './route-table.ts';
import { type Throttle, throttleOf } from './throttle.ts';

/** Runs the function of a route with an event. */
export type InvokeRoute = (route: ApiRoute, event: unknown) => Promise<InvocationResult>;

/** The HTTP API's listener. */
export interface Gateway {
  readonly port: number;
  readonly url: string;
  /** Begins to answer; requests that came before wait for this. */
  open(api: ApiPlan, invoke: InvokeRoute, options?: GatewayOptions): void;
  stop(): Promise<void>;
}

/** What the gateway has beside the API. */
export interface GatewayOptions {
  readonly localRoutes?: readonly LocalRoute[];
  readonly trailingSlashes?: TrailingSlashes;
  /** Names by which it may be called beside those of this machine. */
  readonly hosts?: readonly string[];
}

interface Api {
  readonly findRoute: FindRoute;
  readonly mayPass: Throttle;
  readonly cors: Cors;
  readonly refuseHost: RefuseHost;
  readonly localRoutes: readonly LocalRoute[];
  readonly invoke: InvokeRoute;
}

/** Requests under way have this long to end when the gateway stops. */
const graceMs = 2000;

/** API Gateway keeps an idle connection for longer, so that clients that use one again now and then meet no reset. */
const keepAliveMs = 80_000;

/** Takes the port at once, so that a port in use is noticed before any work. Throws `CannotStart` then. */
export const startGateway = async (requestedPort: number): Promise<Gateway> => {
  const opened = Promise.withResolvers<Api>();
  const server = createServer({ maxHeaderSize: 10 * quotas.gatewayHead.limit }, async (request, response) => {
    try {
      const api = await opened.promise;
      const refusal = api.refuseHost(request);
      const preflight = refusal ?? api.cors.preflight(request);
      respond(response, preflight ?? api.cors.apply(request, await answerRequest(api, request)));
    } catch {
      if (!response.headersSent) respond(response, gatewayMessage(500, 'Internal Server Error'));
    }
  });
  server.keepAliveTimeout = keepAliveMs;
  const port = await listenOn(server, requestedPort);

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    open: (api, invoke, { localRoutes = [], trailingSlashes = 'apart', hosts = [] } = {}) => {
      const mayPass = throttleOf(api, () => performance.now());
      const findRoute = routeTable(api.routes, trailingSlashes);
      opened.resolve({ findRoute, mayPass, cors: corsOf(api.cors), refuseHost: hostGuard(hosts), localRoutes, invoke });
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(impatience);
    },
  };
};

const answerRequest = async (api: Api, request: IncomingMessage): Promise<GatewayAnswer> => {
  if (headBytesOf(request) > quotas.gatewayHead.limit) return drained(request, tooLongHead);
  const local = await localAnswer(api, request);
  if (local) return drained(request, local);
  const match = api.findRoute(request.method ?? 'GET', splitUrl(request.url ?? '/').rawPath);
  if (!match) return drained(request, gatewayMessage(404, 'Not Found'));
  if (!api.mayPass(match.route.routeKey)) return drained(request, gatewayMessage(429, 'Too Many Requests'));
  const body = await readBody(request, quotas.gatewayBody.limit);
  if (!body) return tooLarge;
  const event = requestEvent(request, match, body);
  if (
    body.length > quotas.functionEvent.limit / 6 &&
    Buffer.byteLength(JSON.stringify(event)) > quotas.functionEvent.limit
  )
    return tooLarge;
  return integrationAnswer(await withinTimeout(api, match, event));
};

/** The answer of a local route, or the refusal of the route that guards it; `undefined` for everything else. */
const localAnswer = async (api: Api, request: IncomingMessage): Promise<GatewayAnswer | undefined> => {
  const local = localRouteOf(api.localRoutes, request);
  const guard = local && api.findRoute('GET', local.guard);
  if (!local || !guard) return undefined;
  const event = { ...requestEvent(request, guard, Buffer.alloc(0)), rawQueryString: '' };
  const verdict = integrationAnswer(await withinTimeout(api, guard, event));
  if (verdict.status !== 200) return verdict;
  const body = await readBody(request, quotas.gatewayBody.limit);
  if (!body) return tooLarge;
  const query = new URL(request.url ?? '/', 'http://local').searchParams;
  return local.answer({ query, accept: request.headers.accept ?? '', body: body.toString() });
};

const drained = (request: IncomingMessage, answer: GatewayAnswer): GatewayAnswer => {
  request.resume();
  return answer;
};

const tooLongHead = gatewayMessage(431, 'Request Header Fields Too Large');

/** The bytes of the first line and of the values of headers; Node reads both as latin1. */
const headBytesOf = ({ method = '', url = '', httpVersion, headersDistinct }: IncomingMessage): number => {
  const values = Object.values(headersDistinct).flatMap((value) => value ?? []);
  const firstLine = `${method} ${url} HTTP/${httpVersion}`;
  return values.reduce((sum, value) => sum + value.length, firstLine.length);
};

const tooLarge = gatewayMessage(413, 'Request Entity Too Large');

/** The integration's own time-out is the gateway's 503; the function's is an error like any other. */
const withinTimeout = async (
  { invoke }: Api,
  { route }: RouteMatch,
  event: unknown,
): Promise<InvocationResult | 'timed out'> => {
  const timedOut = Promise.withResolvers<'timed out'>();
  const timer = setTimeout(() => timedOut.resolve('timed out'), route.timeoutMs);
  try {
    return await Promise.race([invoke(route, event), timedOut.promise]);
  } finally {
    clearTimeout(timer);
  }
};

const integrationAnswer = (result: InvocationResult | 'timed out'): GatewayAnswer => {
  if (result === 'timed out' || isThrottled(result)) return gatewayMessage(503, 'Service Unavailable');
  const answer = result.ok ? readFunctionAnswer(result.result) : undefined;
  return answer ?? gatewayMessage(500, 'Internal Server Error');
};

/** A 204 or 304 has no body and says nothing of its length. */
const respond = (response: ServerResponse, { status, headers, body }: GatewayAnswer): void => {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const isBodiless = status === 204 || status === 304;
  const left = new Set(['content-length', ...(isBodiless ? ['content-type'] : [])]);
  const own = Object.entries(headers).filter(([name]) => !left.has(name.toLowerCase()));
  const asLists = own.map(([name, value]) => [name, typeof value === 'string' ? value : [...value]] as const);
  response.writeHead(status, {
    ...Object.fromEntries(asLists),
    ...(!isBodiless && { 'content-length': content.length }),
  });
  response.end(isBodiless ? undefined : content);
};
