import type { Context } from 'aws-lambda';
import { expect, test, vi } from 'vitest';
import { confirmContact as operation } from '#contract/subscriptions/operations.ts';
import { RollcallError } from '#domain/error.ts';
import { htmlAnswer } from '#http/html-page.ts';
import { pageEndpoint } from '#http/page-endpoint.ts';
import { log } from '#shared/log.ts';
import { httpEvent } from './http-events.ts';

vi.spyOn(log, 'error').mockImplementation(() => {});

const page = (html: string) => ({ html, styles: '', status: 500 });
const live = { redirectUrls: {}, failurePage: () => page('Something went wrong') };
const statusOf = async (body: string, failure?: Error): Promise<number | undefined> => {
  const handler = pageEndpoint(operation, live, async ({ posted }) => {
    posted('shown');
    if (failure) throw failure;
    return htmlAnswer({ ...page('Confirmed'), status: 200 });
  });
  return (await handler(httpEvent({ method: 'POST', path: '/confirm', body, authorization: '' }), {} as Context))
    .statusCode;
};

test('a page answers what its visitor did wrong by a status below 500', async () => {
  expect(await statusOf('shown=1')).toBe(200);
  expect(await statusOf('é'.repeat(200_000))).toBe(413);
  expect(await statusOf('', new RollcallError('THROTTLED', 'Too many'))).toBe(429);
  expect(await statusOf('', new RollcallError('INTERNAL', 'The store refused a request'))).toBe(500);
  expect(await statusOf('', new Error('Nothing works'))).toBe(500);
});
