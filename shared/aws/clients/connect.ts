/** How every client talks to AWS; region, credentials and endpoint come from the SDK's own environment variables. */
export const clientSettings = {
  /** `retry.ts` alone repeats requests, since it also repeats the parts of a batch that failed. */
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 64 },
    httpsAgent: { keepAlive: true, maxSockets: 64 },
  },
};

/**
 * A client that does not prepare every request and answer for a log that is not kept: the SDK copies both, value by
 * value, even for a logger that does nothing, which is a sixth of what an import computes.
 */
export const unlogged = <Client extends { readonly middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
): Client => {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
};

/** An adapter that is made on its first use, so that importing a module needs no environment. */
export const lazily = <Port extends object>(make: () => Port): Port => {
  const connected = once(make);
  return new Proxy({} as Port, { get: (_, name) => Reflect.get(connected(), name) });
};

/** The same value at every call, made at the first. */
export const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
