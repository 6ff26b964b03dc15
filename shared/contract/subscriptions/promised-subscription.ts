import * as z from 'zod/mini';
import { contactEvent } from '../events/events.ts';

/** A message of the queue of subscriptions to check. */
export const promisedSubscription = z.object({
  contactId: z.int(),
  token: z.string(),
  segmentIds: z.array(z.int()),
  event: contactEvent,
});
