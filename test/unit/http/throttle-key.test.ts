import { describe, expect, test } from 'vitest';
import type { ApiMiddyRequest } from '#http/api-event.ts';
import { throttleKey } from '#http/throttle-key.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

const requestOf = (ratePerMinute?: number, hash = 'a'): ApiMiddyRequest =>
  ({ event: { apiKey: { hash, ...(ratePerMinute !== undefined && { ratePerMinute }) } } }) as ApiMiddyRequest;

const throttleAt = (clock: { now: string }) => {
  const counted: string[] = [];
  const { apiKeys } = memoryPorts({ step: async (name) => void counted.push(name) });
  const passes = throttleKey({ apiKeys, now: () => clock.now });
  const ask = (request: ApiMiddyRequest) =>
    passes.before(request).then(
      () => 'passed',
      (error) => error,
    );
  return { ask, counted };
};

describe('the rate of a key', () => {
  test('lets so many requests a minute through, and tells the next when to come again', async () => {
    const clock = { now: '2026-01-05T12:00:10.000Z' };
    const { ask } = throttleAt(clock);

    const answers = [await ask(requestOf(2)), await ask(requestOf(2)), await ask(requestOf(2))];

    expect(answers.slice(0, 2)).toEqual(['passed', 'passed']);
    expect(answers[2]).toMatchObject({ code: 'THROTTLED', retryAfterSeconds: 50 });
  });

  test('begins anew with each minute', async () => {
    const clock = { now: '2026-01-05T12:00:59.999Z' };
    const { ask } = throttleAt(clock);
    await ask(requestOf(1));
    expect(await ask(requestOf(1))).toMatchObject({ code: 'THROTTLED', retryAfterSeconds: 1 });

    clock.now = '2026-01-05T12:01:00.000Z';

    expect(await ask(requestOf(1))).toBe('passed');
  });

  test('is one key its own, and costs a key without one nothing', async () => {
    const { ask, counted } = throttleAt({ now: '2026-01-05T12:00:00.000Z' });

    await ask(requestOf(1));

    expect(await ask(requestOf(1, 'b'))).toBe('passed');
    expect(counted).toHaveLength(2);
    expect(await ask(requestOf())).toBe('passed');
    expect(counted).toHaveLength(2);
  });

  test('is not counted any further once the minute is used up', async () => {
    const { ask, counted } = throttleAt({ now: '2026-01-05T12:00:00.000Z' });

    for (let request = 0; request < 10; request++) await ask(requestOf(2));

    expect(counted).toHaveLength(3);
  });
});
