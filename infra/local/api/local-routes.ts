import type { IncomingMessage } from 'node:http';
import type { GatewayAnswer } from './gateway-answer.ts';
import { splitUrl } from './request-event.ts';

/** A route that only the local stack has. */
export interface LocalRoute {
  readonly path: string;
  /** The path of a GET route of the API that says who may ask: a request that it refuses gets its refusal. */
  readonly guard: string;
  answer(query: URLSearchParams): Promise<GatewayAnswer>;
}

/** The local route that a request asks for, with or without a trailing slash. */
export const localRouteOf = (localRoutes: readonly LocalRoute[], request: IncomingMessage): LocalRoute | undefined => {
  const path = splitUrl(request.url ?? '/').rawPath.replace(/\/$/, '');
  return request.method === 'GET' ? localRoutes.find((route) => route.path === path) : undefined;
};
