import { networkOf } from '#domain/subscriptions/sources.ts';
import { expiringCache } from './expiring-cache.ts';

/** Requests without a valid key that one network may send to one running function in a minute. */
export const strangersPerMinute = 300;

const minuteSeconds = 60;
const rememberedNetworks = 1000;

/**
 * Counts requests without a valid key by network, minute by minute, in the memory of one running function: they write
 * nothing. Says whether the share of a network is used up; callers with a key have none of it and are never counted.
 */
export const strangerCounter = () => {
  const counts = expiringCache<number>(minuteSeconds, rememberedNetworks);
  return (address: string, time: string): boolean => {
    const minute = `${networkOf(address)} ${time.slice(0, 'yyyy-mm-ddThh:mm'.length)}`;
    const count = (counts.get(minute, Date.parse(time)) ?? 0) + 1;
    counts.set(minute, count, Date.parse(time));
    return count > strangersPerMinute;
  };
};
