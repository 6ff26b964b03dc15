import type { Ambient } from '#domain/ambient.ts';
import type { Sealer } from '#domain/files/fetch-ports.ts';
import type { SuppressionStore } from '#domain/subscriptions/ports.ts';
import { readUnsubscribeToken, type UnsubscribeClaim } from '#domain/subscriptions/unsubscribe-token.ts';
import { unsubscribeEmails } from './unsubscribe-emails.ts';

export interface LookAtUnsubscriptionPorts {
  readonly sealer: Pick<Sealer, 'open'>;
  readonly suppressions: Pick<SuppressionStore, 'find'>;
}

export interface UnsubscribeByLinkPorts extends Pick<Ambient, 'now'> {
  readonly sealer: Pick<Sealer, 'open'>;
  readonly suppressions: Pick<SuppressionStore, 'add'>;
}

/** What a link can come to; `done`: its address gets no messages to segments any more. */
export interface UnsubscriptionView {
  readonly state: 'open' | 'done' | 'invalid';
  readonly claim?: UnsubscribeClaim;
}

/** What a link would do, without doing any of it: mail scanners follow links, too. */
export const lookAtUnsubscription = async (
  { sealer, suppressions }: LookAtUnsubscriptionPorts,
  token: string,
): Promise<UnsubscriptionView> => {
  const claim = await readUnsubscribeToken(sealer, token);
  if (!claim) return { state: 'invalid' };
  const [suppression] = await suppressions.find([claim.address]);
  return { state: suppression ? 'done' : 'open', claim };
};

/**
 * Unsubscribes the address that a message was sent to, by the token of its link, even if its contact has another address by
 * now, is deleted or erased: it may come back some day. Repeating it is harmless.
 */
export const unsubscribeByLink = async (
  { sealer, suppressions, now }: UnsubscribeByLinkPorts,
  token: string,
): Promise<UnsubscriptionView> => {
  const claim = await readUnsubscribeToken(sealer, token);
  if (!claim) return { state: 'invalid' };
  await unsubscribeEmails({ suppressions, now }, [claim.address]);
  return { state: 'done', claim };
};
