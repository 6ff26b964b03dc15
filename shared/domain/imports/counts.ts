import type { ProblemCode } from '../problem.ts';
import type { Counts, RowOutcome, WarningCounts } from './import-session.ts';

/** No rows at all. */
export const noCounts: Counts = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };

/** How many rows ended how, and with how many warnings of each code. */
export const countOutcomes = (outcomes: readonly Pick<RowOutcome, 'outcome' | 'warnings'>[]): Counts => {
  const count = (wanted: RowOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    read: outcomes.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    skipped: count('skipped'),
    failed: count('failed'),
    ...warningsIn(outcomes.flatMap(({ warnings = [] }) => warnings.map(({ code }) => [code, 1] as const))),
  };
};

/** The sum of counts, member by member. */
export const sumCounts = (all: readonly Counts[]): Counts => ({
  ...all.reduce(
    (sum, one) => ({
      read: sum.read + one.read,
      created: sum.created + one.created,
      updated: sum.updated + one.updated,
      unchanged: sum.unchanged + one.unchanged,
      skipped: sum.skipped + one.skipped,
      failed: sum.failed + one.failed,
    }),
    noCounts,
  ),
  ...warningsIn(all.flatMap(({ warnings = {} }) => codesOf(warnings))),
});

/** The codes of warnings with how many there are of each, the most frequent first. */
export const codesOf = (warnings: WarningCounts): (readonly [ProblemCode, number])[] =>
  (Object.entries(warnings) as [ProblemCode, number][]).sort(([, one], [, other]) => other - one);

const warningsIn = (counted: readonly (readonly [ProblemCode, number])[]): Pick<Counts, 'warnings'> => {
  if (counted.length === 0) return {};
  const warnings: { [Code in ProblemCode]?: number } = {};
  for (const [code, count] of counted) warnings[code] = (warnings[code] ?? 0) + count;
  return { warnings };
};

/** Whether every row of an import has exactly one outcome. */
export const addUp = ({ read, created, updated, unchanged, skipped, failed }: Counts, total: number): boolean =>
  read === total && read === created + updated + unchanged + skipped + failed;
