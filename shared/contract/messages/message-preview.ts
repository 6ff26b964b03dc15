import * as z from 'zod/mini';

/** The parameter that says for whom a message is to be filled in. */
export const previewQuery = z.object({
  contactId: z.optional(z.int().check(z.positive(), z.describe('For whom; as it stands where absent'))),
});

/** A message with its parameters filled in. */
export const messagePreviewResponse = z
  .object({
    channel: z.enum(['email', 'sms']),
    subject: z.optional(z.string()),
    html: z.optional(z.string()),
    text: z.optional(z.string()),
  })
  .check(z.meta({ id: 'MessagePreview' }));
