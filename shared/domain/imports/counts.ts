import type { Counts, Outcome } from './import-session.ts';

/** No rows at all. */
export const noCounts: Counts = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };

/** How many rows ended how. */
export const countOutcomes = (outcomes: readonly { readonly outcome: Outcome }[]): Counts => {
  const count = (wanted: Outcome) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    read: outcomes.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    skipped: count('skipped'),
    failed: count('failed'),
  };
};

/** The sum of counts, member by member. */
export const sumCounts = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, one) => ({
      read: sum.read + one.read,
      created: sum.created + one.created,
      updated: sum.updated + one.updated,
      unchanged: sum.unchanged + one.unchanged,
      skipped: sum.skipped + one.skipped,
      failed: sum.failed + one.failed,
    }),
    noCounts,
  );

/** Whether every row of an import has exactly one outcome. */
export const addUp = ({ read, created, updated, unchanged, skipped, failed }: Counts, total: number): boolean =>
  read === total && read === created + updated + unchanged + skipped + failed;
