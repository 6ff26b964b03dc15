import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Difference, type Smoke } from './smoke.ts';

const acceptance = z.object({ asyncSessionId: z.uuid() });

const finished = (counts: Readonly<Record<'read' | 'created' | 'failed', number>>) =>
  z.object({
    state: z.literal('FINISHED'),
    read: z.literal(counts.read),
    created: z.literal(counts.created),
    failed: z.literal(counts.failed),
  });

/** The type of the event that each new contact of a run raises. */
export const eventTypeOf = ({ name }: Smoke): string => `${name}-new`;

/** A bulk request with one row that can never be imported, by the path with a slash as some callers have it. */
export const tryBulk = async (smoke: Smoke): Promise<void> => {
  const email = smoke.addressOf('bulk');
  const contacts = [
    { channels: [{ type: 'email', value: email }], firstName: 'Bulk', externalCustomerId: `${smoke.name}-bulk` },
    { channels: [{ type: 'email', value: 'no address' }] },
  ];
  const { asyncSessionId } = await smoke.ask({
    method: 'POST',
    path: '/api/v1/contacts/',
    body: { contacts, groupNames: [smoke.name], eventKeyForNewContacts: eventTypeOf(smoke) },
    answer: acceptance.extend({ id: z.literal(0), failedContacts: z.array(z.unknown()).length(1) }),
  });
  const { mapping } = await smoke.until({
    path: `/api/v1/importstatus/${asyncSessionId}`,
    answer: z.object({
      status: z.literal('FINISHED'),
      mapping: z.tuple([z.object({ dedupeValue: z.literal(email), contactId: z.int() })]),
    }),
  });
  await smoke.ask({
    path: `/admin/v1/imports/${asyncSessionId}`,
    answer: finished({ read: 2, created: 1, failed: 1 }),
  });
  await smoke.ask({
    path: `/api/v1/contact/${mapping[0].contactId}`,
    answer: z.object({
      id: z.literal(mapping[0].contactId),
      firstName: z.literal('Bulk'),
      channels: z.tuple([z.object({ type: z.literal('email'), value: z.literal(email) })]),
      groups: z.tuple([z.object({ name: z.literal(smoke.name) })]),
    }),
  });
};

/** The event of the new contact, over the bus and its rule into the log. */
export const tryEvents = async (smoke: Smoke): Promise<void> => {
  const event = z.object({
    eventTypeKey: z.literal(eventTypeOf(smoke)),
    contactId: z.int(),
    keyValue: z.literal(smoke.addressOf('bulk')),
    occurredAt: z.iso.datetime(),
  });
  await smoke.until({
    path: `/admin/v1/events?type=${eventTypeOf(smoke)}`,
    answer: z.object({ items: z.tuple([event]) }),
  });
};

/** A file that is sent to the bucket, and imported from there. */
export const tryUpload = async (smoke: Smoke): Promise<void> => {
  const file = Buffer.from(`email,firstName\n${smoke.addressOf('file')},File\nno address,Nobody\n`);
  const sha256 = createHash('sha256').update(file).digest('base64');
  const { uploadId, url, headers } = await smoke.ask({
    method: 'POST',
    path: '/admin/v1/uploads',
    body: { size: file.length, sha256, fileName: `${smoke.name}.csv` },
    answer: z.object({ uploadId: z.uuid(), url: z.url(), headers: z.record(z.string(), z.string()) }),
  });
  const put = await fetch(url, { method: 'PUT', headers, body: file });
  if (!put.ok) throw new Difference(`The bucket answered ${put.status} ${await put.text()} to the file`);
  const { asyncSessionId } = await smoke.ask({
    method: 'POST',
    path: `/admin/v1/uploads/${uploadId}/import`,
    body: { groupNames: [smoke.name] },
    answer: acceptance,
  });
  await smoke.until({
    path: `/admin/v1/imports/${asyncSessionId}`,
    answer: finished({ read: 2, created: 1, failed: 1 }),
  });
};
