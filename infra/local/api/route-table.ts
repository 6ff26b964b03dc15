import type { ApiRoute } from './http-api.ts';

/** The route that takes a request, and its path parameters. */
export interface RouteMatch {
  readonly route: ApiRoute;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

/** Finds a request's route as the gateway does: the exact path first, then parameters, then `$default`. */
export type FindRoute = (method: string, path: string) => RouteMatch | undefined;

interface Pattern {
  readonly route: ApiRoute;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * How a path that ends in a slash is read, on which sources about API Gateway disagree: `apart` from the path without it, or
 * `alike`.
 */
export type TrailingSlashes = 'apart' | 'alike';

/** The routes of an API, ready to be searched. */
export const routeTable = (routes: readonly ApiRoute[], trailingSlashes: TrailingSlashes = 'apart'): FindRoute => {
  const exact = new Map<string, ApiRoute>();
  const patterns: Pattern[] = [];
  let fallback: ApiRoute | undefined;
  for (const route of routes) {
    const [method = '', path] = route.routeKey.split(' ');
    if (path === undefined) fallback = route;
    else if (path.includes('{')) patterns.push({ route, method, segments: path.split('/') });
    else exact.set(route.routeKey, route);
  }
  patterns.sort((left, right) => greediness(left) - greediness(right));

  return (method, askedPath) => {
    const path = trailingSlashes === 'alike' ? askedPath.replace(/(?<=[^/])\/$/, '') : askedPath;
    const plain = exact.get(`${method} ${path}`) ?? exact.get(`ANY ${path}`);
    if (plain) return { route: plain, pathParameters: undefined };
    const segments = path.split('/');
    for (const pattern of patterns) {
      const pathParameters =
        pattern.method === method || pattern.method === 'ANY' ? capture(pattern.segments, segments) : undefined;
      if (pathParameters) return { route: pattern.route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: undefined };
  };
};

/** A path with more fixed segments wins; a greedy one comes last. */
const greediness = ({ segments, method }: Pattern): number =>
  segments.filter((segment) => segment.startsWith('{')).length +
  (segments.at(-1)?.endsWith('+}') ? 100 : 0) +
  (method === 'ANY' ? 0.5 : 0);

const capture = (pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined => {
  const isGreedy = pattern.at(-1)?.endsWith('+}') ?? false;
  if (isGreedy ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
    } else if (part.endsWith('+}')) {
      parameters[part.slice(1, -2)] = decode(segments.slice(at).join('/'));
    } else {
      if (segment === '') return undefined;
      parameters[part.slice(1, -1)] = decode(segment);
    }
  }
  return parameters;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
