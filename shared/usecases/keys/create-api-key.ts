import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';

interface CreateKeyPorts extends Pick<Ambient, 'now'> {
  readonly apiKeys: Pick<ApiKeyStore, 'create' | 'list'>;
}

/** The rate of a key for site forms that was made without one: anyone can read such a key. */
const formRatePerMinute = 60;

/** Stores a new API key, of which only the hash is known here. Throws INVALID_REQUEST if its name is taken. */
export const createApiKey = async (
  { apiKeys, now }: CreateKeyPorts,
  { hash, name, scope, ratePerMinute }: Pick<ApiKey, 'hash' | 'name' | 'scope' | 'ratePerMinute'>,
): Promise<ApiKey> => {
  const stored = await apiKeys.list();
  if (name.trim() === '') throw new RollcallError('INVALID_REQUEST', 'A key needs a name');
  if (stored.some((key) => key.name === name.trim())) {
    throw new RollcallError('INVALID_REQUEST', `There is a key named ${name.trim()} already: revoke it first`);
  }
  if (stored.some((key) => key.hash === hash)) {
    throw new RollcallError('INVALID_REQUEST', 'This very key exists already, under another name');
  }
  const time = now();
  const rate = ratePerMinute ?? (scope === 'subscribe' ? formRatePerMinute : undefined);
  const key: ApiKey = {
    hash,
    name: name.trim(),
    scope,
    ...(rate !== undefined && { ratePerMinute: rate }),
    createdAt: time,
    lastUsedAt: time,
  };
  await apiKeys.create(key);
  return key;
};
