import type { Counts, ImportSession } from '#domain/imports/import-session.ts';
import type { ImportStore } from '#domain/imports/ports.ts';
import { findImport } from './find-import.ts';
import { type OutcomePorts, walkOutcomes } from './walk-outcomes.ts';

export interface ImportStatusPorts extends OutcomePorts {
  readonly imports: Pick<ImportStore, 'find' | 'listChunks'>;
}

/** Which contact a dedupe value came to. */
export interface MappingEntry {
  readonly dedupeValue: string;
  readonly contactId: number;
}

/** What contract 4.3 shows of an import. */
export interface ImportStatus {
  /** A paused import is IMPORTING to callers, and a cancelled one ended in ERROR. */
  readonly status: 'STARTED' | 'IMPORTING' | 'FINISHED' | 'ERROR';
  readonly description: string;
  /** Only when it is FINISHED. */
  readonly mapping?: readonly MappingEntry[];
}

/** As many entries as fit one answer of a function (an AWS Lambda limit); only our own routes show later rows. */
export const maxMappingEntries = 20_000;

/**
 * How an import went and, once it is FINISHED, which contact each row came to (contract 4.3).
 * @throws RollcallError NOT_FOUND
 */
export const getImportStatus = async (ports: ImportStatusPorts, sessionId: string): Promise<ImportStatus> => {
  const session = await findImport(ports.imports, sessionId);
  const status = statusOf(session);
  if (status !== 'FINISHED') return { status, description: descriptionOf(session) };
  return { status, description: descriptionOf(session), mapping: await mappingOf(ports, session) };
};

const statusOf = ({ state, pausedFrom = 'IMPORTING' }: ImportSession): ImportStatus['status'] => {
  if (state === 'PAUSED') return pausedFrom;
  return state === 'CANCELLED' ? 'ERROR' : state;
};

const mappingOf = async (ports: ImportStatusPorts, session: ImportSession): Promise<MappingEntry[]> => {
  const byContact = new Map<number, MappingEntry>();
  for await (const { outcomes } of walkOutcomes(ports, session)) {
    for (const { outcome, contactId, dedupeValue = '' } of outcomes) {
      if (contactId === undefined || outcome === 'skipped' || outcome === 'failed') continue;
      if (!byContact.has(contactId)) byContact.set(contactId, { dedupeValue, contactId });
    }
    if (byContact.size >= maxMappingEntries) break;
  }
  return [...byContact.values()].slice(0, maxMappingEntries);
};

const descriptionOf = ({ state, total, counts, reason, upload, file, dryRun }: ImportSession): string => {
  const contacts =
    upload && !file?.isComplete ? `${total} contacts, as far as the file was read,` : `${total} contacts`;
  switch (state) {
    case 'STARTED':
      if (upload && total === 0) return 'The file waits to be read';
      return `${contacts} wait to be ${dryRun ? 'tried' : 'imported'}`;
    case 'IMPORTING':
      return `${contacts} are being ${dryRun ? 'tried' : 'imported'}`;
    case 'PAUSED':
      return `The import is paused: ${contacts} go on once it is resumed`;
    case 'CANCELLED':
      return `${reason ?? 'The import was cancelled'}${counts ? `: ${inWords(counts)}` : ''}`;
    case 'ERROR':
      return reason ?? 'The import ended with an error';
    case 'FINISHED':
      return `${total} rows were ${dryRun ? 'tried and nothing was written' : 'read'}${counts ? `: ${inWords(counts)}` : ''}`;
  }
};

/** As many columns and codes as a description names. */
const maxNamed = 20;

const inWords = (counts: Counts): string => {
  const { created, updated, unchanged, skipped, failed, columnWarnings = [], warned = 0 } = counts;
  const outcomes = `${created} created, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed`;
  const named = columnWarnings.slice(0, maxNamed).map(({ column, code, count }) => `${count} ${code} in '${column}'`);
  const rest = columnWarnings.length > maxNamed ? ` and ${columnWarnings.length - maxNamed} more kinds` : '';
  return named.length > 0 ? `${outcomes}, ${warned} with warnings. Warnings: ${named.join(', ')}${rest}` : outcomes;
};
