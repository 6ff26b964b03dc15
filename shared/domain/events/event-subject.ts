import type { ContactDraft } from '../contacts/contact.ts';
import { type Identity, identitiesOf } from '../contacts/identity.ts';

/** How an event names the contact that it is about (contract 3.2). */
export interface EventIdentifiers {
  readonly contactId?: number;
  readonly externalCustomerId?: string;
  /** Lower-case. */
  readonly email?: string;
  /** Digits with the country code. */
  readonly sms?: string;
  readonly pushToken?: string;
}

/** The named contact, as the draft that is looked for. */
export const draftNamedBy = ({ externalCustomerId, email, sms, pushToken }: EventIdentifiers): ContactDraft => ({
  ...(externalCustomerId !== undefined && { externalCustomerId }),
  ...(email !== undefined && { email }),
  ...(sms !== undefined && { sms }),
  ...(pushToken !== undefined && {
    tokens: [
      { type: 'mobilepush', value: pushToken },
      { type: 'webpush', value: pushToken },
    ],
  }),
});

/** Every identity that the named contact may have. */
export const identitiesNamedBy = (identifiers: EventIdentifiers): Identity[] => {
  const { externalCustomerId, email, sms, tokens } = draftNamedBy(identifiers);
  const content = { externalCustomerId, email, sms, tokens };
  const given = Object.entries(content).filter(([, value]) => value !== undefined);
  return identitiesOf({ ...Object.fromEntries(given), confirmed: false }, new Set());
};
