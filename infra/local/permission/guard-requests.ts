import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { Readable, Writable } from 'node:stream';
import type { Endpoints } from '../engine/endpoints.ts';
import type { RefusalAnswer } from './access-denied.ts';
import type { Guard } from './guard.ts';
import { operationOf, type ServiceRequest } from './requests/service-request.ts';

type Answer = (response: IncomingMessage) => void;

/**
 * Puts a guard before every request that this thread makes to an engine: what is denied gets its answer from here and is
 * never sent. Requests to anything else pass.
 */
export const guardRequests = (
  guard: Guard,
  services: Readonly<Record<string, keyof Endpoints>>,
  traced: Traced,
): void => {
  const send = http.request;
  const guarded = (options: RequestOptions, answer: Answer): ClientRequest => {
    const service = services[`${options.host}:${options.port}`];
    if (service === undefined || isSignedInQuery(options)) return send(options, answer);
    return service === 's3' ? sendToS3(options, answer) : sendJson(service, options, answer);
  };
  /** What S3 is asked for stands in the head of a request. */
  const sendToS3 = (options: RequestOptions, answer: Answer): ClientRequest => {
    const request = requestOf(options, '');
    const refusal = guard.refusalOf('s3', request);
    if (refusal) return refusedRequest(refusal, answer);
    return send(options, (response) => {
      const isMissing = response.statusCode === 404 && /^(GET|HEAD)$/.test(request.method);
      const missing = isMissing ? guard.refusalOfMissing(request) : undefined;
      if (missing) response.resume();
      answer(missing ? responseOf(missing) : response);
    });
  };
  const sendJson = (service: keyof Endpoints, options: RequestOptions, answer: Answer): ClientRequest => {
    const outgoing = send(options, answer);
    const end = outgoing.end.bind(outgoing);
    const guardedEnd = (body?: string | Uint8Array): ClientRequest => {
      const text = typeof body === 'string' ? body : Buffer.from(body ?? '').toString();
      const request = requestOf(options, text);
      const refusal = guard.refusalOf(service, request);
      if (refusal) return answerInstead(outgoing, answer, refusal);
      const trace = request.headers['x-amzn-trace-id'];
      const withTrace = trace === undefined || !isSending(request) ? undefined : traced[service];
      return withTrace ? endWith(outgoing, end, withTrace(text, trace ?? '')) : end(body);
    };
    return Object.assign(outgoing, { end: guardedEnd });
  };
  Object.assign(http, { request: guarded });
  syncBuiltinESMExports();
};

/** How the messages of a request take its tracing header on, by service. */
type Traced = { readonly [Service in keyof Endpoints]?: (body: string, trace: string) => string };

const isSending = (request: ServiceRequest): boolean => operationOf(request).startsWith('SendMessage');

const endWith = (outgoing: ClientRequest, end: (body: string) => ClientRequest, body: string): ClientRequest => {
  outgoing.setHeader('content-length', Buffer.byteLength(body));
  return end(body);
};

/** A signed link may be followed by another one than its signer; the engine checks it. */
const isSignedInQuery = ({ path }: RequestOptions): boolean => path?.includes('X-Amz-Signature=') ?? false;

const requestOf = ({ method, path, headers }: RequestOptions, body: string): ServiceRequest => ({
  method: method ?? 'GET',
  path: path ?? '/',
  headers: Object.fromEntries(
    Object.entries({ ...(headers as Readonly<Record<string, unknown>>) }).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]),
  ),
  body,
});

/** Answers a request in the service's place. Nobody hears that it is cut off before it began. */
const answerInstead = (outgoing: ClientRequest, answer: Answer, refusal: RefusalAnswer): ClientRequest => {
  outgoing.removeAllListeners('error').on('error', () => {});
  answer(responseOf(refusal));
  return outgoing.destroy();
};

/** A request that goes nowhere, takes its body and is refused then. */
const refusedRequest = (refusal: RefusalAnswer, answer: Answer): ClientRequest => {
  const sink = new Writable({ write: (_piece, _encoding, done) => done() });
  sink.once('finish', () => answer(responseOf(refusal)));
  return Object.assign(sink, { setTimeout: () => sink, setNoDelay: () => {} }) as unknown as ClientRequest;
};

const responseOf = ({ status, headers, body }: RefusalAnswer): IncomingMessage =>
  Object.assign(Readable.from([Buffer.from(body)]), {
    statusCode: status,
    statusMessage: '',
    headers,
  }) as unknown as IncomingMessage;
