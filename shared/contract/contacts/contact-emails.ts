import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';

/** Ids that one request may ask about. */
export const maxContactIds = 500;

/** The parameter of `GET /api/v1/contacts/email` (contract 4.10). */
export const contactEmailsQuery = z.object({
  ids: z.optional(
    z.array(z.string()).check(
      z.meta({
        description: `At most ${maxContactIds} contact ids, separated by commas or in repeated parameters`,
        examples: [['1', '2', '3']],
      }),
    ),
  ),
  emails: z.optional(z.array(z.string()).check(z.describe('Another name of `ids`, which one client uses'))),
});

/** Contract 4.10. */
export const contactEmailsResponse = z
  .object({ results: z.array(z.object({ contactId: z.int(), email: z.string() })) })
  .check(z.meta({ id: 'ContactEmails', examples: [{ results: [{ contactId: 1, email: 'mail@example.com' }] }] }));

/**
 * The contact ids of a query, each once; what is no id is left out, as no contact has it.
 * @throws RollcallError INVALID_REQUEST if there are none or too many.
 */
export const parseContactIds = ({ ids = [], emails = [] }: z.output<typeof contactEmailsQuery>): number[] => {
  const given = [...ids, ...emails].flatMap((value) => value.split(',')).map((text) => text.trim());
  const texts = new Set(given.filter((text) => text !== ''));
  if (texts.size === 0) throw new RollcallError('INVALID_REQUEST', 'ids must have at least 1 contact id');
  if (texts.size > maxContactIds) {
    throw new RollcallError('INVALID_REQUEST', `ids must have at most ${maxContactIds} contact ids`);
  }
  return [...new Set([...texts].filter((text) => /^\d{1,15}$/.test(text)).map(Number))];
};
