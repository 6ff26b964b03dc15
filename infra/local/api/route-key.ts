/**
 * What is wrong with a route key by what API Gateway documents of HTTP APIs and answers `CreateRoute` with; `undefined`
 * where nothing is. A key is `$default`, or a method and a path: no part of the path may be empty ("Part of the given route
 * key path is empty"), so that none ends in a slash, and a variable is a whole part, a greedy one the last
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
 */
export const faultOfRouteKey = (routeKey: string): string | undefined => {
  if (routeKey === '$default') return undefined;
  const [method = '', path = '', ...others] = routeKey.split(' ');
  if (!methods.has(method) || others.length > 0) return 'it is not a method and a path';
  if (!path.startsWith('/')) return 'its path does not begin with a slash';
  if (Buffer.byteLength(routeKey) > longestKey) return `it has more than ${longestKey} bytes`;
  if (path === '/') return undefined;
  const parts = path.slice(1).split('/');
  const names = parts.flatMap((part) => /^\{(.+?)\+?\}$/.exec(part)?.[1] ?? []);
  if (new Set(names).size < names.length) return 'two of its variables have one name';
  return parts.map((part, at) => faultOfPart(part, at === parts.length - 1)).find((fault) => fault !== undefined);
};

/** How the gateway tells routes apart: variables at one place are the same whatever they are called. */
export const routeKeyWithoutNames = (routeKey: string): string => routeKey.replaceAll(/\{[^}+]+(\+?)\}/g, '{$1}');

const methods = new Set(['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/** The path that CDK's own `HttpRoute` takes at most. */
const longestKey = 1000;

const faultOfPart = (part: string, isLast: boolean): string | undefined => {
  if (part === '') return 'a part of its path is empty';
  if (/^\{[A-Za-z0-9._-]+\}$/.test(part)) return undefined;
  if (/^\{[A-Za-z0-9._-]+\+\}$/.test(part)) return isLast ? undefined : 'a greedy variable is not its last part';
  if (/^[A-Za-z0-9._~$&'()*,;=:@!-]+$/.test(part)) return undefined;
  return `a part of its path has characters that it cannot have: ${part}`;
};
