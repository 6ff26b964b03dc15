import type { Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { RollcallError } from '#domain/error.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';

/** A request of the HTTP API with what the middlewares found out about it. */
export interface ApiEvent extends APIGatewayProxyEventV2 {
  /** The key that the request was authenticated with. */
  apiKey?: ApiKey;
  /** When the request began, in milliseconds of a monotonic clock. */
  beganAt?: number;
  /** How many parts of it had to be replaced, as nothing carries them. */
  replaced?: number;
}

/** A request as middlewares see it. */
export type ApiMiddyRequest = Request<ApiEvent, APIGatewayProxyStructuredResultV2, Error | RollcallError, Context>;
