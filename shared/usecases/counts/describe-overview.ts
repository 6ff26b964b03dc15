import type { Ambient } from '#domain/ambient.ts';
import { dayOf } from '#domain/counts/count-job.ts';
import type { CountedDay, CountStore, DeadLetterReader, DeadLetters, SourceCounts } from '#domain/counts/ports.ts';
import { isClosed } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { type DescribeImportPorts, type ImportProgress, progressOf } from '../imports/describe-import.ts';

export interface OverviewPorts extends Pick<Ambient, 'now'> {
  readonly counts: Pick<CountStore, 'read'>;
  readonly imports: DescribeImportPorts['imports'] & Pick<ImportStore, 'list'>;
  readonly deadLetters: DeadLetterReader;
}

/** What people see first. */
export interface Overview {
  /** How many contacts there are, by source. */
  readonly contacts: SourceCounts;
  /** The last thirty days, today the last, those on which nothing happened included. */
  readonly days: readonly CountedDay[];
  /** The newest first. */
  readonly running: readonly ImportProgress[];
  readonly deadLetters: readonly DeadLetters[];
}

const days = 30;

/** Imports that are looked at for whether they run: older ones that still do are left out. */
const importsLookedAt = 50;

/** What was counted, what runs and what waits for a person. */
export const describeOverview = async (ports: OverviewPorts): Promise<Overview> => {
  const wanted = lastDays(ports.now());
  const [counted, imports, deadLetters] = await Promise.all([
    ports.counts.read(wanted[0] ?? ''),
    ports.imports.list({ limit: importsLookedAt }),
    ports.deadLetters.list(),
  ]);
  const byDay = new Map(counted.days.map((one) => [one.day, one]));
  return {
    contacts: counted.contacts,
    days: wanted.map((day) => byDay.get(day) ?? { ...nothing, day }),
    running: await Promise.all(
      imports.items.filter((session) => !isClosed(session)).map((session) => progressOf(ports, session)),
    ),
    deadLetters,
  };
};

const nothing: Omit<CountedDay, 'day'> = { created: {}, asked: 0, confirmed: 0, bounced: 0, complained: 0 };

const lastDays = (now: string): string[] =>
  Array.from({ length: days }, (_, index) =>
    dayOf(new Date(Date.parse(now) - (days - 1 - index) * 86_400_000).toISOString()),
  );
