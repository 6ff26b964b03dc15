import { inThousands } from './import-bar.ts';
import type { FollowedImport } from './import-run.ts';

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

/** What became of an import, for people. */
export const summaryOf = (done: FollowedImport): string => {
  const { state, dryRun, reason, read, startedAt, finishedAt, upload } = done;
  const seconds = startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : 0;
  const rate =
    seconds > 0 && read > 0 ? ` in ${seconds.toFixed(1)} s, ${inThousands(Math.round(read / seconds))} a second` : '';
  const title = dryRun ? `${state}: ${inThousands(read)} rows were tried` : `${state}: ${inThousands(read)} rows`;
  const widest = Math.max(...outcomes.map((outcome) => inThousands(done[outcome]).length));
  return [
    `${title}${rate}${dryRun ? '; nothing was written, the import would make of them' : ''}`,
    ...(reason ? [reason] : []),
    ...outcomes.map((outcome) => `  ${outcome.padEnd(10)} ${inThousands(done[outcome]).padStart(widest)}`),
    ...upload.notes.map((note) => `Note: ${note}`),
    `Import ${done.sessionId}`,
  ].join('\n');
};
