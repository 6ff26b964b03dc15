import type { Ambient } from '#domain/ambient.ts';

/** An answer leaves at a whole number of these: most work is done well before the first. */
const stepMilliseconds = 1000;

/**
 * Does some work and ends at a whole second after it began, however it went, so that how long it took does not tell
 * whether an address is known.
 */
export const answeredAlike = async <Result>(
  { now, pause }: Pick<Ambient, 'now' | 'pause'>,
  work: () => Promise<Result>,
): Promise<Result> => {
  const beganAt = Date.parse(now());
  try {
    return await work();
  } finally {
    const took = Date.parse(now()) - beganAt;
    await pause(0, stepMilliseconds - (took % stepMilliseconds));
  }
};
