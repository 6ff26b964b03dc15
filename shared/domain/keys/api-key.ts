/** A stored API key: never the key, only its SHA-256. Times are ISO 8601 in UTC. */
export interface ApiKey {
  /** Lower-case hexadecimal SHA-256 of the key. */
  readonly hash: string;
  /** What a person calls it. */
  readonly name: string;
  /** An access level of contract 1.2. */
  readonly scope: string;
  /** Requests a minute that it is good for; absent: as many as the routes let through. */
  readonly ratePerMinute?: number;
  /** Names of the segments that subscribers of a form join: for the scope `subscribe`. */
  readonly groups?: readonly string[];
  /** Ids of the custom fields that a form fills in: for the scope `subscribe`. */
  readonly fields?: readonly number[];
  readonly createdAt: string;
  /** To the day: a key that nobody used for 90 days is disabled (contract 1.2). */
  readonly lastUsedAt: string;
}

/** By which a key is told from others where people and logs see it: the beginning of its hash. */
export const keyIdOf = ({ hash }: Pick<ApiKey, 'hash'>): string => hash.slice(0, 12);

/** Days without use after which a key is disabled (contract 1.2). */
export const keyIdleDays = 90;
