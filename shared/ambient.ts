import { setTimeout as wait } from 'node:timers/promises';
import type { Ambient } from '#domain/ambient.ts';
import { nextId } from './repeatable-ids.ts';

/** The real time and real randomness. */
export const ambient: Ambient = {
  now: () => new Date().toISOString(),
  newId: nextId,
  pause: (milliseconds, atLeast = 0) => wait(atLeast + Math.random() * milliseconds),
};
