import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomUUID } from 'node:crypto';

interface Course {
  readonly seed: string;
  made: number;
}

const courses = new AsyncLocalStorage<Course>();

/**
 * Runs what should make the same ids when it runs again: those of `nextId` follow from the seed alone, in the order in which
 * they are asked for.
 */
export const withRepeatableIds = <Result>(seed: string, run: () => Promise<Result>): Promise<Result> =>
  courses.run({ seed, made: 0 }, run);

/** A UUID: a random one, or one that follows from the seed of `withRepeatableIds`. */
export const nextId = (): string => {
  const course = courses.getStore();
  if (!course) return randomUUID();
  const hex = createHash('sha256')
    .update(`${course.seed}#${course.made++}`)
    .digest('hex');
  // The bits of a UUID of version 8 and of its variant (RFC 9562).
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};
