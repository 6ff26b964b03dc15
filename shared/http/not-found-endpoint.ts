import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { RollcallError } from '#domain/error.ts';
import type { ApiEvent, ApiMiddyRequest } from './api-event.ts';
import { authenticate } from './authenticate.ts';
import type { EndpointPorts } from './endpoint.ts';
import { answerErrors } from './error-answer.ts';
import { type ForwardPorts, forwardSlashes } from './forward-slashes.ts';
import { logRequests } from './request-log.ts';
import { throttleKey } from './throttle-key.ts';

/**
 * The Lambda handler for everything that no route answers: paths that end in slashes go to the function of the path
 * without them; of the rest, callers with a key get 404, and any OPTIONS gets 204.
 */
export const notFoundEndpoint = (live: EndpointPorts & ForwardPorts) =>
  middy(
    async ({ requestContext, rawPath }: ApiEvent, _context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
      throw new RollcallError(
        'NOT_FOUND',
        `${requestContext.http.method} ${rawPath.slice(0, 200)} not found${aboutViber(rawPath)}`,
      );
    },
  )
    // First, as the function that answers authenticates the caller and logs the request.
    .use(forwardSlashes(live))
    .use(logRequests('notFound'))
    .use(answerErrors(live))
    .use({ before: answerOptions })
    .use(authenticate(live))
    .use(throttleKey(live));

/** A channel that callers of the vendor's API ask for. */
const aboutViber = (path: string): string =>
  /\/viber(\/|$)/i.test(path) ? ': Rollcall sends e-mails and SMS, and no Viber messages' : '';

const answerOptions = ({ event }: ApiMiddyRequest): APIGatewayProxyStructuredResultV2 | undefined =>
  event.requestContext.http.method === 'OPTIONS' ? { statusCode: 204 } : undefined;
