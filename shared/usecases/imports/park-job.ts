import type { ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore, ParkedJob } from '#domain/imports/ports.ts';

/**
 * Keeps a message of a paused session instead of sending it; `false` if the session was resumed meanwhile: then the
 * resuming request may have looked for the message too early, and the caller works on.
 */
export const parkJob = async (
  imports: Pick<ImportStore, 'find' | 'park'>,
  session: Pick<ImportSession, 'sessionId' | 'createdAt'>,
  job: ParkedJob,
): Promise<boolean> => {
  await imports.park(session, job);
  return (await imports.find(session.sessionId))?.state === 'PAUSED';
};

/** Whether a session was paused or cancelled meanwhile, so that its worker begins nothing further. */
export const isHeld = async (
  imports: Pick<ImportStore, 'find'>,
  { sessionId }: Pick<ImportSession, 'sessionId'>,
): Promise<boolean> => {
  const state = (await imports.find(sessionId))?.state;
  return state === 'PAUSED' || state === 'CANCELLED';
};
