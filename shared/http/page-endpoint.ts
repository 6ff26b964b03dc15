import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { OperationDefinition } from '#contract/operation.ts';
import { errorCatalogue } from '#domain/error.ts';
import type { ApiEvent, ApiMiddyRequest } from './api-event.ts';
import { type ApiRequest, type RuleOf, requestReader } from './api-request.ts';
import { answeredError } from './error-answer.ts';
import { type HtmlPage, htmlAnswer } from './html-page.ts';
import { logRequests } from './request-log.ts';

/** What every page needs from outside. */
interface PagePorts {
  /** The page that says that something went wrong on our side. */
  readonly failurePage: () => HtmlPage;
}

/**
 * The Lambda handler of an operation that anyone may open in a browser, without a key. Failures answer with a page, too,
 * which does not say what failed; its status does.
 */
export const pageEndpoint = <const Definition extends OperationDefinition>(
  operation: Definition,
  live: PagePorts & RuleOf<Definition>,
  handle: (request: ApiRequest<Definition>) => Promise<APIGatewayProxyStructuredResultV2>,
) => {
  const read = requestReader(operation, live);
  return middy(async (event: ApiEvent, _context: Context) => handle(read(event)))
    .use(logRequests(operation.name))
    .use({
      onError: (request: ApiMiddyRequest): void => {
        const { status } = errorCatalogue[answeredError(request).code];
        request.response = htmlAnswer({ ...live.failurePage(), ...(status < 500 && { status }) });
      },
    });
};
