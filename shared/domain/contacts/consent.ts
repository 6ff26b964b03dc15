import type { Suppression } from '../subscriptions/suppression.ts';

/** What may be known of somebody's consent, from the one that lets most be sent to the one that lets least. */
export const consentStates = [
  'subscribed',
  'unconfirmed',
  'noConsent',
  'deleted',
  'unsubscribed',
  'complained',
  'bounced',
  'blacklisted',
] as const;

export type ConsentState = (typeof consentStates)[number];

/** What a whole import may count as. */
export const importStates = consentStates.filter((state) => state !== 'subscribed');

/** Why a channel of a person is closed. Without `since` it is from now on. */
export type Refusal = Omit<Suppression, 'since' | 'address'> & Partial<Pick<Suppression, 'since'>>;

/** What the sender of a contact says against writing to that person; a channel of which nothing is said is absent. */
export interface Refusals {
  readonly email?: Refusal;
  readonly sms?: Refusal;
}

/** What the sender of a contact says about writing to that person. */
export interface Consent extends Refusals {
  /** The e-mail address is not confirmed. */
  readonly unconfirmed?: true;
}

/** Of several states the one that lets less be sent. */
export const stricter = (one: ConsentState, other: ConsentState): ConsentState =>
  consentStates.indexOf(one) > consentStates.indexOf(other) ? one : other;

const refusals: Readonly<Partial<Record<ConsentState, Refusal>>> = {
  noConsent: { reason: 'unsubscribed', cause: 'noConsent' },
  deleted: { reason: 'unsubscribed', cause: 'deleted' },
  unsubscribed: { reason: 'unsubscribed' },
  complained: { reason: 'spam' },
  bounced: { reason: 'blacklisted', cause: 'bounced' },
  blacklisted: { reason: 'blacklisted' },
};

const unconfirmedStates: readonly ConsentState[] = ['unconfirmed', 'noConsent'];

/**
 * What the states of the channels come to: an e-mail address without consent is one to confirm, as it can be asked; a phone
 * without consent is suppressed, as it cannot.
 */
export const consentOf = (
  { email, sms }: { readonly email: ConsentState; readonly sms: ConsentState },
  since?: string,
): Consent => {
  const refusal = (state: ConsentState): Refusal | undefined => {
    const known = refusals[state];
    return known && { ...known, ...(since !== undefined && state !== 'noConsent' && { since }) };
  };
  const isUnconfirmed = unconfirmedStates.includes(email);
  const byEmail = isUnconfirmed ? undefined : refusal(email);
  const bySms = refusal(sms === 'unconfirmed' ? 'noConsent' : sms);
  return {
    ...(byEmail && { email: byEmail }),
    ...(bySms && { sms: bySms }),
    ...(isUnconfirmed && { unconfirmed: true }),
  };
};

/** The addresses of a person, each as its channel is refused. */
export const suppressionsOf = (
  addresses: readonly (string | undefined)[],
  { email, sms }: Refusals,
  now: string,
): Suppression[] =>
  addresses.flatMap((address): Suppression[] => {
    const refusal = address?.includes('@') ? email : sms;
    return address !== undefined && refusal ? [{ since: now, ...refusal, address }] : [];
  });

/** What is said against writing to somebody, if anything is. */
export const refusalsIn = ({ email, sms }: Consent): Refusals | undefined =>
  email || sms ? { ...(email && { email }), ...(sms && { sms }) } : undefined;
