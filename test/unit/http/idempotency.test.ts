import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { operations } from '#contract/operations.ts';
import { RollcallError } from '#domain/error.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { apiKeyOf, basic, call, httpEvent, secret } from './http-events.ts';

const { headers: _, ...addContact } = operations.addContact;
const answersAnything = { ...addContact, body: z.unknown(), answer: z.unknown() };

const arrangement = (
  work: (call: number) => Promise<unknown> = async (count) => ({ count }),
  about: { readonly isAnswerSecret?: true } = {},
) => {
  const ports = memoryPorts();
  const [own, other] = [apiKeyOf(), apiKeyOf({}, 'another')];
  for (const key of [own, other]) ports.memory.apiKeys.set(key.hash, key);
  const time = { now: '2026-01-05T09:00:00.000Z' };
  let calls = 0;
  const kept: string[] = [];
  const apiKeys: typeof ports.apiKeys = {
    ...ports.apiKeys,
    keepAnswer: (request, answer) => {
      kept.push(JSON.stringify(answer));
      return ports.apiKeys.keepAnswer(request, answer);
    },
  };
  const handler = endpoint(
    { ...answersAnything, ...about },
    { ...ports, apiKeys, now: () => time.now, defaultCountry: 'UA' } as never,
    () => work(++calls) as never,
  );
  const post = (name: string | undefined, about: { body?: string; key?: string; path?: string } = {}) =>
    call(
      handler,
      httpEvent({
        method: 'POST',
        path: about.path ?? '/api/v1/contact',
        body: about.body ?? '{}',
        headers: { authorization: basic(about.key ?? secret), ...(name !== undefined && { 'idempotency-key': name }) },
      }),
    );
  return { post, time, calls: () => calls, kept: () => kept.join() };
};

describe('a request with an Idempotency-Key', () => {
  it('is worked on once; its repeat gets the same answer and says so', async () => {
    const { post, calls } = arrangement();

    const [first, repeat, slashed] = [await post('a'), await post('a'), await post('a', { path: '/api/v1/contact/' })];

    expect(calls()).toBe(1);
    expect(first?.headers).not.toHaveProperty('Idempotency-Replayed');
    for (const one of [repeat, slashed]) {
      expect(one).toMatchObject({ statusCode: 200, body: first?.body, headers: { 'Idempotency-Replayed': 'true' } });
    }
  });

  it('is another one under another API key, under another name, and a day later', async () => {
    const { post, time, calls } = arrangement();

    await post('a');
    await post('a', { key: 'another' });
    await post('b');
    await post(undefined);
    time.now = '2026-01-06T09:00:00.001Z';
    await post('a');

    expect(calls()).toBe(5);
  });

  it('is refused if another request came with its name', async () => {
    const { post } = arrangement();

    await post('a');
    const answer = await post('a', { body: '{"firstName":"John"}' });

    expect([answer.statusCode, answer.json().code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('waits for the one that is under way, and takes over what died half way, with the same ids', async () => {
    const ids: string[] = [];
    const { post, time } = arrangement(async (count) => {
      ids.push(ambient.newId(), ambient.newId());
      return count === 1 ? new Promise(() => {}) : { count };
    });

    void post('a');
    await new Promise(setImmediate);
    const early = await post('a');
    time.now = '2026-01-05T09:00:36.000Z';
    const late = await post('a');

    expect([early.statusCode, early.json().code, early.headers?.['Retry-After']]).toEqual([
      409,
      'REQUEST_UNDER_WAY',
      '35',
    ]);
    expect(late.json()).toEqual({ count: 2 });
    expect(ids.slice(0, 2)).toEqual(ids.slice(2));
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('keeps an error that the caller has to correct, and works again after one that passes', async () => {
    const codes = ['INTERNAL', 'THROTTLED', 'NOT_FOUND'] as const;
    const { post, calls } = arrangement(async (count) => {
      throw new RollcallError(codes[count - 1] ?? 'INTERNAL', 'On purpose');
    });

    const answers = [await post('a'), await post('a'), await post('a'), await post('a')];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 429, 404, 404]);
    expect(calls()).toBe(3);
    expect(answers[3]?.json()).toMatchObject({ code: 'NOT_FOUND', message: 'On purpose' });
    expect(answers.map(({ headers }) => headers?.['Idempotency-Replayed'])).toEqual([
      undefined,
      undefined,
      undefined,
      'true',
    ]);
  });

  it('is done once and its answer is kept nowhere if it holds a secret', async () => {
    const { post, calls, kept } = arrangement(async () => ({ key: 'rollcall_secret' }), { isAnswerSecret: true });

    const [first, repeat] = [await post('a'), await post('a')];

    expect(first?.json()).toEqual({ key: 'rollcall_secret' });
    expect([repeat?.statusCode, repeat?.json().code]).toEqual([409, 'ANSWER_NOT_KEPT']);
    expect(calls()).toBe(1);
    expect(kept()).not.toContain('rollcall_secret');
    expect(operations.createKey.isAnswerSecret).toBe(true);
  });

  it.each(['', ' ', 'a b', 'ключ', 'x'.repeat(256)])('is a 400 if the key is %j', async (name) => {
    expect((await arrangement().post(name)).statusCode).toBe(400);
  });
});
