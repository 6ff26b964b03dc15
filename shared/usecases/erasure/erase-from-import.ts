import { blankOutcome, type Erasure, identitiesOfRow } from '#domain/erasure/erasure.ts';
import type { ImportChunk, ImportRow, ImportSession, RowOutcome } from '#domain/imports/import-session.ts';
import type { ImportFiles, ImportStore } from '#domain/imports/ports.ts';
import { fingerprint } from '#identity/fingerprint.ts';
import { submittedIdentities } from '#identity/submitted-identities.ts';

export interface EraseFromImportPorts {
  readonly imports: Pick<ImportStore, 'listChunks'>;
  readonly importFiles: Pick<
    ImportFiles,
    'readRows' | 'readOutcomes' | 'listWindows' | 'listOutcomes' | 'blankRows' | 'blankOutcomes' | 'forgetFormer'
  >;
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
}

/** An erasure and when it happened. */
export interface DatedErasure extends Erasure {
  readonly erasedAt: string;
}

/**
 * Blanks the rows and outcomes of an import that are about erased contacts: those that became these contacts, and those
 * that became none and carry an identity of theirs. A row that became another contact stays, whatever they share.
 * Returns whether all chunks were over; those that are not have to be looked at once they are.
 */
export const eraseFromImport = async (
  ports: EraseFromImportPorts,
  session: ImportSession,
  erasures: readonly DatedErasure[],
): Promise<boolean> => {
  const ids = new Set(erasures.map(({ contactId }) => contactId));
  const fingerprints = new Set(erasures.flatMap((erasure) => erasure.fingerprints));
  const chunks = await ports.imports.listChunks(session.sessionId);
  // Chunks of a session that could not be queued stay open for ever.
  const over = chunks.filter(({ state }) => state !== 'open' || session.state === 'ERROR');

  const rows = new Set<number>();
  const concerned = new Set<ImportChunk>();
  for (const chunk of over) {
    const found = await rowsAbout(ports, chunk, { ids, fingerprints });
    for (const row of found) rows.add(row);
    if (found.length > 0) concerned.add(chunk);
  }
  if (rows.size > 0) await blankRows(ports, session, { rows, chunks, concerned });

  await ports.importFiles.forgetFormer(session.sessionId, ids);
  const blank = (outcome: RowOutcome) =>
    rows.has(outcome.row) || (outcome.contactId !== undefined && ids.has(outcome.contactId))
      ? blankOutcome(outcome)
      : outcome;
  const counted = new Set(over.map(({ outcomesKey }) => outcomesKey));
  const concernedKeys = new Set([...concerned].map(({ outcomesKey }) => outcomesKey));
  for (const key of await ports.importFiles.listOutcomes(session.sessionId)) {
    // An attempt that crashed has left outcomes that no chunk names.
    if (concernedKeys.has(key) || !counted.has(key)) await ports.importFiles.blankOutcomes(key, blank);
  }
  return over.length === chunks.length && !isBeingCut(session);
};

/** A file that is still being cut will have more chunks. */
const isBeingCut = ({ upload, state }: ImportSession): boolean =>
  upload !== undefined && (state === 'STARTED' || state === 'IMPORTING');

/**
 * Blanks rows where their chunks have them, and in windows of a file that no chunk names, because their worker crashed.
 */
const blankRows = async (
  { importFiles }: EraseFromImportPorts,
  { sessionId, upload }: ImportSession,
  {
    rows,
    chunks,
    concerned,
  }: { rows: ReadonlySet<number>; chunks: readonly ImportChunk[]; concerned: ReadonlySet<ImportChunk> },
): Promise<void> => {
  const named = new Set(chunks.map(({ rowsKey }) => rowsKey));
  const givenUp = upload ? (await importFiles.listWindows(sessionId)).filter((key) => !named.has(key)) : [];
  for (const rowsKey of new Set([...[...concerned].map((chunk) => chunk.rowsKey), ...givenUp])) {
    await importFiles.blankRows({ sessionId, ...(rowsKey !== undefined && { rowsKey }) }, rows);
  }
};

interface Erased {
  readonly ids: ReadonlySet<number>;
  readonly fingerprints: ReadonlySet<string>;
}

/**
 * The numbers of a chunk's rows that are about erased contacts. If all rows became contacts, they are not even read.
 */
const rowsAbout = async (ports: EraseFromImportPorts, chunk: ImportChunk, { ids, fingerprints }: Erased) => {
  const outcomes = chunk.outcomesKey === undefined ? [] : await ports.importFiles.readOutcomes(chunk.outcomesKey);
  const contactOf = new Map(
    outcomes.flatMap(({ row, contactId }) => (contactId === undefined ? [] : [[row, contactId]])),
  );
  const own = [...contactOf].filter(([, contactId]) => ids.has(contactId)).map(([row]) => row);
  if (contactOf.size === chunk.rowCount) return own;

  const identitiesIn = (row: ImportRow) => ('draft' in row ? identitiesOfRow(row) : submittedIdentities(row, ports));
  const nobodys = (await ports.importFiles.readRows(chunk)).filter(({ row }) => !contactOf.has(row));
  const alike = nobodys.filter((row) => identitiesIn(row).some((identity) => fingerprints.has(fingerprint(identity))));
  return [...own, ...alike.map(({ row }) => row)];
};
