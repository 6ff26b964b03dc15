import type { ApiKey } from './api-key.ts';

export interface ApiKeyStore {
  find(hash: string): Promise<ApiKey | undefined>;
  /** Notes that the key was used. */
  touch(hash: string, usedAt: string): Promise<void>;
  /** Counts one more use of a key in a minute (`yyyy-mm-ddThh:mm`) and returns how many it are. */
  countUse(hash: string, minute: string): Promise<number>;
  create(key: ApiKey): Promise<void>;
  /** Every key, by name. */
  list(): Promise<ApiKey[]>;
  /** Whether there was such a key. */
  revoke(hash: string): Promise<boolean>;
}
