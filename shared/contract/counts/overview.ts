import * as z from 'zod/mini';
import { contactSources } from '#domain/contacts/contact.ts';
import type { CountedDay, DeadLetters, SourceCounts } from '#domain/counts/ports.ts';
import { importResponse } from '../imports/import-response.ts';

const bySource = z
  .partialRecord(z.enum(contactSources), z.int())
  .check(
    z.meta({ description: 'By how they came; a source that none came by is absent', examples: [{ IMPORT: 3000 }] }),
  );

/** A day in UTC. */
const dayResponse = z.object({
  day: z.iso.date(),
  created: z.int().check(z.describe('New contacts, whatever became of them since')),
  createdBySource: bySource,
  confirmationsAsked: z
    .int()
    .check(z.describe('People who were asked to confirm their address for the first time on this day')),
  confirmationsGiven: z.int().check(z.describe('People who confirmed for the first time on this day')),
  bounces: z.int().check(z.describe('Messages that came back')),
  complaints: z.int().check(z.describe('Messages that were reported as spam')),
});

/** The answer of `GET /admin/v1/overview`. */
export const overviewResponse = z
  .object({
    contacts: z.int().check(z.describe('Contacts that are neither deleted nor erased')),
    contactsBySource: bySource,
    days: z.array(dayResponse).check(z.describe('The last 30 days in UTC; today is the last one')),
    runningImports: z.array(importResponse).check(z.describe('Those of the newest 50 imports that are not over')),
    deadLetters: z.array(
      z.object({
        queue: z.string(),
        waiting: z.int().check(z.describe('Messages that wait for a person; about as many, as Amazon SQS says')),
        alarm: z.string().check(z.describe('The alarm that rings while any wait')),
        runbook: z.string().check(
          z.meta({
            description: 'The section of the runbook that says what to do',
            examples: ['docs/runbook.md#a-subscription-was-not-told'],
          }),
        ),
      }),
    ),
  })
  .check(z.meta({ id: 'Overview' }));

/** What is shown of an overview, whose imports are bodies already. */
export const overviewBody = ({
  contacts,
  days,
  runningImports,
  deadLetters,
}: {
  readonly contacts: SourceCounts;
  readonly days: readonly CountedDay[];
  readonly runningImports: readonly z.output<typeof importResponse>[];
  readonly deadLetters: readonly DeadLetters[];
}): z.output<typeof overviewResponse> =>
  overviewResponse.parse({
    contacts: sumOf(contacts),
    contactsBySource: present(contacts),
    days: days.map(({ day, created, asked, confirmed, bounced, complained }) => ({
      day,
      created: sumOf(created),
      createdBySource: present(created),
      confirmationsAsked: asked,
      confirmationsGiven: confirmed,
      bounces: bounced,
      complaints: complained,
    })),
    runningImports,
    deadLetters: deadLetters.map(({ runbook, ...queue }) => ({ ...queue, runbook: `docs/runbook.md#${runbook}` })),
  });

const sumOf = (counts: SourceCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const present = (counts: SourceCounts): SourceCounts =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
