import type { UploadStore } from '#domain/files/ports.ts';
import { chunkKey, type ImportStateMaps } from './memory-imports.ts';
import type { Step } from './step.ts';

/** Sessions whose files are being cut, in memory; each of its writes is all or nothing, as a transaction is. */
export const memoryUploads = (
  { sessions, chunks, checkpoints, splitting }: ImportStateMaps,
  step: Step,
): UploadStore => ({
  createUpload: async (session) => {
    await step(`createUpload ${session.sessionId}`);
    if (sessions.has(session.sessionId)) return false;
    sessions.set(session.sessionId, session);
    splitting.add(session.sessionId);
    return true;
  },
  findCheckpoint: async (sessionId) => {
    await step(`findCheckpoint ${sessionId}`);
    return checkpoints.get(sessionId);
  },
  addChunks: async ({ sessionId }, { chunks: added, checkpoint, file }) => {
    await step(`addChunks ${sessionId} ${checkpoint.windowCount}`);
    const session = sessions.get(sessionId);
    const windowCount = checkpoints.get(sessionId)?.windowCount ?? 0;
    if (!session || !splitting.has(sessionId) || windowCount + 1 !== checkpoint.windowCount) return false;
    for (const chunk of added) chunks.set(chunkKey(chunk), chunk);
    checkpoints.set(sessionId, checkpoint);
    sessions.set(sessionId, { ...session, total: checkpoint.rowCount, chunkCount: checkpoint.chunkCount, file });
    return true;
  },
  endSplit: async (sessionId) => {
    await step(`endSplit ${sessionId}`);
    splitting.delete(sessionId);
  },
  failFile: async (sessionId, fileError) => {
    await step(`failFile ${sessionId}`);
    const session = sessions.get(sessionId);
    const checkpoint = checkpoints.get(sessionId);
    if (!session || (checkpoint && !checkpoint.position) || !splitting.delete(sessionId)) return;
    sessions.set(sessionId, { ...session, fileError });
  },
});
