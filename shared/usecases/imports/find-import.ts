import { RollcallError } from '#domain/error.ts';
import type { ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';

/**
 * The import session of an id.
 * @throws RollcallError NOT_FOUND if it is unknown or its time is over.
 */
export const findImport = async (imports: Pick<ImportStore, 'find'>, sessionId: string): Promise<ImportSession> => {
  const session = await imports.find(sessionId);
  if (session) return session;
  throw new RollcallError('NOT_FOUND', `Import session '${sessionId}' not found`);
};
