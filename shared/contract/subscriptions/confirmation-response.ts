import * as z from 'zod/mini';

/** The answer to a request to send the confirmation message once more. */
export const resendConfirmationResponse = z
  .object({
    id: z.int().check(z.meta({ description: 'The contact', examples: [95064060] })),
    sentAt: z.iso.datetime(),
  })
  .check(z.meta({ id: 'ConfirmationSent' }));
