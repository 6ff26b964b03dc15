import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { normaliseEmail } from '#identity/email.ts';
import { quoted } from '../contacts/reading.ts';
import { parse } from '../parse.ts';

/** Addresses that one request may name. */
export const maxUnsubscribedEmails = 3000;

/** The body of `POST /api/v1/emails/unsubscribed/add` and `/delete` (contract 4.14). */
export const unsubscribedEmailsRequest = z
  .object({ emails: z.array(z.string()).check(z.minLength(1), z.maxLength(maxUnsubscribedEmails)) })
  .check(z.meta({ id: 'UnsubscribedEmails', examples: [{ emails: ['mail@example.com'] }] }));

/**
 * The addresses of a body, in the form in which contacts have them.
 * @throws RollcallError INVALID_REQUEST if there are none, too many, or some that are no addresses.
 */
export const parseUnsubscribedEmails = (body: unknown): string[] => {
  const emails = parse(unsubscribedEmailsRequest, body).emails.map((given) => ({
    given,
    email: normaliseEmail(given),
  }));
  const bad = emails.filter(({ email }) => email === undefined);
  if (bad.length > 0) {
    const named = bad.slice(0, 10).map(({ given }) => `${quoted(given)} is not valid email`);
    throw new RollcallError('INVALID_REQUEST', named.join('; '));
  }
  return [...new Set(emails.flatMap(({ email }) => email ?? []))];
};
