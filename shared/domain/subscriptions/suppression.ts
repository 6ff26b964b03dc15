/** Why an address gets no bulk mail any more, whichever contact has it (contract 2.8 and 4.14). */
export interface Suppression {
  /** Lower-case (contract 2.3). */
  readonly email: string;
  readonly reason: 'unsubscribed' | 'spam' | 'blacklisted';
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/** From the one that lifts the most easily, by subscribing again, to the one after which nothing is ever sent. */
const reasons: readonly Suppression['reason'][] = ['unsubscribed', 'spam', 'blacklisted'];

/** The reasons that a reason takes the place of (contract 2.8). */
export const reasonsBelow = (reason: Suppression['reason']): Suppression['reason'][] =>
  reasons.slice(0, reasons.indexOf(reason));
