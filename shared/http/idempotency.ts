import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Ambient } from '#domain/ambient.ts';
import { type ErrorCode, errorCatalogue, RollcallError } from '#domain/error.ts';
import { answersKeptHours, type KeptAnswer, type KeptRequest, type NamedRequest } from '#domain/keys/kept-request.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { withRepeatableIds } from '#shared/repeatable-ids.ts';
import type { ApiEvent } from './api-event.ts';

/** What named requests need from outside. */
export interface IdempotencyPorts extends Pick<Ambient, 'now'> {
  readonly apiKeys: Pick<ApiKeyStore, 'takeRequest' | 'keepAnswer' | 'giveBackRequest'>;
}

/** Longer than any function that answers requests runs: a function that held a request for so long has ended. */
const holdSeconds = 35;

/** The header of an answer that was kept. */
export const replayed = { 'Idempotency-Replayed': 'true' } as const;

/**
 * Answers a request that its caller named with the header `Idempotency-Key` once: a repeat within a day gets the kept
 * answer and does nothing. A request that crashed half way is worked on again, with the same ids, so that it recognises
 * what it did before. Answers that a repeat may change, of 429 and 500, are not kept; of one with a secret only that it was
 * given.
 * @throws RollcallError INVALID_REQUEST, IDEMPOTENCY_KEY_REUSED, REQUEST_UNDER_WAY, ANSWER_NOT_KEPT.
 */
export const answerOnce = async (
  { apiKeys, now }: IdempotencyPorts,
  event: ApiEvent,
  {
    answer,
    isSecret,
  }: { readonly answer: () => Promise<APIGatewayProxyStructuredResultV2>; readonly isSecret: boolean },
): Promise<APIGatewayProxyStructuredResultV2> => {
  const name = nameOf(event);
  if (name === undefined || !event.apiKey) return answer();
  const request: NamedRequest = { keyHash: event.apiKey.hash, nameHash: hashOf(name) };
  const fingerprint = fingerprintOf(event);
  const time = now();
  const before = await apiKeys.takeRequest(request, { fingerprint, now: time, heldUntil: later(time) });
  if (before) return replay(before, { fingerprint, now: time });
  try {
    const result = await withRepeatableIds(`${request.keyHash}#${request.nameHash}`, answer);
    await apiKeys.keepAnswer(request, isSecret ? keptError(answeredOnce) : keptOf(result));
    return result;
  } catch (error) {
    if (isFinal(error)) await apiKeys.keepAnswer(request, keptError(error));
    else await apiKeys.giveBackRequest(request).catch(() => {});
    throw error;
  }
};

const nameOf = ({ headers = {}, requestContext }: ApiEvent): string | undefined => {
  const name = headers['idempotency-key'];
  if (name === undefined || ['GET', 'HEAD', 'OPTIONS'].includes(requestContext?.http?.method ?? 'GET'))
    return undefined;
  if (/^[\x21-\x7E]{1,255}$/.test(name)) return name;
  throw new RollcallError('INVALID_REQUEST', 'Idempotency-Key must have 1 to 255 visible ASCII characters');
};

const replay = (
  { fingerprint, heldUntil, answer }: KeptRequest,
  asked: { readonly fingerprint: string; readonly now: string },
): APIGatewayProxyStructuredResultV2 => {
  if (fingerprint !== asked.fingerprint) {
    const message = `Another request came with this Idempotency-Key within ${answersKeptHours} hours; send each with a key of its own`;
    throw new RollcallError('IDEMPOTENCY_KEY_REUSED', message);
  }
  if (!answer) {
    const seconds = Math.max(1, Math.ceil((Date.parse(heldUntil) - Date.parse(asked.now)) / 1000));
    throw new RollcallError(
      'REQUEST_UNDER_WAY',
      'The same request is being worked on; send it again in a while',
      seconds,
    );
  }
  const { code, message, ...kept } = errorOf(answer);
  if (code !== undefined) throw new ReplayedError(code, message);
  return { ...kept, headers: { ...kept.headers, ...replayed } };
};

/** What a repeat of a request gets whose answer holds a secret. */
const answeredOnce = new RollcallError(
  'ANSWER_NOT_KEPT',
  'This was done before, and its answer holds a secret that is answered once; if it was lost, revoke it and make another with an Idempotency-Key of its own',
);

/** An error that a named request came to before. */
export class ReplayedError extends RollcallError {}

const keptOf = ({ statusCode = 200, headers = {}, body = '' }: APIGatewayProxyStructuredResultV2): KeptAnswer => ({
  statusCode,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  body,
});

/** An error is kept by its code, as its envelope names the time. */
const keptError = ({ code, message }: RollcallError): KeptAnswer => ({
  statusCode: errorCatalogue[code].status,
  headers: {},
  body: JSON.stringify({ code, message }),
});

const errorOf = (answer: KeptAnswer): KeptAnswer & { readonly code?: ErrorCode; readonly message: string } =>
  answer.statusCode >= 400 ? { ...answer, ...JSON.parse(answer.body) } : { ...answer, message: '' };

const isFinal = (error: unknown): error is RollcallError =>
  error instanceof RollcallError && error.code !== 'THROTTLED' && errorCatalogue[error.code].status < 500;

/** A trailing slash makes no other request (contract 1.1). */
const fingerprintOf = ({ requestContext, rawPath, rawQueryString, body = '' }: ApiEvent): string =>
  hashOf([requestContext.http.method, rawPath.replace(/(?<!\/)\/+$/, ''), rawQueryString, body].join('\n'));

const later = (time: string): string => new Date(Date.parse(time) + holdSeconds * 1000).toISOString();

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
