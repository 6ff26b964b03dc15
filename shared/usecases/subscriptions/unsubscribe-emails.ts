import type { Ambient } from '#domain/ambient.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';

export interface UnsubscribePorts extends Pick<Ambient, 'now'> {
  readonly suppressions: Pick<SuppressionStore, 'add'>;
}

/**
 * Stops bulk mail to addresses, whichever contacts have them or will have them (contract 4.14). Repeating it is
 * harmless.
 */
export const unsubscribeEmails = (
  { suppressions, now }: UnsubscribePorts,
  emails: readonly string[],
): Promise<void> => {
  const since = now();
  return suppressions.add(emails.map((address) => ({ address, reason: 'unsubscribed', since })));
};

/** Lets bulk mail to addresses begin again, except to those that are suppressed for another reason (contract 4.14). */
export const resubscribeEmails = async (
  { suppressions }: { readonly suppressions: Pick<SuppressionStore, 'find' | 'remove'> },
  emails: readonly string[],
): Promise<void> => {
  const suppressed = await suppressions.find(emails);
  const lifted = suppressed.filter(({ reason }) => reason === 'unsubscribed').map(({ address }) => address);
  if (lifted.length > 0) await suppressions.remove(lifted);
};
