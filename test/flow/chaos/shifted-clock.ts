/* Preloaded into a thread: time goes on as it does, but so many minutes later, as if nothing had run for that long. */

const minutes = Number(new URL(import.meta.url).searchParams.get('minutes'));
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...given: []) {
    // Without arguments it is now; with any, what they say.
    super(...((given.length > 0 ? given : [Real.now() + minutes * 60_000]) as []));
  }
  static override now(): number {
    return Real.now() + minutes * 60_000;
  }
} as DateConstructor;
