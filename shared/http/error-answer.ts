import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { errorEnvelope } from '#contract/error-envelope.ts';
import type { Ambient } from '#domain/ambient.ts';
import { errorCatalogue, RollcallError } from '#domain/error.ts';
import { errorFields, log } from '#shared/log.ts';
import { jsonContentType } from './answer.ts';
import type { ApiEvent, ApiMiddyRequest } from './api-event.ts';
import { challengeFor } from './from-a-page.ts';
import { ReplayedError, replayed } from './idempotency.ts';

/**
 * Answers what was thrown in the envelope of contract 1.5. An error that was not meant for the caller becomes 500
 * without its text, or 429 if AWS was short of capacity, and is logged.
 */
export const answerErrors = ({ now }: Pick<Ambient, 'now'>) => ({
  onError: (request: ApiMiddyRequest): void => {
    request.response = errorAnswer(answeredError(request), request.event, now());
  },
});

/** What a caller may see of the error of a request; the rest is logged. */
export const answeredError = ({ error, event }: ApiMiddyRequest): RollcallError => {
  const isMeant = error instanceof RollcallError && error.code !== 'INTERNAL';
  if (!isMeant) {
    const cause = error instanceof RollcallError ? (error.cause ?? error) : error;
    log.error('A request failed', { requestId: event.requestContext?.requestId, ...errorFields(cause) });
  }
  if (error instanceof RollcallError) return error;
  const name = error instanceof Error ? error.name : '';
  return throttlingErrors.has(name)
    ? new RollcallError('THROTTLED', 'Rollcall is busy; please try again in a while')
    : new RollcallError('INTERNAL', 'Something went wrong on our side; please try again');
};

const errorAnswer = (error: RollcallError, event: ApiEvent, time: string): APIGatewayProxyStructuredResultV2 => {
  // The one error that callers read as plain text (contract 4.16).
  if (error.code === 'EVENT_PARAMS') {
    const { status } = errorCatalogue[error.code];
    return { statusCode: status, headers: { 'Content-Type': 'text/plain;charset=UTF-8' }, body: error.message };
  }
  const envelope = errorEnvelope(error, { path: event.rawPath ?? '', timestamp: time });
  return {
    statusCode: envelope.status,
    headers: {
      'Content-Type': jsonContentType,
      ...(error.code === 'UNAUTHORIZED' && challengeFor(event)),
      ...(error instanceof ReplayedError && replayed),
      ...(error.retryAfterSeconds !== undefined && { 'Retry-After': String(error.retryAfterSeconds) }),
    },
    body: JSON.stringify(envelope),
  };
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
