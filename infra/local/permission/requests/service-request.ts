import type { Call } from '../grant.ts';

/** A request to a service, as far as permissions depend on it. */
export interface ServiceRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for Amazon S3, whose bodies are data. */
  readonly body: string;
}

/** What a request asks permission for. Throws for one that this project does not make. */
export type CallsOf = (request: ServiceRequest) => readonly Call[];

/** The operation of a JSON protocol, e.g. `PutItem`. */
export const operationOf = ({ headers }: ServiceRequest): string => headers['x-amz-target']?.split('.').at(-1) ?? '';

/** Says that a request is of a kind whose permissions are not known here. */
export const unknownOperation = (service: string, operation: string): Error =>
  new Error(`The permissions that ${service} asks for ${operation} are not known to the local stack`);
