import type { Signer } from './ports.ts';

/** What a confirmation link proves: that its owner reads the mail of this address. Times are ISO 8601 in UTC. */
export interface ConfirmationClaim {
  readonly contactId: number;
  /** What `addressHashOf` makes of the address. */
  readonly addressHash: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** What a token turned out to be; `invalid` is everything that was not issued here for this purpose. */
export type TokenReading =
  | { readonly state: 'valid'; readonly claim: ConfirmationClaim }
  | { readonly state: 'expired' | 'invalid' };

const version = '1';
const purpose = 'confirm';
const form =
  /^([A-Za-z0-9_-]{43})\.1\.confirm\.([A-Za-z0-9_-]{22})\.([0-9a-z]{1,11})\.([0-9a-z]{1,9})\.([0-9a-z]{1,9})$/;
const radix = 36;

/** A signed token for a link: the signature, then version, purpose and claim. It ends with a digit or a letter. */
export const confirmationToken = async (signer: Signer, claim: ConfirmationClaim): Promise<string> => {
  const { contactId, addressHash, issuedAt, expiresAt } = claim;
  const numbers = [contactId, Date.parse(issuedAt), Date.parse(expiresAt)].map((number) => number.toString(radix));
  const content = [version, purpose, addressHash, ...numbers].join('.');
  return `${await signer.sign(content)}.${content}`;
};

/** Reads a token of a link, which may be anything at all; nothing of it is believed before its signature holds. */
export const readConfirmationToken = async (signer: Signer, token: string, now: string): Promise<TokenReading> => {
  const [, signature = '', addressHash = '', ...numbers] = form.exec(token) ?? [];
  if (signature === '' || !(await signer.isSigned(token.slice(signature.length + 1), signature))) {
    return { state: 'invalid' };
  }
  const [contactId = 0, issued = 0, expires = 0] = numbers.map((number) => Number.parseInt(number, radix));
  if (expires <= Date.parse(now)) return { state: 'expired' };
  const [issuedAt, expiresAt] = [new Date(issued).toISOString(), new Date(expires).toISOString()];
  return { state: 'valid', claim: { contactId, addressHash, issuedAt, expiresAt } };
};

/** Names an address without revealing it to anyone who lacks the key. */
export const addressHashOf = async (signer: Signer, email: string): Promise<string> =>
  (await signer.sign(`address:${email}`)).slice(0, 22);
