/** What comes back at a rate, and is kept up to a size. */
export interface Bucket {
  /** How much there is at a moment. */
  available(now: number): number;
  /** Takes what is there at most; returns how much was taken. */
  takeUpTo(amount: number, now: number): number;
}

/** A full bucket. Its rate may change with time, and its size then is the rate of so many seconds. */
export const newBucket = (rateAt: (now: number) => number, keptSeconds = 1): Bucket => {
  let level = rateAt(0) * keptSeconds;
  let filledAt = 0;
  const available = (now: number): number => {
    if (now > filledAt) {
      const rate = rateAt(now);
      level = Math.min(rate * keptSeconds, level + (now - filledAt) * rate);
      filledAt = now;
    }
    return level;
  };

  return {
    available,
    takeUpTo: (amount, now) => {
      const taken = Math.min(amount, available(now));
      level -= taken;
      return taken;
    },
  };
};
