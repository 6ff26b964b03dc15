import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { notFoundEndpoint } from '#http/not-found-endpoint.ts';
import { functionNameOf } from '#names/function-name.ts';
import { type Route, routes } from '#names/routes.ts';
import { log } from '#shared/log.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { apiKeyOf, call, httpEvent } from './http-events.ts';

beforeAll(() => {
  for (const level of ['info', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {});
});

afterAll(() => {
  vi.restoreAllMocks();
});

const answer = { statusCode: 418, headers: { 'X-Own': 'yes' }, body: '{"by":"the function"}' };

/** The function behind `$default`, and what it forwarded. */
const made = (called: () => Promise<unknown> = async () => answer) => {
  const forwarded: { functionName: string; event: APIGatewayProxyEventV2 }[] = [];
  const ports = memoryPorts();
  const key = apiKeyOf();
  ports.memory.apiKeys.set(key.hash, key);
  const operationFunctions = {
    call: (functionName: string, event: unknown) => {
      forwarded.push({ functionName, event: event as APIGatewayProxyEventV2 });
      return called();
    },
  };
  const handler = notFoundEndpoint({ ...ports, now: () => '2026-01-05T09:00:00.000Z', operationFunctions });
  return { handler, forwarded };
};

describe('a path that ends in slashes', () => {
  const cases = Object.entries<Route>(routes).flatMap(([operation, route]) =>
    route.paths.flatMap((path) =>
      [route.method, ...(route.alsoHead ? ['HEAD'] : [])].map((method) => ({ operation, route, method, path })),
    ),
  );

  it.each(cases)('is forwarded to $operation by $method $path', async ({ operation, route, method, path }) => {
    const { handler, forwarded } = made();
    const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
    const asked = `${path.replaceAll(/\{\w+\+?\}/g, 'a%20b')}/`;

    const answered = await call(handler, httpEvent({ method, path: asked, routeKey: '$default' }));

    expect(answered).toMatchObject(answer);
    expect(forwarded).toMatchObject([
      {
        functionName: functionNameOf(operation, route),
        event: {
          rawPath: asked,
          routeKey: `${method} ${path}`,
          requestContext: { routeKey: `${method} ${path}` },
        },
      },
    ]);
    expect(forwarded[0]?.event.pathParameters).toEqual(
      names.length > 0 ? Object.fromEntries(names.map((name) => [name, 'a b'])) : undefined,
    );
  });

  it('may have many of them', async () => {
    const { handler, forwarded } = made();

    await call(handler, httpEvent({ path: '/api/v1/contact/5///' }));

    expect(forwarded).toMatchObject([{ functionName: 'get-contact', event: { pathParameters: { id: '5' } } }]);
  });

  it('is forwarded with everything else as it came, whoever sent it', async () => {
    const { handler, forwarded } = made();
    const event = httpEvent({
      method: 'POST',
      path: '/api/v1/contact/',
      authorization: '',
      rawQueryString: 'a=1',
      queryStringParameters: { a: '1' },
      body: 'e30=',
      isBase64Encoded: true,
    });

    await call(handler, event);

    const routeKey = 'POST /api/v1/contact';
    expect(forwarded[0]?.event).toEqual({ ...event, routeKey, requestContext: { ...event.requestContext, routeKey } });
  });

  it('prefers a fixed path to a variable', async () => {
    const { handler, forwarded } = made();

    await call(handler, httpEvent({ path: '/api/v1/message/status/' }));

    expect(forwarded).toMatchObject([{ functionName: 'get-message-status' }]);
  });

  it.each([
    { title: 'the function fails', error: new Error('broken'), status: 500 },
    { title: 'Lambda is busy', error: named('TooManyRequestsException'), status: 429 },
  ])('answers $status in the envelope where $title', async ({ error, status }) => {
    const { handler } = made(() => Promise.reject(error));

    const answered = await call(handler, httpEvent({ path: '/api/v1/version/' }));

    expect(answered.statusCode).toBe(status);
    expect(answered.json()).toMatchObject({ status, path: '/api/v1/version/' });
  });
});

describe('nothing is forwarded', () => {
  it.each([
    { title: 'without a slash at the end', path: '/api/v1/nothing' },
    { title: 'where the path without slashes is no route', path: '/api/v1/nothing/' },
    { title: 'where the method is another', path: '/api/v1/version/', method: 'DELETE' },
    { title: 'where a variable is empty', path: '/api/v1/contact//subscriptions/' },
    { title: 'for the root', path: '/' },
    { title: 'for slashes alone', path: '///' },
  ])('$title', async ({ path, method = 'GET' }) => {
    const { handler, forwarded } = made();

    const answered = await call(handler, httpEvent({ path, method }));

    expect([answered.statusCode, forwarded]).toEqual([404, []]);
  });

  it('whatever the path is, unless it is that of a route', async () => {
    const paths = fc.stringMatching(/^(\/[a-z%{}.]{0,8}){1,6}\/?$/);
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        const { handler, forwarded } = made();

        const answered = await call(handler, httpEvent({ path }));

        expect([answered.statusCode, forwarded]).toEqual([404, []]);
      }),
    );
  });
});

function named(name: string): Error {
  return Object.assign(new Error('Rate exceeded'), { name });
}
