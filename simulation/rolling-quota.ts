/** What may happen so often within any 24 hours. */
export interface RollingQuota {
  available(now: number): number;
  take(count: number, now: number): void;
}

const minutesOfDay = 1_440;

/** A quota of 24 hours that slide, counted by minutes. */
export const rollingQuota = (limit: number): RollingQuota => {
  const counts = new Map<number, number>();
  let used = 0;
  let forgotten = 0;
  const forget = (now: number): void => {
    for (const last = Math.floor(now / 60) - minutesOfDay; forgotten < last; forgotten++) {
      used -= counts.get(forgotten) ?? 0;
      counts.delete(forgotten);
    }
  };

  return {
    available: (now) => {
      forget(now);
      return limit - used;
    },
    take: (count, now) => {
      const minute = Math.floor(now / 60);
      counts.set(minute, (counts.get(minute) ?? 0) + count);
      used += count;
    },
  };
};
