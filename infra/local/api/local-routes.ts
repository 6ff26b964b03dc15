import type { IncomingMessage } from 'node:http';
import type { GatewayAnswer } from './gateway-answer.ts';
import { splitUrl } from './request-event.ts';

/** What a route that only the local stack has hears of a request. */
export interface LocalRequest {
  readonly query: URLSearchParams;
  /** What the caller would have, as the header Accept says it. */
  readonly accept: string;
  readonly body: string;
}

/** A route that only the local stack has. */
export interface LocalRoute {
  /** `GET` if absent. */
  readonly method?: 'POST';
  readonly path: string;
  /** The path of a GET route of the API that says who may ask: a request that it refuses gets its refusal. */
  readonly guard: string;
  answer(request: LocalRequest): Promise<GatewayAnswer>;
}

/** The local route that a request asks for, with or without a trailing slash. */
export const localRouteOf = (localRoutes: readonly LocalRoute[], request: IncomingMessage): LocalRoute | undefined => {
  const path = splitUrl(request.url ?? '/').rawPath.replace(/\/$/, '');
  return localRoutes.find((route) => route.path === path && (route.method ?? 'GET') === request.method);
};
