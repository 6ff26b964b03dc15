import { expect, test } from 'vitest';
import { sharedEndpoint } from '#http/shared-endpoint.ts';
import { call, httpEvent } from './http-events.ts';

const answering = (body: string) => async () => ({ statusCode: 200, body });

const handler = sharedEndpoint<'siteTracking'>({
  'POST /api/v1/site/domains': answering('1'),
  'POST /api/v1/site/webpush/domain': answering('2'),
  'POST /api/v1/site/webpush/domains': answering('3'),
  'GET /api/v1/site/script': answering('4'),
  'GET /api/v1/site/webpush/script': answering('5'),
});

test.each([
  ['POST', '/api/v1/site/webpush/domain', '2'],
  ['GET', '/api/v1/site/script', '4'],
])('the endpoint of %s %s answers it', async (method, path, body) => {
  expect(await call(handler, httpEvent({ method, path }))).toMatchObject({ body });
});

test.each(['GET /api/v1/site/domains', 'toString', '$default'])(
  'a route that is not shared is a fault: %s',
  (routeKey) => {
    expect(() => handler({ ...httpEvent(), routeKey }, {} as never)).toThrow(/No operation of this function answers/);
  },
);
