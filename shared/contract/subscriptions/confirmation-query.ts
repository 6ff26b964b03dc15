import * as z from 'zod/mini';

/** The parameters of a confirmation link. */
export const confirmationParameters = z.object({
  t: z.string().check(z.describe('The token of the message')),
  form: z.optional(z.string().check(z.describe('The form type whose thank-you page comes in the end'))),
});

/**
 * The parameters of a confirmation link: the token, and the page that its reader gets in the end. That is never taken
 * from the link, which only names one of the forms that the stage has an address for.
 */
export const confirmationQuery = (
  { t = '', form = '' }: Readonly<Partial<Record<string, string>>>,
  { redirectUrls }: { readonly redirectUrls: Readonly<Record<string, string>> },
): { token: string; redirectUrl: string | undefined } => {
  const name = Object.hasOwn(redirectUrls, form) ? form : 'default';
  return { token: t, redirectUrl: Object.hasOwn(redirectUrls, name) ? redirectUrls[name] : undefined };
};
