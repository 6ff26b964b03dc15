import * as z from 'zod/mini';

/** The header that says what a caller should know of an answer whose body has no place for it. */
export const warningHeaders = z.object({
  Warning: z.optional(z.string().check(z.describe('Code 199 of RFC 7234, section 5.5, with a text for people'))),
});

/** That header with a text, or no header. */
export const warningHeader = (text: string | undefined): z.output<typeof warningHeaders> =>
  text === undefined ? {} : { Warning: `199 rollcall "${text.replaceAll('"', "'")}"` };
