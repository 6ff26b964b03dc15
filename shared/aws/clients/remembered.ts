const memoryMilliseconds = 60_000;

/** What a function remembers of a store from one request to the next. */
export interface Memory<Value> {
  /** What was read last, however long ago that was; empty before. */
  recalled(): Value;
  /** What was read in the last minute, if it is enough; it is read again if not. */
  recall(isEnough?: (value: Value) => boolean): Promise<Value>;
}

/** A memory of what `read` reads; `now` is a clock in milliseconds. */
export const remembered = <Value>(
  read: () => Promise<Value>,
  empty: Value,
  now: () => number = Date.now,
): Memory<Value> => {
  let value = empty;
  let until = 0;
  return {
    recalled: () => value,
    recall: async (isEnough = () => true) => {
      if (now() < until && isEnough(value)) return value;
      value = await read();
      until = now() + memoryMilliseconds;
      return value;
    },
  };
};
