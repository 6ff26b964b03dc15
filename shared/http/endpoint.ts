import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { OperationDefinition } from '#contract/operation.ts';
import type { Ambient } from '#domain/ambient.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { type Answered, answerTo } from './answer.ts';
import type { ApiEvent } from './api-event.ts';
import { type ApiRequest, type RuleOf, requestReader } from './api-request.ts';
import { type AuthenticationPorts, authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { answerErrors } from './error-answer.ts';
import { answerOnce } from './idempotency.ts';
import { logRequests } from './request-log.ts';
import { type KeyThrottlePorts, throttleKey } from './throttle-key.ts';
import { warnOfReplaced } from './warn-of-replaced.ts';

/** What every endpoint needs from outside. */
export interface EndpointPorts extends AuthenticationPorts, KeyThrottlePorts, Pick<Ambient, 'now'> {
  readonly apiKeys: ApiKeyStore;
}

/**
 * The Lambda handler of one operation: authenticated, allowed, read and answered by its definition (contract 1.3 to 1.5),
 * and logged. `live` holds what the definition's readers ask of the stage, too.
 */
export const endpoint = <const Definition extends OperationDefinition>(
  operation: Definition,
  live: EndpointPorts & RuleOf<Definition>,
  handle: (request: ApiRequest<Definition>) => Promise<Answered<Definition>>,
) => {
  const read = requestReader(operation, live);
  return middy(async (event: ApiEvent, _context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const answer = async () => {
      const { body, headers } = answerTo(operation, await handle(read(event)));
      return { statusCode: 200, headers: { ...headers }, body };
    };
    return answerOnce(live, event, { answer, isSecret: operation.isAnswerSecret ?? false });
  })
    .use(logRequests(operation.name))
    .use(warnOfReplaced())
    .use(answerErrors(live))
    .use(authenticate(live))
    .use(throttleKey(live))
    .use(authorize(operation.access));
};
