import { beforeEach, describe, expect, it, vi } from 'vitest';
import { operations } from '#contract/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { strangersPerMinute } from '#http/hold-strangers.ts';
import { log } from '#shared/log.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { apiKeyOf, basic, call, httpEvent } from './http-events.ts';

beforeEach(() => {
  vi.spyOn(log, 'info').mockImplementation(() => {});
});

const made = () => {
  const ports = memoryPorts();
  const key = apiKeyOf();
  ports.memory.apiKeys.set(key.hash, key);
  const time = { now: '2026-01-05T09:00:10.000Z' };
  const answer = { version: '1', protocolVersion: '1.0' };
  return { time, handler: endpoint(operations.getVersion, { ...ports, now: () => time.now }, async () => answer) };
};

const from = (sourceIp: string, authorization?: string) => {
  const event = httpEvent(authorization === undefined ? {} : { authorization });
  return { ...event, requestContext: { ...event.requestContext, http: { ...event.requestContext.http, sourceIp } } };
};

/** How many of so many requests without a valid key were answered with each status. */
const flood = async (handler: ReturnType<typeof made>['handler'], count: number) => {
  const statuses = new Map<unknown, number>();
  for (let index = 0; index < count; index++) {
    const authorization = [basic(`guess-${index}`), '', 'Bearer x'][index % 3];
    const { statusCode } = await call(handler, from('203.0.113.7', authorization));
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
  }
  return Object.fromEntries(statuses);
};

describe('requests without a valid key', () => {
  it('are told 429 instead of 401 after the share of their network, until the next minute', async () => {
    const { handler, time } = made();

    expect(await flood(handler, strangersPerMinute + 10)).toEqual({ 401: strangersPerMinute, 429: 10 });
    const answer = await call(handler, from('203.0.113.7', ''));
    expect(answer).toMatchObject({ statusCode: 429, headers: { 'Retry-After': '50' } });
    expect(answer.json()).toMatchObject({ status: 429, code: 'THROTTLED' });
    time.now = '2026-01-05T09:01:00.000Z';
    expect(await flood(handler, 3)).toEqual({ 401: 3 });
  });

  it('take nothing from a caller with a key, even of the same network, nor from strangers of another', async () => {
    const { handler } = made();
    await flood(handler, strangersPerMinute + 10);

    expect(await call(handler, from('203.0.113.7'))).toMatchObject({ statusCode: 200 });
    expect(await call(handler, from('198.51.100.1', ''))).toMatchObject({ statusCode: 401 });
  });
});
