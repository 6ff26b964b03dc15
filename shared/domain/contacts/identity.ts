import type { ContactContent } from './contact.ts';

/** What a contact can be found by. `FIELD` values are `<field id>#<value>`. */
export type IdentityType = 'EXT' | 'EMAIL' | 'SMS' | 'PUSH' | 'WEBPUSH' | 'FIELD';

export interface Identity {
  readonly type: IdentityType;
  readonly value: string;
}

/**
 * Who owns an identity. `stamp` names the write that made it so, never to be repeated (`<contact id>.<contact version>`
 * of the writer), and is absent if nothing claims the identity.
 */
export interface Claim {
  readonly identity: Identity;
  readonly contactIds: readonly number[];
  readonly stamp?: string;
}

/** The longest `externalCustomerId`, in characters (contract 2.1). */
export const maxExternalIdLength = 100;

/** One string for one identity, for maps and keys. */
export const identityKey = ({ type, value }: Identity): string => `${type}#${value}`;

/** The longest custom field value that contacts are found by, in characters (contract 3.4). */
export const maxFieldIdentityLength = 50;

/** Every identity that a contact with this content has; `identifyingFields` are the custom fields it is found by. */
export const identitiesOf = (content: ContactContent, identifyingFields: ReadonlySet<number>): Identity[] => {
  const identities: Identity[] = [];
  if (content.externalCustomerId) identities.push({ type: 'EXT', value: content.externalCustomerId });
  if (content.email) identities.push({ type: 'EMAIL', value: content.email });
  if (content.sms) identities.push({ type: 'SMS', value: content.sms });
  for (const { type, value } of content.tokens ?? []) {
    if (type === 'mobilepush') identities.push({ type: 'PUSH', value });
    if (type === 'webpush') identities.push({ type: 'WEBPUSH', value });
  }
  for (const { id, value } of content.fields ?? []) {
    if (identifyingFields.has(id) && value.length <= maxFieldIdentityLength) {
      identities.push({ type: 'FIELD', value: `${id}#${value}` });
    }
  }
  return identities;
};

/** Whether an identity has one owner at most (contract 3.1); e-mail addresses, phones and field values are shared. */
export const isSoleOwned = ({ type }: Identity): boolean => type === 'EXT';

/** Whether an identity moves to the contact that names it last (contract 2.2). */
export const isMovable = ({ type }: Identity): boolean => type === 'PUSH' || type === 'WEBPUSH';

/** Whether a contact with this content has this identity. */
export const hasIdentity = (
  content: ContactContent,
  identity: Identity,
  identifyingFields: ReadonlySet<number>,
): boolean =>
  identitiesOf(content, identifyingFields).some(
    ({ type, value }) => type === identity.type && value === identity.value,
  );
