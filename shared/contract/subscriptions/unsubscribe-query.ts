import * as z from 'zod/mini';

/** The parameters of an unsubscribe link. */
export const unsubscribeParameters = z.object({ t: z.string().check(z.describe('The token of the message')) });

/** The token of an unsubscribe link, which may be anything. */
export const unsubscribeQuery = ({ t = '' }: Readonly<Partial<Record<string, string>>>): { token: string } => ({
  token: t,
});
