import type { Endpoints } from '../engine/endpoints.ts';
import type { Denial } from './grant.ts';

/** An answer in a service's place. */
export interface RefusalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How each service says that a call is denied, by its protocol. */
export const accessDenied = (service: keyof Endpoints, { caller, action, resource }: Denial): RefusalAnswer => {
  const message = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return shapes[service](message);
};

const json =
  (status: number, type: string, headers: Readonly<Record<string, string>> = {}) =>
  (message: string): RefusalAnswer => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
    body: JSON.stringify({ __type: type, message, Message: message }),
  });

const coral = 'com.amazon.coral.service#AccessDeniedException';

const shapes: Readonly<Record<keyof Endpoints, (message: string) => RefusalAnswer>> = {
  dynamodb: json(400, coral),
  // Amazon SQS keeps the code that it had before it spoke JSON.
  sqs: json(403, coral, { 'x-amzn-query-error': 'AccessDenied;Sender' }),
  s3: (message) => ({
    status: 403,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`,
  }),
  ses: json(403, coral, { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' }),
  sms: json(400, 'AccessDeniedException'),
  eventBridge: json(400, 'AccessDeniedException'),
  stepFunctions: json(400, 'AccessDeniedException'),
  lambda: json(403, coral, { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' }),
};
