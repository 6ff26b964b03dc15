/** The functions that an account may run at once. */
export interface AccountConcurrency {
  /** Takes room for as many functions as there is, at most. */
  take(wanted: number): number;
  /** Gives room back; whoever waits for it is called. */
  giveBack(count: number): void;
  /** Calls once when there is room again. */
  whenFree(call: () => void): void;
  inUse(): number;
}

/** An account without any function at work. */
export const accountConcurrency = (limit: number): AccountConcurrency => {
  let inUse = 0;
  let waiting: (() => void)[] = [];

  return {
    inUse: () => inUse,
    take: (wanted) => {
      const taken = Math.min(wanted, limit - inUse);
      inUse += taken;
      return taken;
    },
    giveBack: (count) => {
      inUse -= count;
      const called = waiting;
      waiting = [];
      for (const call of called) call();
    },
    whenFree: (call) => waiting.push(call),
  };
};
