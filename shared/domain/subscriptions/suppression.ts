import type { Suppression } from './ports.ts';

/** From the one that lifts the most easily, by subscribing again, to the one after which nothing is ever sent. */
const reasons: readonly Suppression['reason'][] = ['unsubscribed', 'spam', 'blacklisted'];

/** The reasons that a reason takes the place of (contract 2.8). */
export const reasonsBelow = (reason: Suppression['reason']): Suppression['reason'][] =>
  reasons.slice(0, reasons.indexOf(reason));
