import type { IncomingMessage } from 'node:http';
import type { GatewayAnswer } from './gateway-answer.ts';
import type { CorsPlan } from './http-api.ts';

/** What a CORS configuration makes the gateway do. */
export interface Cors {
  /** The answer to a preflight request, which no function sees; `undefined` for any other request. */
  preflight(request: IncomingMessage): GatewayAnswer | undefined;
  /** The answer with the gateway's CORS headers in the place of the function's. */
  apply(request: IncomingMessage, answer: GatewayAnswer): GatewayAnswer;
}

/** The gateway's part in CORS; without a configuration it has none. */
export const corsOf = (plan: CorsPlan | undefined): Cors => {
  if (!plan) return { preflight: () => undefined, apply: (_request, answer) => answer };

  return {
    preflight: (request) => {
      const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
      if (!isPreflight || !request.headers.origin) return undefined;
      const origin = originHeaders(plan, request.headers.origin);
      return { status: 204, headers: origin ? { ...origin, ...preflightHeaders(plan) } : {}, body: '' };
    },
    apply: (request, answer) => {
      const own = Object.entries(answer.headers).filter(([name]) => !/^access-control-/i.test(name));
      const origin = request.headers.origin && originHeaders(plan, request.headers.origin);
      const exposed = origin && plan.ExposeHeaders.length > 0;
      const headers = {
        ...Object.fromEntries(own),
        ...(origin && origin),
        ...(exposed && { 'access-control-expose-headers': plan.ExposeHeaders.join(',') }),
      };
      return { ...answer, headers };
    },
  };
};

const originHeaders = (
  { AllowOrigins, AllowCredentials }: CorsPlan,
  origin: string,
): Record<string, string> | undefined => {
  const isAllowed = AllowOrigins.some((allowed) => allowed === '*' || allowed === origin || isScheme(allowed, origin));
  if (!isAllowed) return undefined;
  return {
    'access-control-allow-origin': AllowOrigins.includes('*') ? '*' : origin,
    ...(AllowCredentials && { 'access-control-allow-credentials': 'true' }),
  };
};

/** `https://*` allows every origin of its scheme. */
const isScheme = (allowed: string, origin: string): boolean =>
  allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1));

const preflightHeaders = ({ AllowMethods, AllowHeaders, ExposeHeaders, MaxAge }: CorsPlan): Record<string, string> => ({
  ...(AllowMethods.length > 0 && { 'access-control-allow-methods': AllowMethods.join(',') }),
  ...(AllowHeaders.length > 0 && { 'access-control-allow-headers': AllowHeaders.join(',').toLowerCase() }),
  ...(ExposeHeaders.length > 0 && { 'access-control-expose-headers': ExposeHeaders.join(',') }),
  ...(MaxAge !== undefined && { 'access-control-max-age': String(MaxAge) }),
});
