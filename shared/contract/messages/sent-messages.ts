import * as z from 'zod/mini';

/** A message that was sent, or is to be, as our own routes list it. */
const sentMessageResponse = z
  .object({
    requestId: z.uuid(),
    channel: z.enum(['email', 'sms']),
    status: z.enum(['QUEUED', 'SENT', 'DELIVERED', 'UNDELIVERED', 'SPAM']),
    reason: z.optional(z.string().check(z.describe('Why it was not delivered'))),
    createdAt: z.iso.datetime(),
    statusAt: z.iso.datetime(),
  })
  .check(z.meta({ id: 'SentMessage' }));

/** The messages to a contact. */
export const sentMessagesResponse = z.object({ items: z.array(sentMessageResponse) });
