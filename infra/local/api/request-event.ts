import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { location } from '../template/location.ts';
import { localApiId } from './http-api.ts';
import type { RouteMatch } from './route-table.ts';

/** The event of a request in payload format 2.0. */
export const requestEvent = (request: IncomingMessage, { route, pathParameters }: RouteMatch, body: Buffer) => {
  const { rawPath, rawQueryString } = splitUrl(request.url ?? '/');
  const headers = joinHeaders(request.rawHeaders);
  const { cookie, ...withoutCookie } = headers;
  const queryStringParameters = joinQuery(rawQueryString);
  const isText = isTextual(headers['content-type']);

  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; ?/) }),
    headers: withoutCookie,
    ...(queryStringParameters && { queryStringParameters }),
    requestContext: requestContext(request, route.routeKey, rawPath, headers),
    ...(pathParameters && { pathParameters }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
};

/** The path and the query of a request target. */
export const splitUrl = (url: string): { rawPath: string; rawQueryString: string } => {
  const at = url.indexOf('?');
  return at < 0
    ? { rawPath: url, rawQueryString: '' }
    : { rawPath: url.slice(0, at), rawQueryString: url.slice(at + 1) };
};

const requestContext = (
  request: IncomingMessage,
  routeKey: string,
  path: string,
  headers: Readonly<Record<string, string>>,
) => {
  const now = new Date();
  return {
    accountId: location.accountId,
    apiId: localApiId,
    domainName: headers.host ?? 'localhost',
    domainPrefix: (headers.host ?? 'localhost').split('.')[0],
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey,
    stage: '$default',
    time: gatewayTime(now),
    timeEpoch: now.getTime(),
  };
};

/** As in `23/Nov/2026:14:05:09 +0000`. */
const gatewayTime = (now: Date): string => {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
};

/** Lower-case names; the values of a repeated header are joined with commas, cookies with semicolons. */
const joinHeaders = (rawHeaders: readonly string[]): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ','}${value}`;
  }
  return headers;
};

const joinQuery = (rawQueryString: string): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined;
};

/** The gateway hands over these media types as they are, and all others in base64. */
const isTextual = (contentType: string | undefined): boolean =>
  /^(text\/|application\/(json|xml|javascript)\b|[^;]+\+(json|xml)\b)/i.test(contentType ?? '');
