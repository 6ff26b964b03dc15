import type { CountJob, Report } from '#domain/counts/count-job.ts';
import type { Block, CountedDay, CountStore, SourceCounts } from '#domain/counts/ports.ts';
import { contactsPerBlock } from '#domain/counts/standing.ts';
import type { SumChange } from '#domain/counts/tally.ts';
import type { Step } from './step.ts';

/** What was told to be counted, and what was. */
export const emptyCountState = () => ({
  toCount: [] as (CountJob & { delaySeconds: number })[],
  countedBlocks: new Map<number, Block>(),
  countedReports: new Set<string>(),
  /** By their day, of which all contacts have none, and their name. */
  sums: new Map<string, number>(),
});

/** The counts in memory: a commit is a transaction. */
export const memoryCounts = (
  { countedBlocks, countedReports, sums }: ReturnType<typeof emptyCountState>,
  step: Step,
): CountStore => ({
  readBlocks: async (numbers) => {
    await step('readBlocks');
    return numbers.map(
      (number) => countedBlocks.get(number) ?? { number, bytes: new Uint8Array(contactsPerBlock), version: 0 },
    );
  },
  newReports: async (reports) => {
    await step('newReports');
    return reports.filter((report) => !countedReports.has(nameOf(report)));
  },
  commit: async ({ blocks, reports, changes }) => {
    await step('commitCounts');
    const isCurrent = blocks.every(({ number, version }) => (countedBlocks.get(number)?.version ?? 0) === version);
    if (!isCurrent || reports.some((report) => countedReports.has(nameOf(report)))) return false;
    for (const block of blocks) countedBlocks.set(block.number, { ...block, version: block.version + 1 });
    for (const report of reports) countedReports.add(nameOf(report));
    for (const change of changes) sums.set(sumOf(change), (sums.get(sumOf(change)) ?? 0) + change.by);
    return true;
  },
  read: async (fromDay) => {
    await step('readCounts');
    const days = [...new Set([...sums.keys()].map((key) => key.split(' ')[0] ?? ''))].filter(
      (day) => day !== '' && day >= fromDay,
    );
    return { contacts: sumsOf(sums, ''), days: days.toSorted().map((day) => dayIn(sums, day)) };
  },
});

const nameOf = ({ kind, id }: Report): string => `${kind} ${id}`;

const sumOf = ({ day = '', name }: SumChange): string => `${day} ${name}`;

const sumsOf = (sums: ReadonlyMap<string, number>, day: string): Record<string, number> =>
  Object.fromEntries(
    [...sums].flatMap(([key, count]) => (key.startsWith(`${day} `) ? [[key.slice(day.length + 1), count]] : [])),
  );

const dayIn = (sums: ReadonlyMap<string, number>, day: string): CountedDay => {
  const { asked = 0, confirmed = 0, bounced = 0, complained = 0, ...created } = sumsOf(sums, day);
  return { day, created: created as SourceCounts, asked, confirmed, bounced, complained };
};
