import { RollcallError } from '#domain/error.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';

interface RevokeKeyPorts {
  readonly apiKeys: Pick<ApiKeyStore, 'list' | 'revoke'>;
}

/** The beginning of a hash is enough from this many digits on. */
const shortestPrefix = 8;

/**
 * Revokes the API key of a name or of a hash's beginning, and returns it. Throws NOT_FOUND if there is none, and
 * INVALID_REQUEST if there are several.
 */
export const revokeApiKey = async ({ apiKeys }: RevokeKeyPorts, nameOrHash: string): Promise<ApiKey> => {
  const stored = await apiKeys.list();
  const named = stored.filter(({ name }) => name === nameOrHash);
  const matching = named.length > 0 ? named : stored.filter(({ hash }) => isBeginning(hash, nameOrHash));
  const [key, ...others] = matching;
  if (!key) throw new RollcallError('NOT_FOUND', `The key ${nameOrHash} was not found`);
  if (others.length > 0)
    throw new RollcallError('INVALID_REQUEST', `Several keys match ${nameOrHash}: give more of the hash`);
  await apiKeys.revoke(key.hash);
  return key;
};

const isBeginning = (hash: string, prefix: string): boolean =>
  prefix.length >= shortestPrefix && hash.startsWith(prefix.toLowerCase());
