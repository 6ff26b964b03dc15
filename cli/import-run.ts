import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import type { ImportProgress } from './import-bar.ts';
import type { Interruptions } from './interruptions.ts';

const acceptance = z.object({ asyncSessionId: z.uuid() });

const described = z.object({
  sessionId: z.uuid(),
  state: z.enum(['STARTED', 'IMPORTING', 'PAUSED', 'CANCELLED', 'FINISHED', 'ERROR']),
  dryRun: z.literal(true).optional(),
  upload: z.object({
    notes: z.array(z.string()).default([]),
    segments: z.array(z.object({ name: z.string(), isNew: z.boolean() })).default([]),
    isComplete: z.boolean().default(false),
  }),
  total: z.int(),
  read: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  failed: z.int(),
  columnWarnings: z.array(z.object({ column: z.string(), code: z.string(), count: z.int() })).default([]),
  warned: z.int().default(0),
  rowsPerSecond: z.number().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  reason: z.string().optional(),
});

/** An import as the API describes it. */
export type FollowedImport = z.infer<typeof described>;

/** How long the next look at an import waits. */
const lookEveryMilliseconds = 500;

/** Has a file imported that was sent, and returns the session. Throws `ApiRefusal` for settings that cannot be. */
export const startImport = async (
  client: ApiClient,
  uploadId: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const { text } = await client.call('POST', `/admin/v1/uploads/${uploadId}/import`, settings);
  return acceptance.parse(JSON.parse(text)).asyncSessionId;
};

/** What is told of an import while it is followed. */
export interface Following {
  readonly tell: (progress: ImportProgress) => void;
  readonly interruptions: Interruptions;
}

/**
 * Looks at an import until it is over, and reports its progress each time. Anyone who interrupts is asked what is to become of it;
 * if it is to be paused or left alone, it is returned as it is then.
 */
export const followImport = async (
  client: ApiClient,
  sessionId: string,
  { tell, interruptions }: Following,
): Promise<FollowedImport> => {
  for (;;) {
    const wish = await interruptions.take();
    if (wish === 'pause' || wish === 'cancel') await client.call('POST', `/admin/v1/imports/${sessionId}/${wish}`);
    const { text } = await client.call('GET', `/admin/v1/imports/${sessionId}`);
    const now = described.parse(JSON.parse(text));
    if (isOver(now) || wish === 'pause' || wish === 'leave') return now;
    tell({ ...now, isComplete: now.upload.isComplete, isPaused: now.state === 'PAUSED' });
    await pause(lookEveryMilliseconds);
  }
};

/** A cancelled import still skips rows until it has finished. */
const isOver = ({ state, finishedAt }: FollowedImport): boolean =>
  state === 'FINISHED' || state === 'ERROR' || (state === 'CANCELLED' && finishedAt !== undefined);
