/** What an execution waits for by a token. */
export interface TaskTokens {
  /** What the token is answered with. */
  wait(token: string): Promise<unknown>;
  /** Nothing waits by the token any more. */
  forget(token: string): void;
  /** Answers a token; `unknown` if nothing waits by it. */
  succeed(token: string, output: unknown): 'done' | 'unknown';
  fail(token: string, error: Error): 'done' | 'unknown';
}

/** Tokens of tasks that wait, in memory: an execution that begins again takes new ones. */
export const taskTokens = (): TaskTokens => {
  const waiting = new Map<string, PromiseWithResolvers<unknown>>();
  const settle = (token: string, how: (waiter: PromiseWithResolvers<unknown>) => void) => {
    const waiter = waiting.get(token);
    if (!waiter) return 'unknown';
    waiting.delete(token);
    how(waiter);
    return 'done';
  };
  return {
    wait: (token) => {
      const waiter = Promise.withResolvers<unknown>();
      // The waiting state may be gone by the time that it fails.
      waiter.promise.catch(() => {});
      waiting.set(token, waiter);
      return waiter.promise;
    },
    forget: (token) => void waiting.delete(token),
    succeed: (token, output) => settle(token, ({ resolve }) => resolve(output)),
    fail: (token, error) => settle(token, ({ reject }) => reject(error)),
  };
};
