/** What may pass in a second, and at once after a pause. */
export interface TokenRate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Tokens that come back with time. */
export interface TokenBucket {
  /** Takes tokens if there are as many. */
  take(tokens: number): boolean;
  /** Takes tokens for what has passed already; there may be fewer than none afterwards. */
  charge(tokens: number): void;
}

/** A full bucket. `now` is in milliseconds. */
export const tokenBucket = ({ perSecond, burst }: TokenRate, now: () => number): TokenBucket => {
  let tokens = burst;
  let filledAt = now();
  const fill = (): void => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
  };

  return {
    take: (wanted) => {
      fill();
      if (tokens < wanted) return false;
      tokens -= wanted;
      return true;
    },
    charge: (taken) => {
      fill();
      tokens -= taken;
    },
  };
};
