import type { Ambient } from '#domain/ambient.ts';
import { sumCounts } from '#domain/imports/counts.ts';
import type { Counts, ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import type { Page, PageRequest } from '#domain/page.ts';
import { findImport } from './find-import.ts';

export interface DescribeImportPorts extends Pick<Ambient, 'now'> {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks'>;
}

/** How far an import has come. */
export interface ImportProgress {
  readonly session: ImportSession;
  readonly counts: Counts;
  /** Absent until rows were read. */
  readonly rowsPerSecond?: number;
}

/**
 * One import with its counts, which are the sum of its chunks' while it runs.
 * @throws RollcallError NOT_FOUND
 */
export const describeImport = async (ports: DescribeImportPorts, sessionId: string): Promise<ImportProgress> =>
  progressOf(ports, await findImport(ports.imports, sessionId));

/** Imports with their counts, the newest first. */
export const listImports = async (
  ports: DescribeImportPorts & { readonly imports: Pick<ImportStore, 'list'> },
  page: PageRequest,
): Promise<Page<ImportProgress>> => {
  const { items, cursor } = await ports.imports.list(page);
  const progress = await Promise.all(items.map((session) => progressOf(ports, session)));
  return { items: progress, ...(cursor !== undefined && { cursor }) };
};

/** How far an import has come, with its counts. */
export const progressOf = async (
  { imports, now }: DescribeImportPorts,
  session: ImportSession,
): Promise<ImportProgress> => {
  const counts = session.counts ?? (await countsOfChunks(imports, session.sessionId));
  const seconds = session.startedAt
    ? (Date.parse(session.finishedAt ?? now()) - Date.parse(session.startedAt)) / 1000
    : 0;
  const isMeasurable = seconds > 0 && counts.read > 0;
  return {
    session,
    counts,
    ...(isMeasurable && { rowsPerSecond: Math.round((10 * counts.read) / seconds) / 10 }),
  };
};

const countsOfChunks = async (imports: Pick<ImportStore, 'listChunks'>, sessionId: string): Promise<Counts> =>
  sumCounts((await imports.listChunks(sessionId)).flatMap(({ counts }) => counts ?? []));
