/** Values by their key for some seconds, at most `size` of them, the oldest leaving first. Times are milliseconds. */
export const expiringCache = <Value>(seconds: number, size: number) => {
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get: (key: string, at: number): Value | undefined => {
      const entry = entries.get(key);
      if (entry && entry.until > at) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set: (key: string, value: Value, at: number): void => {
      entries.delete(key);
      entries.set(key, { value, until: at + seconds * 1000 });
      for (const oldest of entries.keys()) {
        if (entries.size <= size) break;
        entries.delete(oldest);
      }
    },
  };
};
