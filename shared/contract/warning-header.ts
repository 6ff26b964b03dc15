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

/** What is not stored of a contact as it was sent, by codes and members: no value of it belongs into a header. */
export const warningText = (problems: readonly Problem[]): string | undefined =>
  problems.length === 0 ? undefined : [...new Set(problems.map(({ code, field }) => `${code} ${field}`))].join(', ');
