import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import type { ControlRequest } from './import-arguments.ts';
import { inThousands } from './import-bar.ts';

const outcomes = ['removed', 'restored', 'kept', 'nothing', 'skipped'] as const;

const undo = z.object({
  state: z.enum(['RUNNING', 'PAUSED', 'CANCELLED', 'FINISHED']),
  dryRun: z.literal(true).optional(),
  finishedAt: z.string().optional(),
  counts: z.record(z.enum(outcomes), z.int()),
});

const controlled = z.object({ sessionId: z.uuid(), state: z.string(), undo: undo.optional() });

type Controlled = z.infer<typeof controlled>;

/** How long the next look at an undo waits. */
const lookEveryMilliseconds = 500;

/** Pauses, resumes, cancels or undoes an import, and returns what a person reads of it. An undo is followed to its end. */
export const controlImport = async (client: ApiClient, request: ControlRequest): Promise<string> => {
  const { command, sessionId, dryRun, suppressions } = request;
  const body = command === 'undo' ? { dryRun, suppressions } : undefined;
  const { text } = await client.call('POST', `/admin/v1/imports/${sessionId}/${command}`, body);
  const answered = controlled.parse(JSON.parse(text));
  if (command !== 'undo') return stateOf(answered);
  const done = await followUndo(client, answered);
  return [...undoneOf(done), `What became of each row: ${client.url}/admin/v1/imports/${sessionId}/rows`].join('\n');
};

const followUndo = async (client: ApiClient, first: Controlled): Promise<Controlled> => {
  let now = first;
  while (now.undo && now.undo.finishedAt === undefined && now.undo.state !== 'PAUSED') {
    await pause(lookEveryMilliseconds);
    now = controlled.parse(JSON.parse((await client.call('GET', `/admin/v1/imports/${first.sessionId}`)).text));
  }
  return now;
};

const stateOf = ({ sessionId, state, undo: its }: Controlled): string =>
  its && (its.finishedAt === undefined || its.state === 'CANCELLED')
    ? `Import ${sessionId} is ${state}, and its undo is ${its.state}`
    : `Import ${sessionId} is ${state}`;

const undoneOf = ({ sessionId, undo: its }: Controlled): string[] => {
  if (!its) return [`Import ${sessionId} was not undone`];
  const what = its.dryRun ? 'Nothing was written; undoing would make of the rows' : `The undo is ${its.state}`;
  const widest = Math.max(...outcomes.map((outcome) => inThousands(its.counts[outcome]).length));
  const lines = outcomes.map(
    (outcome) => `  ${outcome.padEnd(10)} ${inThousands(its.counts[outcome]).padStart(widest)}`,
  );
  return [what, ...lines];
};
