import type { Signer } from '../subscriptions/ports.ts';

/** How long the token of a contact is good for. */
const tokenHours = 1;

const radix = 36;

/** A signed token of a contact: the signature, then version, purpose, contact id and the time until which it is good. */
export const contactToken = async (signer: Signer, contactId: number, now: string): Promise<string> => {
  const until = Date.parse(now) + tokenHours * 3_600_000;
  const content = ['1', 'contact', contactId.toString(radix), until.toString(radix)].join('.');
  return `${await signer.sign(content)}.${content}`;
};
