import * as z from 'zod/mini';
import { contactSources } from '#domain/contacts/contact.ts';
import type { CountJob } from '#domain/counts/count-job.ts';

const contactId = z.int().check(z.positive());
const day = z.iso.date();

const countJob = z.object({
  created: z.exactOptional(z.array(z.object({ source: z.enum(contactSources), day, ids: z.array(contactId) }))),
  changed: z.exactOptional(z.array(contactId)),
  isAgain: z.exactOptional(z.literal(true)),
  marks: z.exactOptional(z.array(z.object({ contactId, kind: z.enum(['asked', 'confirmed']), day }))),
  reports: z.exactOptional(z.array(z.object({ id: z.string(), kind: z.enum(['bounced', 'complained']), day }))),
});

/** Reads what there is to count. */
export const readCountJob = (body: unknown): CountJob => countJob.parse(body);
