import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Ambient } from '#domain/ambient.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { type Operation, routes } from '#names/routes.ts';
import type { Answer } from './answer.ts';
import type { ApiEvent } from './api-event.ts';
import { type ApiRequest, apiRequestOf } from './api-request.ts';
import { type AuthenticationPorts, authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { answerErrors } from './error-answer.ts';
import { logRequests } from './request-log.ts';
import { type KeyThrottlePorts, throttleKey } from './throttle-key.ts';

/** What every endpoint needs from outside. */
export interface EndpointPorts extends AuthenticationPorts, KeyThrottlePorts, Pick<Ambient, 'now'> {
  readonly apiKeys: ApiKeyStore;
}

/**
 * The Lambda handler of one operation of the route table: authenticated, allowed, answered by contract 1.4 and 1.5, and
 * logged. The body is not read before `request.json()` asks for it.
 */
export const endpoint = (operation: Operation, live: EndpointPorts, handle: (request: ApiRequest) => Promise<Answer>) =>
  middy(async (event: ApiEvent, _context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const { body, headers } = await handle(apiRequestOf(event));
    return { statusCode: 200, headers: { ...headers }, body };
  })
    .use(logRequests(operation))
    .use(answerErrors(live))
    .use(authenticate(live))
    .use(throttleKey(live))
    .use(authorize(routes[operation].access));
