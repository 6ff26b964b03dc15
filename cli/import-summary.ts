import { problemCodes } from '#domain/problem.ts';
import { inThousands } from './import-bar.ts';
import type { FollowedImport } from './import-run.ts';

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

/** What became of an import, for people. */
export const summaryOf = (done: FollowedImport): string => {
  const { state, dryRun, reason, read, startedAt, finishedAt, upload } = done;
  const seconds = startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : 0;
  const rate =
    seconds > 0 && read > 0 ? ` in ${seconds.toFixed(1)} s, ${inThousands(Math.round(read / seconds))} a second` : '';
  const found = warningCountOf(done);
  const tried = dryRun ? `${inThousands(read)} rows were tried` : `${inThousands(read)} rows`;
  const title = `${state}: ${tried}${found > 0 ? `, with ${counted(found, 'warning')}` : ''}`;
  const widest = Math.max(...outcomes.map((outcome) => inThousands(done[outcome]).length));
  return [
    `${title}${rate}${dryRun ? '; nothing was written, the import would make of them' : ''}`,
    ...(reason ? [reason] : []),
    ...outcomes.map((outcome) => `  ${outcome.padEnd(10)} ${inThousands(done[outcome]).padStart(widest)}`),
    ...warningsOf(done),
    ...segmentsOf(done),
    ...upload.notes.map((note) => `Note: ${note}`),
    `Import ${done.sessionId}`,
  ].join('\n');
};

/** How many warnings the rows of an import have. */
export const warningCountOf = ({ columnWarnings }: FollowedImport): number =>
  columnWarnings.reduce((sum, { count }) => sum + count, 0);

const counted = (count: number, noun: string): string => `${inThousands(count)} ${noun}${count === 1 ? '' : 's'}`;

/** What was left out of rows, which count as imported all the same: by code, and of each code by column. */
const warningsOf = ({ columnWarnings, warned }: FollowedImport): string[] => {
  if (columnWarnings.length === 0) return [];
  const codes = [...Map.groupBy(columnWarnings, ({ code }) => code)];
  return [
    `Warnings in ${counted(warned, 'row')}:`,
    ...codes.flatMap(([code, columns]) => [
      `  ${code}: ${meanings[code] ?? 'See docs/errors.md'}`,
      ...columns.map(({ column, count }) => `    ${inThousands(count)} x in ${column}`),
    ]),
  ];
};

/** The segments that tags, lists and groups became. */
const segmentsOf = ({ dryRun, upload: { segments } }: FollowedImport): string[] => {
  const names = (isNew: boolean) => segments.filter((one) => one.isNew === isNew).map(({ name }) => name);
  const made = dryRun ? 'would be made' : 'made';
  return [
    ...(names(true).length > 0 ? [`Segments of tags, ${made}: ${names(true).join(', ')}`] : []),
    ...(names(false).length > 0 ? [`Segments of tags, there before: ${names(false).join(', ')}`] : []),
  ];
};

const meanings: Readonly<Record<string, string>> = problemCodes;
