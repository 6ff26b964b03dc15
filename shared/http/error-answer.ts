import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { errorEnvelope } from '#contract/error-envelope.ts';
import { RollcallError } from '#domain/error.ts';
import type { Ambient } from '#domain/ports.ts';
import { errorFields, log } from '#shared/log.ts';
import { jsonContentType } from './answer.ts';
import type { ApiEvent, ApiMiddyRequest } from './api-event.ts';

/**
 * Answers what was thrown in the envelope of contract 1.5. An error that was not meant for the caller becomes 500
 * without its text, or 429 where AWS was short of capacity, and is logged.
 */
export const answerErrors = ({ now }: Pick<Ambient, 'now'>) => ({
  onError: (request: ApiMiddyRequest): void => {
    const told = toldError(request.error);
    if (told !== request.error) {
      log.error('A request failed', {
        requestId: request.event.requestContext?.requestId,
        ...errorFields(request.error),
      });
    }
    request.response = errorAnswer(told, request.event, now());
  },
});

const errorAnswer = (error: RollcallError, event: ApiEvent, time: string): APIGatewayProxyStructuredResultV2 => {
  const envelope = errorEnvelope(error, { path: event.rawPath ?? '', timestamp: time });
  return {
    statusCode: envelope.status,
    headers: { 'Content-Type': jsonContentType },
    body: JSON.stringify(envelope),
  };
};

const toldError = (error: unknown): RollcallError => {
  if (error instanceof RollcallError) return error;
  const name = error instanceof Error ? error.name : '';
  return throttlingErrors.has(name)
    ? new RollcallError('THROTTLED', 'Too much is going on at once; please try again in a while')
    : new RollcallError('INTERNAL', 'Something went wrong on our side; please try again');
};

const throttlingErrors: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'TooManyRequestsException',
]);
