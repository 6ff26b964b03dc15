import * as z from 'zod/mini';
import { contactLimits } from './contact-request.ts';

/** The parameter of `DELETE /api/v1/contact/{id}` (contract 4.7). */
export const deleteQuery = z.object({
  erase: z._default(
    z.boolean().check(z.describe('Erase the contact for good, with every trace of it, instead of hiding it')),
    false,
  ),
});

/** The parameters of `DELETE /api/v1/contact` (contract 4.7). */
export const deleteExternalQuery = z.extend(deleteQuery, {
  externalCustomerId: z
    .string()
    .check(z.trim(), z.minLength(1), z.maxLength(contactLimits.externalCustomerIdLength), z.describe('Your own id')),
});

/** What the deletion of a contact is answered with (contract 4.7). */
export const deletedResponse = z.string().check(z.meta({ examples: ["Contact with id='95064156' has been deleted"] }));

/** The sentence of contract 4.7. */
export const deletedSentence = (id: number): string => `Contact with id='${id}' has been deleted`;
