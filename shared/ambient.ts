import { randomUUID } from 'node:crypto';
import type { Ambient } from '#domain/ports.ts';

/** The real time and real randomness. */
export const ambient: Ambient = {
  now: () => new Date().toISOString(),
  newId: () => randomUUID(),
};
