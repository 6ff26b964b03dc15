import { createHash } from 'node:crypto';
import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import { type ApiKey, keyIdleDays } from '#domain/keys/api-key.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { errorFields, log } from '#shared/log.ts';
import type { ApiMiddyRequest } from './api-event.ts';
import { expiringCache } from './expiring-cache.ts';
import { refuseForms } from './from-a-page.ts';
import { strangerCounter, strangersPerMinute } from './hold-strangers.ts';

/** What authentication needs from outside. */
export interface AuthenticationPorts extends Pick<Ambient, 'now'> {
  readonly apiKeys: ApiKeyStore;
}

const knownSeconds = 60;
const unknownSeconds = 10;
const cachedKeys = 500;

/**
 * HTTP Basic by contract 1.2: the user name is ignored, the password is an API key. A key that was looked up is
 * remembered for a minute, one that does not exist for ten seconds, apart, so that guesses push no real key out. A network
 * without a valid key is told to slow down after its own share.
 */
export const authenticate = ({ apiKeys, now }: AuthenticationPorts) => {
  const known = expiringCache<ApiKey>(knownSeconds, cachedKeys);
  const unknown = expiringCache<true>(unknownSeconds, cachedKeys);
  const isUsedUp = strangerCounter();

  const find = async (hash: string, at: number): Promise<ApiKey | undefined> => {
    const cached = known.get(hash, at);
    if (cached || unknown.get(hash, at)) return cached;
    const found = await apiKeys.find(hash);
    if (found) known.set(hash, found, at);
    else unknown.set(hash, true, at);
    return found;
  };

  const noteUse = async (key: ApiKey, usedAt: string): Promise<void> => {
    if (key.lastUsedAt.slice(0, 10) >= usedAt.slice(0, 10)) return;
    known.set(key.hash, { ...key, lastUsedAt: usedAt }, Date.parse(usedAt));
    try {
      await apiKeys.touch(key.hash, usedAt);
    } catch (error) {
      log.warn('The use of a key was not noted', { keyHash: shortHash(key.hash), ...errorFields(error) });
    }
  };

  const keyOf = async (header: string | undefined, time: string): Promise<ApiKey> => {
    const key = await find(hashOf(passwordOf(header)), Date.parse(time));
    if (!key) throw new RollcallError('UNAUTHORIZED', 'There is no such API key');
    if (!isIdle(key, time)) return key;
    throw new RollcallError('UNAUTHORIZED', `The API key was not used for ${keyIdleDays} days and is disabled`);
  };

  return {
    before: async ({ event }: ApiMiddyRequest): Promise<void> => {
      refuseForms(event);
      const time = now();
      const key = await keyOf(event.headers?.authorization, time).catch((error: unknown) => {
        throw isUnauthorized(error) && isUsedUp(event.requestContext?.http?.sourceIp ?? '', time)
          ? new RollcallError('THROTTLED', tooManyStrangers, 60 - new Date(time).getUTCSeconds())
          : error;
      });
      await noteUse(key, time);
      event.apiKey = key;
    },
  };
};

const tooManyStrangers = `Without a valid API key, a network may send ${strangersPerMinute} requests a minute`;

const isUnauthorized = (error: unknown): boolean => error instanceof RollcallError && error.code === 'UNAUTHORIZED';

/** A key's hash as logs show it. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

const maxHeaderLength = 2000;

const passwordOf = (header: string | undefined): string => {
  if (!header) throw new RollcallError('UNAUTHORIZED', 'The API key is missing: send it as the password of HTTP Basic');
  const [, credentials] = /^\s*basic +([A-Za-z0-9+/_-]+={0,2})\s*$/i.exec(header.slice(0, maxHeaderLength)) ?? [];
  const decoded = credentials && Buffer.from(credentials, 'base64').toString('utf8');
  const colon = decoded ? decoded.indexOf(':') : -1;
  if (!decoded || colon < 0 || colon === decoded.length - 1) {
    throw new RollcallError('UNAUTHORIZED', 'The Authorization header is not HTTP Basic with an API key as password');
  }
  return decoded.slice(colon + 1);
};

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

const dayMilliseconds = 86_400_000;

const isIdle = ({ lastUsedAt }: ApiKey, time: string): boolean =>
  Date.parse(time) - Date.parse(lastUsedAt) > keyIdleDays * dayMilliseconds;
