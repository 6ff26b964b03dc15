import * as z from 'zod';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';

const controlled = z.object({
  state: z.string(),
  finishedAt: z.string().optional(),
  undo: z
    .object({
      state: z.string(),
      dryRun: z.boolean().optional(),
      finishedAt: z.string().optional(),
      counts: z.record(z.string(), z.number()),
    })
    .optional(),
});

/** What can be asked of an import that was accepted. */
export type Control = 'pause' | 'resume' | 'cancel' | 'undo';

/** Pauses, resumes, cancels or undoes an import; a request that is answered 429 or 5xx is sent again, as callers do. */
export const control = (stack: TestStack, sessionId: string, action: Control, body?: object) =>
  waitFor(
    `${action} is answered`,
    async () => {
      const answer = await stack.request(
        'POST',
        `/admin/v1/imports/${sessionId}/${action}`,
        action === 'undo' ? { body: body ?? {} } : {},
      );
      if (answer.status === 429 || answer.status >= 500) return undefined;
      if (answer.status !== 200) throw new Error(`${action} is answered ${answer.status} ${answer.text}`);
      return controlled.parse(answer.json);
    },
    60,
  );

/** How an import and its undo are now. */
export const importOf = (stack: TestStack, sessionId: string) =>
  waitFor(
    'the import is answered',
    async () => {
      const { status, json } = await stack.request('GET', `/admin/v1/imports/${sessionId}`);
      return status === 200 && controlled.parse(json);
    },
    60,
  );

/** Waits until the undo of an import has told each row. */
export const undoOver = (stack: TestStack, sessionId: string, deadlineSeconds = 60) =>
  waitFor(
    'the undo is over',
    async () => {
      const { undo } = await importOf(stack, sessionId);
      return undo?.finishedAt !== undefined && undo;
    },
    deadlineSeconds,
  );
