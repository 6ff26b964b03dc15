import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Operation } from '#names/routes.ts';
import type { ApiEvent, ApiMiddyRequest } from './api-event.ts';
import { type ApiRequest, apiRequestOf } from './api-request.ts';
import { answeredError } from './error-answer.ts';
import { type HtmlPage, htmlAnswer } from './html-page.ts';
import { logRequests } from './request-log.ts';

/**
 * The Lambda handler of an operation that anyone may open in a browser, without a key. Our own failures answer with a
 * page, too, which does not say what failed.
 */
export const pageEndpoint = (
  operation: Operation,
  failurePage: () => HtmlPage,
  handle: (request: ApiRequest) => Promise<APIGatewayProxyStructuredResultV2>,
) =>
  middy(async (event: ApiEvent, _context: Context) => handle(apiRequestOf(event)))
    .use(logRequests(operation))
    .use({
      onError: (request: ApiMiddyRequest): void => {
        const { code } = answeredError(request);
        request.response = htmlAnswer({ ...failurePage(), ...(code === 'THROTTLED' && { status: 429 }) });
      },
    });
