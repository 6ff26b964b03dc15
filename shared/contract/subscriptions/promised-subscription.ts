import * as z from 'zod/mini';
import type { PromisedSubscription } from '#domain/subscriptions/subscription-event.ts';
import { contactEvent } from '../events/events.ts';

const promisedSubscription = z.object({
  contactId: z.int(),
  token: z.string(),
  segmentIds: z.array(z.int()),
  event: contactEvent,
});

/** Reads which subscription is to be checked. */
export const readPromisedSubscription = (body: unknown): PromisedSubscription => promisedSubscription.parse(body);
