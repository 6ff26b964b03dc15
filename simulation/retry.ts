import type { Random } from './random.ts';

/** Attempts in a row without any progress, after which work is given up: those of `shared/aws/clients/retry.ts`. */
export const rounds = 12;

/** The pause before an attempt, by chance up to twice that of the one before, as there. */
export const pauseSeconds = (round: number, random: Random): number =>
  (random.next() * Math.min(longestMilliseconds, firstMilliseconds * 2 ** round)) / 1000;

const firstMilliseconds = 25;
const longestMilliseconds = 1_000;
