import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { ApiKey } from '#domain/keys/api-key.ts';

/** A key as callers send it. */
export const secret = 'local-key';

/** The stored form of a key, with whatever the test is about. */
export const apiKeyOf = (about: Partial<ApiKey> = {}, key = secret): ApiKey => ({
  hash: createHash('sha256').update(key).digest('hex'),
  name: 'Shop',
  scope: 'full',
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUsedAt: '2026-01-05T00:00:00.000Z',
  ...about,
});

/** A Basic header. */
export const basic = (password: string, user = 'any'): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** A request as the gateway hands it over, with whatever the test is about. */
export const httpEvent = ({
  method = 'GET',
  path = '/api/v1/version',
  authorization = basic(secret),
  ...about
}: Partial<APIGatewayProxyEventV2> & {
  readonly method?: string;
  readonly path?: string;
  readonly authorization?: string | undefined;
} = {}): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: '',
  headers: authorization === '' ? {} : { authorization },
  requestContext: {
    accountId: 'anonymous',
    apiId: 'local',
    domainName: 'localhost',
    domainPrefix: 'localhost',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
    requestId: 'request-1',
    routeKey: `${method} ${path}`,
    stage: '$default',
    time: '05/Jan/2026:09:00:00 +0000',
    timeEpoch: 0,
  },
  isBase64Encoded: false,
  ...about,
});

type Handler = (event: APIGatewayProxyEventV2, context: Context) => unknown;

/** Calls a handler as Lambda does, and reads the JSON of its answer. */
export const call = async (handler: Handler, event: APIGatewayProxyEventV2) => {
  const answer = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
  return { ...answer, json: () => JSON.parse(answer.body ?? '') };
};
