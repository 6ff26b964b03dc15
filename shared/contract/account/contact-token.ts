import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import { identifiersOf } from '#identity/event-identifiers.ts';
import { parse } from '../parse.ts';

/** The body that asks for the token of a contact (contract 4.19). */
export const contactTokenRequest = z
  .object({
    externalCustomerId: z.optional(z.string()),
    extid: z.optional(z.string().check(z.describe('Another name of `externalCustomerId`, which one connector uses'))),
    email: z.optional(z.string()),
    phone: z.optional(z.string()),
  })
  .check(z.meta({ id: 'ContactTokenRequest', examples: [{ externalCustomerId: '17', email: 'mail@example.com' }] }));

/** The token of a contact. */
export const contactTokenResponse = z
  .object({ token: z.string().check(z.describe('Empty if no contact is known')) })
  .check(z.meta({ id: 'ContactToken', examples: [{ token: '' }] }));

/**
 * Reads whose token is asked for; what is no address counts as unknown.
 * @throws RollcallError INVALID_REQUEST if the body names nobody.
 */
export const readContactTokenRequest = (body: unknown, rule: { readonly defaultCountry: string }): EventIdentifiers => {
  const { extid, externalCustomerId = extid, email, phone } = parse(contactTokenRequest, body);
  const named = [externalCustomerId, email, phone].some((text) => text?.trim());
  if (!named) throw new RollcallError('INVALID_REQUEST', 'One of externalCustomerId, email and phone must be given');
  return identifiersOf({ externalCustomerId, email, phone }, rule);
};
