import type { Ambient } from '#domain/ambient.ts';
import { type ApiKey, keyIdleDays } from '#domain/keys/api-key.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';

interface ListKeysPorts extends Pick<Ambient, 'now'> {
  readonly apiKeys: Pick<ApiKeyStore, 'list'>;
}

/** A key and whether it lies idle for so long that it is refused (contract 1.2). */
export interface ListedKey extends ApiKey {
  readonly isIdle: boolean;
}

/** Every API key, by name. */
export const listApiKeys = async ({ apiKeys, now }: ListKeysPorts): Promise<ListedKey[]> => {
  const idleSince = Date.parse(now()) - keyIdleDays * 86_400_000;
  const keys = await apiKeys.list();
  return keys.map((key) => ({ ...key, isIdle: Date.parse(key.lastUsedAt) < idleSince }));
};
