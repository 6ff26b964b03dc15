import * as z from 'zod/mini';
import { groupResponse } from '../contacts/contact-response.ts';

/** The body that makes or renames a segment on our own routes. */
export const segmentRequest = z
  .object({
    name: z
      .string()
      .check(z.trim(), z.minLength(1), z.maxLength(100), z.describe('Unique, whatever the case of its letters')),
  })
  .check(z.meta({ id: 'SegmentName', examples: [{ name: 'Customers' }] }));

/** A segment on our own routes. */
export const segmentResponse = z
  .object({
    id: z.int(),
    name: z.string(),
    type: groupResponse.shape.type,
    categoryKey: z.optional(z.string().check(z.describe('The subscription category that it mirrors'))),
    memberCount: z.optional(z.int().check(z.describe('Contacts in it, if they were counted'))),
  })
  .check(z.meta({ id: 'Segment' }));
