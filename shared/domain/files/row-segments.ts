import type { ImportRow } from '../imports/import-session.ts';
import type { Problem } from '../problem.ts';
import { segmentNameKey } from '../segments/segment.ts';

/** The most segments that the tags of one file make, so that a column of remarks does not flood a stage with them. */
export const maxRowSegments = 300;

/** Rows that join no more segments than a file may name, and the names that the file has named so far. */
export interface LimitedRows {
  readonly rows: readonly ImportRow[];
  readonly names: readonly string[];
}

/**
 * Takes the names of segments out of rows that are beyond the limit of their file, with a warning for each; in every row a name
 * is written as it came first.
 */
export const limitSegments = (rows: readonly ImportRow[], before: readonly string[]): LimitedRows => {
  const names = new Map(before.map((name) => [segmentNameKey(name), name]));
  const limited = rows.map((row): ImportRow => {
    if (!('draft' in row) || !row.draft.segmentNames) return row;
    const { segmentNames, ...draft } = row.draft;
    const warnings: Problem[] = [];
    const kept = segmentNames.flatMap((name) => {
      const key = segmentNameKey(name);
      if (!names.has(key) && names.size < maxRowSegments) names.set(key, name);
      const known = names.get(key);
      if (known === undefined) warnings.push(leftOut(name));
      return known ?? [];
    });
    return {
      ...row,
      draft: { ...draft, ...(kept.length > 0 && { segmentNames: kept }) },
      ...(warnings.length > 0 && { warnings: [...(row.warnings ?? []), ...warnings] }),
    };
  });
  return { rows: limited, names: [...names.values()] };
};

const leftOut = (name: string): Problem => ({
  code: 'SEGMENT_LEFT_OUT',
  field: 'tags',
  message: `'${name}' makes no segment, as a file makes at most ${maxRowSegments}`,
});
