import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Operation, routes } from '#names/routes.ts';
import type { ApiEvent } from './api-event.ts';

type Routes = typeof routes;

/** The route keys of the operations that share a function. */
type RouteKeyOf<SharedFunction extends string> = {
  [Name in Operation]: Routes[Name] extends { readonly sharedFunction: SharedFunction }
    ? `${Routes[Name]['method']} ${Routes[Name]['paths'][number]}`
    : never;
}[Operation];

type Endpoint = (event: ApiEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** The Lambda handler of operations that share a function: the endpoint of the route that led to it answers. */
export const sharedEndpoint =
  <SharedFunction extends string>(endpoints: Readonly<Record<RouteKeyOf<SharedFunction>, Endpoint>>): Endpoint =>
  (event, context) => {
    const endpoint = new Map<string, Endpoint>(Object.entries(endpoints)).get(event.routeKey);
    if (!endpoint) throw new Error(`No operation of this function answers ${event.routeKey}`);
    return endpoint(event, context);
  };
