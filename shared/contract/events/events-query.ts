import * as z from 'zod/mini';
import { parse } from '../parse.ts';
import { eventLimits } from './event-request.ts';

/** The parameters that choose events. */
export const eventsQuery = z.object({
  type: z.optional(
    z
      .string()
      .check(
        z.maxLength(eventLimits.typeKeyLength),
        z.meta({ description: 'An event type key', examples: ['newContact'] }),
      ),
  ),
  keyValue: z.optional(
    z
      .string()
      .check(
        z.maxLength(eventLimits.keyLength),
        z.meta({ description: 'An event key', examples: ['mail@example.com'] }),
      ),
  ),
  contactId: z.optional(z.int().check(z.positive(), z.describe('About whom'))),
  from: z.optional(z.iso.datetime({ offset: true }).check(z.describe('Occurred at this time or later'))),
  to: z.optional(z.iso.datetime({ offset: true }).check(z.describe('Occurred at this time or before'))),
});

/**
 * Reads which events are wanted. Times are brought to UTC.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseEventsQuery = (query: unknown) => {
  const { from, to, ...asked } = parse(eventsQuery, query);
  return {
    ...asked,
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
};
