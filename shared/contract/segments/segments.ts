import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { Segment } from '#domain/segments/segment.ts';
import { groupResponse } from '../contacts/contact-response.ts';
import { binderOf } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';
import type { PageLimits } from '../page.ts';

/** A page of segments, whose members are counted one segment after the other. */
export const segmentsPage: PageLimits = { byDefault: 20, most: 100 };

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
    memberCount: z.optional(z.int().check(z.describe('Contacts in it, where they were counted'))),
  })
  .check(z.meta({ id: 'Segment' }));

/** A segment as our own routes show it. */
export const segmentBody = (segment: Segment & { readonly memberCount?: number }): z.output<typeof segmentResponse> =>
  segmentResponse.parse(segment);

const bindSegment = binderOf(segmentRequest);

/**
 * Reads the name of a segment.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseSegmentName = (body: unknown): string => {
  const parsed = segmentRequest.safeParse(bindSegment(body));
  if (parsed.success) return parsed.data.name;
  throw new RollcallError('INVALID_REQUEST', describeIssues(parsed.error.issues));
};
