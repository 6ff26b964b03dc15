/** A running engine of the local stack. */
export interface Engine {
  /** Its address, without a trailing slash; loopback only. */
  readonly endpoint: string;
  /** Ends it; repeating that is harmless. */
  stop(): Promise<void>;
}

/** Says in one sentence why the local stack cannot start. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}
