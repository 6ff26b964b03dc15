/** Why an address gets no bulk messages any more, whichever contact has it (contract 2.8 and 4.14). */
export interface Suppression {
  /** An e-mail address in lower case, or the digits of a phone number, as contacts have them (contract 2.3). */
  readonly address: string;
  readonly reason: 'unsubscribed' | 'spam' | 'blacklisted';
  /** What else made it so: mail came back, another program had deleted it, nobody consented, or STOP answered an SMS. */
  readonly cause?: 'bounced' | 'deleted' | 'noConsent' | 'stopped';
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/** From the one that lifts the most easily, by subscribing again, to the one after which nothing is ever sent. */
const reasons: readonly Suppression['reason'][] = ['unsubscribed', 'spam', 'blacklisted'];

/** The reasons that a reason takes the place of (contract 2.8). */
export const reasonsBelow = (reason: Suppression['reason']): Suppression['reason'][] =>
  reasons.slice(0, reasons.indexOf(reason));
