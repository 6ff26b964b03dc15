import type { ApiKey } from './api-key.ts';
import type { KeptAnswer, KeptRequest, NamedRequest } from './kept-request.ts';

export interface ApiKeyStore {
  find(hash: string): Promise<ApiKey | undefined>;
  /** Notes that the key was used. */
  touch(hash: string, usedAt: string): Promise<void>;
  /**
   * Counts one more use of a key, or of whatever else the hash stands for, in a minute (`yyyy-mm-ddThh:mm`), an hour or a
   * day, and returns how many it are.
   */
  countUse(hash: string, window: string): Promise<number>;
  /**
   * Takes a named request: `undefined` if it is new, or the same as one that crashed half way. Else what came before
   * under its name, and nothing is taken. Times are ISO 8601 in UTC.
   */
  takeRequest(
    request: NamedRequest,
    take: { readonly fingerprint: string; readonly now: string; readonly heldUntil: string },
  ): Promise<KeptRequest | undefined>;
  /** Keeps what a request that was taken came to; one that is too large is not kept. Repeating it is harmless. */
  keepAnswer(request: NamedRequest, answer: KeptAnswer): Promise<void>;
  /** Gives a request back that came to nothing, so that its repeat is worked on at once. */
  giveBackRequest(request: NamedRequest): Promise<void>;
  create(key: ApiKey): Promise<void>;
  /** Every key, by name. */
  list(): Promise<ApiKey[]>;
  /** Whether there was such a key. */
  revoke(hash: string): Promise<boolean>;
}
