import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { functionNameOf } from '#names/function-name.ts';
import { type Route, routes } from '#names/routes.ts';
import type { ApiEvent, ApiMiddyRequest } from './api-event.ts';
import { operationAt } from './operation-at.ts';

/** Calls the functions of operations as the gateway does. */
export interface OperationFunctions {
  /** The answer of a function, by its folder under `functions/`, to the event of a request. */
  call(functionName: string, event: unknown): Promise<unknown>;
}

/** What forwarding needs from outside. */
export interface ForwardPorts {
  readonly operationFunctions: OperationFunctions;
}

/**
 * Hands a request whose path ends in slashes to the function of the same path without them, and answers what that answers
 * (contract 1.1). API Gateway takes no route key that ends in a slash.
 */
export const forwardSlashes = ({ operationFunctions }: ForwardPorts) => ({
  before: async ({ event }: ApiMiddyRequest): Promise<APIGatewayProxyStructuredResultV2 | undefined> => {
    const path = withoutSlashes(event.rawPath);
    const found = path === event.rawPath ? undefined : operationAt(event.requestContext.http.method, path);
    if (!found) return undefined;
    const forwarded = { ...event, ...routeOf(event, found) };
    const route: Route = routes[found.operation];
    const answer = await operationFunctions.call(functionNameOf(found.operation, route), forwarded);
    return answer as APIGatewayProxyStructuredResultV2;
  },
});

/** What the gateway would say of the route; the path stays as the caller wrote it. */
const routeOf = (
  { requestContext }: ApiEvent,
  { routeKey, pathParameters }: NonNullable<ReturnType<typeof operationAt>>,
) => ({ routeKey, requestContext: { ...requestContext, routeKey }, ...(pathParameters && { pathParameters }) });

/** A loop, as a pattern would look at every slash of a long path again and again. */
const withoutSlashes = (path: string): string => {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
};
