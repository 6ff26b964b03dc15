import type { Problem, ProblemCode } from '../problem.ts';
import type { ColumnWarnings, Counts, RowOutcome, WarningCounts } from './import-session.ts';

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
    ...warningsIn(outcomes.flatMap(({ warnings = [] }) => warnings.map(warningOf))),
    ...warnedIn(outcomes.filter(({ warnings = [] }) => warnings.length > 0).length),
  };
};

/** A column is one, whichever element of a list it is that a warning is about. */
const warningOf = ({ code, field }: Problem): ColumnWarnings => ({
  code,
  column: field.replaceAll(/\[\d+\]/g, ''),
  count: 1,
});

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
  ...warningsIn(all.flatMap(byColumn)),
  ...warnedIn(all.reduce((sum, { warned = 0 }) => sum + warned, 0)),
});

/** Counts that were stored before columns were counted have codes only. */
const byColumn = ({ columnWarnings, warnings = {} }: Counts): readonly ColumnWarnings[] =>
  columnWarnings ?? codesOf(warnings).map(([code, count]) => ({ column: otherColumns, code, count }));

/** The codes of warnings with how many there are of each, the most frequent first. */
export const codesOf = (warnings: WarningCounts): (readonly [ProblemCode, number])[] =>
  (Object.entries(warnings) as [ProblemCode, number][]).sort(([, one], [, other]) => other - one);

/** The most columns and codes that are counted one by one, as counts are kept in one item of the table. */
export const maxColumnWarnings = 200;

/** What stands for all columns beyond. */
export const otherColumns = '…';

const warningsIn = (counted: readonly ColumnWarnings[]): Pick<Counts, 'warnings' | 'columnWarnings'> => {
  if (counted.length === 0) return {};
  const warnings: { [Code in ProblemCode]?: number } = {};
  for (const { code, count } of counted) warnings[code] = (warnings[code] ?? 0) + count;
  const columns = summed(counted).toSorted((one, other) => other.count - one.count);
  const kept = columns.slice(0, maxColumnWarnings);
  const others = columns.slice(maxColumnWarnings).map((one) => ({ ...one, column: otherColumns }));
  return { warnings, columnWarnings: others.length > 0 ? summed([...kept, ...others]) : kept };
};

const summed = (counted: readonly ColumnWarnings[]): ColumnWarnings[] => {
  const sums = new Map<string, ColumnWarnings>();
  for (const one of counted) {
    const key = `${one.code} ${one.column}`;
    sums.set(key, { ...one, count: one.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
};

const warnedIn = (warned: number): Pick<Counts, 'warned'> => (warned > 0 ? { warned } : {});

/** Whether every row of an import has exactly one outcome. */
export const addUp = ({ read, created, updated, unchanged, skipped, failed }: Counts, total: number): boolean =>
  read === total && read === created + updated + unchanged + skipped + failed;
