/** A request that its caller named with `Idempotency-Key`, under the API key that it came with. */
export interface NamedRequest {
  /** The hash of the API key. */
  readonly keyHash: string;
  /** The SHA-256 of the name. */
  readonly nameHash: string;
}

/** What a request came to, as it is kept for a day. */
export interface KeptAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is known of a request that came before under the same name. */
export interface KeptRequest {
  /** Tells another request under the same name. */
  readonly fingerprint: string;
  /** ISO 8601 in UTC: until then another function may still work on it. */
  readonly heldUntil: string;
  /** Absent while it is under way, and after it crashed half way. */
  readonly answer?: KeptAnswer;
}

/** How long an answer is kept, in hours. */
export const answersKeptHours = 24;
