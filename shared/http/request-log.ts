import { performance } from 'node:perf_hooks';
import type { Operation } from '#names/routes.ts';
import { log } from '#shared/log.ts';
import type { ApiMiddyRequest } from './api-event.ts';
import { shortHash } from './authenticate.ts';

/** Writes one line for each answered request, and gives the answer the id to find it by. */
export const logRequests = (operation: Operation | 'notFound') => {
  const logAnswer = ({ event, response }: ApiMiddyRequest): void => {
    const requestId = event.requestContext?.requestId;
    if (response && requestId) response.headers = { ...response.headers, 'X-Request-Id': requestId };
    log.info('A request was answered', {
      requestId,
      operation,
      status: response?.statusCode,
      keyHash: event.apiKey && shortHash(event.apiKey.hash),
      durationMilliseconds: Math.round(performance.now() - (event.beganAt ?? performance.now())),
    });
  };
  return {
    before: ({ event }: ApiMiddyRequest): void => {
      event.beganAt = performance.now();
    },
    after: logAnswer,
    onError: logAnswer,
  };
};
