import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import type { ApiMiddyRequest } from './api-event.ts';
import { expiringCache } from './expiring-cache.ts';

/** What holding keys to their rates needs from outside. */
export interface KeyThrottlePorts extends Pick<Ambient, 'now'> {
  readonly apiKeys: Pick<ApiKeyStore, 'countUse'>;
}

const minuteSeconds = 60;
const rememberedKeys = 500;

/**
 * Holds a key that has a rate of its own to it, minute by minute, across all functions: each of its requests is counted
 * in the table, until a function knows that the minute is used up. Keys without a rate are not counted.
 */
export const throttleKey = ({ apiKeys, now }: KeyThrottlePorts) => {
  const usedUp = expiringCache<true>(minuteSeconds, rememberedKeys);

  return {
    before: async ({ event: { apiKey } }: ApiMiddyRequest): Promise<void> => {
      if (apiKey?.ratePerMinute === undefined) return;
      const time = now();
      const minute = time.slice(0, 'yyyy-mm-ddThh:mm'.length);
      const use = `${apiKey.hash} ${minute}`;
      if (!usedUp.get(use, Date.parse(time))) {
        if ((await apiKeys.countUse(apiKey.hash, minute)) <= apiKey.ratePerMinute) return;
        usedUp.set(use, true, Date.parse(time));
      }
      const message = `The API key is good for ${apiKey.ratePerMinute} requests a minute, which are used up`;
      throw new RollcallError('THROTTLED', message, minuteSeconds - new Date(time).getUTCSeconds());
    },
  };
};
