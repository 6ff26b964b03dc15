import { describe, expect, it } from 'vitest';
import { isTransientCode, withRetry } from '#aws/clients/retry.ts';

const named = (name: string): Error => Object.assign(new Error('Refused'), { name });

describe('a call', () => {
  it.each([
    'ThrottlingException',
    'ExecutionLimitExceeded',
    'TransactionConflictException',
    'TooManyRequestsException',
  ])('is repeated after %s', async (name) => {
    const rounds: number[] = [];

    const result = await withRetry(async (round) => {
      rounds.push(round);
      if (round < 2) throw named(name);
      return 'done';
    });

    expect([result, rounds]).toEqual(['done', [0, 1, 2]]);
    expect(isTransientCode(name)).toBe(true);
  });

  it('is not repeated after an error that lasts', async () => {
    const refused = withRetry(() => Promise.reject(named('AccessDeniedException')));

    await expect(refused).rejects.toMatchObject({ code: 'INTERNAL', cause: { name: 'AccessDeniedException' } });
  });
});
