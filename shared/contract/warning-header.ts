import * as z from 'zod/mini';
import type { Problem } from '#domain/problem.ts';

/** The header that says what a caller should know of an answer whose body has no place for it. */
export const warningHeaders = z.object({
  Warning: z.optional(z.string().check(z.describe('Code 199 of RFC 7234, section 5.5, with a text for people'))),
});

/** That header with texts, or no header. */
export const warningHeader = (...texts: readonly (string | undefined)[]): z.output<typeof warningHeaders> => {
  const given = texts.filter((text) => text !== undefined);
  return given.length === 0 ? {} : { Warning: `199 rollcall "${given.join('; ').replaceAll('"', "'")}"` };
};

/** The most that the header lists: API Gateway carries 10,240 bytes of headers (an AWS limit), and a contact may have 500 fields. */
const mostListed = 20;

/**
 * What is not stored as it was sent, by codes and members, those of the items of a list together: no value of it belongs into
 * a header.
 */
export const warningText = (problems: readonly Problem[]): string | undefined => {
  const listed = [...new Set(problems.map(({ code, field }) => `${code} ${field.replaceAll(/\[\d+\]/g, '[]')}`))];
  const more = listed.length - mostListed;
  if (more > 0) listed.splice(mostListed, more, `and ${more} more`);
  return listed.length === 0 ? undefined : listed.join(', ');
};
