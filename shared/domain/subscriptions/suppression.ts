/** Why an address gets no bulk messages any more, whichever contact has it (contract 2.8 and 4.14). */
export interface Suppression {
  /** An e-mail address in lower case, or the digits of a phone number, as contacts have them (contract 2.3). */
  readonly address: string;
  readonly reason: 'unsubscribed' | 'spam' | 'blacklisted';
  /** What else made it so: mail came back, another program had deleted it, nobody consented, or STOP answered an SMS. */
  readonly cause?: 'bounced' | 'deleted' | 'noConsent' | 'stopped';
  /** ISO 8601 in UTC. */
  readonly since: string;
  /** The imports that brought it in, if nobody else said it: undoing all of them may lift it. */
  readonly importedBy?: readonly string[];
  /** What it took the place of and is again once the imports are undone, or a START takes a STOP back. */
  readonly before?: SuppressionBefore;
}

/** A suppression that another one lies over. */
export type SuppressionBefore = Omit<Suppression, 'address'>;

/** From the one that lifts the most easily, by subscribing again, to the one after which nothing is ever sent. */
const reasons: readonly Suppression['reason'][] = ['unsubscribed', 'spam', 'blacklisted'];

/** The reasons that a reason takes the place of (contract 2.8). */
export const reasonsBelow = (reason: Suppression['reason']): Suppression['reason'][] =>
  reasons.slice(0, reasons.indexOf(reason));

/**
 * What a suppression becomes when another one comes for the same address: the stronger reason counts, and what an import
 * brought in stays apart from what anyone else said. `undefined`: it stays as it is.
 * A STOP lies over whatever else is known, as a START takes it away and nothing else.
 */
export const mergedSuppression = (stored: Suppression, added: Suppression): Suppression | undefined => {
  const { address, ...before } = stored;
  if (isStop(added)) return isStop(stored) ? undefined : { ...added, before };
  if (isStop(stored)) {
    const under = stored.before ? mergedSuppression({ ...stored.before, address }, added) : added;
    if (!under) return undefined;
    const { address: _, ...underneath } = under;
    return { ...stored, before: underneath };
  }
  if (reasonsBelow(added.reason).includes(stored.reason)) return added.importedBy ? { ...added, before } : added;
  if (!stored.importedBy) return undefined;
  if (added.importedBy) {
    const importedBy = [...new Set([...stored.importedBy, ...added.importedBy])];
    return importedBy.length > stored.importedBy.length ? { ...stored, importedBy } : undefined;
  }
  if (added.reason === stored.reason) return added;
  const { address: _, ...own } = added;
  const under = stored.before ? mergedSuppression({ ...stored.before, address }, added) : { ...own, address };
  if (!under) return undefined;
  const { address: __, ...underneath } = under;
  return { ...stored, before: underneath };
};

/** What a STOP from a phone number, as digits, says: no SMS is sent to it any more, not even one that its owner asks for. */
export const stoppedBy = (phone: string): Omit<Suppression, 'since'> => ({
  address: phone,
  reason: 'blacklisted',
  cause: 'stopped',
});

/** Whether somebody said so by a STOP, instead of a file about them. */
const isStop = ({ cause, importedBy }: Suppression): boolean => cause === 'stopped' && !importedBy;

/** A suppression without the STOP that a START at `at` takes back; `none` and `undefined` as in `withoutImport`. */
export const withoutStop = (stored: Suppression, at: string): Suppression | 'none' | undefined => {
  const { address, before } = stored;
  if (!isStop(stored) || stored.since > at) return undefined;
  return before ? { ...before, address } : 'none';
};

/** A suppression without what an import brought in: `none` if nothing else is left, `undefined` if it stays as it is. */
export const withoutImport = (stored: Suppression, sessionId: string): Suppression | 'none' | undefined => {
  const { address, importedBy, before, ...said } = stored;
  const under = before && withoutImport({ ...before, address }, sessionId);
  if (!importedBy?.includes(sessionId)) {
    if (under === undefined) return undefined;
    const rest = { ...said, address, ...(importedBy && { importedBy }) };
    if (under === 'none') return rest;
    const { address: _, ...underneath } = under;
    return { ...rest, before: underneath };
  }
  const others = importedBy.filter((one) => one !== sessionId);
  if (others.length > 0) return { ...stored, importedBy: others };
  if (!before) return 'none';
  return under ?? { ...before, address };
};
