import { type Operation, type Route, routes } from '#names/routes.ts';

/** The operation that a request asks for, and what the gateway passes to a function about the route that led to it. */
export interface OperationAt {
  readonly operation: Operation;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

interface Pattern {
  readonly operation: Operation;
  readonly method: string;
  readonly routeKey: string;
  readonly segments: readonly string[];
}

/** Finds the operation of a method and a path without trailing slash as the gateway does: fixed paths come first. */
export const operationAt = (method: string, path: string): OperationAt | undefined => {
  const segments = path.split('/');
  for (const pattern of patterns) {
    const captured = pattern.method === method ? capture(pattern.segments, segments) : undefined;
    if (!captured) continue;
    const { operation, routeKey } = pattern;
    return { operation, routeKey, pathParameters: Object.keys(captured).length > 0 ? captured : undefined };
  }
  return undefined;
};

const isVariable = (segment: string): boolean => segment.startsWith('{');

const patternsOf = (operation: Operation): Pattern[] => {
  const { method, paths, alsoHead }: Route = routes[operation];
  const methods = alsoHead ? [method, 'HEAD'] : [method];
  return methods.flatMap((one) =>
    paths.map((path) => ({ operation, method: one, routeKey: `${one} ${path}`, segments: path.split('/') })),
  );
};

const isGreedy = (segment: string): boolean => segment.endsWith('+}');

/** A greedy variable comes after any number of others. */
const variablesIn = ({ segments }: Pattern): number =>
  segments.filter(isVariable).length + (segments.some(isGreedy) ? 100 : 0);

const patterns = (Object.keys(routes) as Operation[])
  .flatMap(patternsOf)
  .sort((one, other) => variablesIn(one) - variablesIn(other));

const capture = (pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined => {
  const end = pattern.length - 1;
  if (isGreedy(pattern[end] ?? '')) {
    const [fixed, rest] = [segments.slice(0, end), segments.slice(end).join('/')];
    return rest === '' ? undefined : capture([...pattern.slice(0, end), '{path}'], [...fixed, rest]);
  }
  if (pattern.length !== segments.length) return undefined;
  const captured: Record<string, string> = {};
  for (const [at, expected] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (!isVariable(expected)) {
      if (expected !== segment) return undefined;
    } else {
      if (segment === '') return undefined;
      captured[expected.slice(1, -1)] = decoded(segment);
    }
  }
  return captured;
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
