import type { Ambient } from '#domain/ambient.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { ColumnRule, FileReader, ReadColumns } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { SplitCheckpoint, SplitQueue, UploadedFiles } from '#domain/files/ports.ts';
import { limitSegments } from '#domain/files/row-segments.ts';
import { chunksOfWindow, type FileWindow, windowsOf } from '#domain/files/split-window.ts';
import type { RowSegment, SplitJob, StoredFile } from '#domain/files/upload.ts';
import { type ImportChunk, type ImportRow, type ImportSession, isOver } from '#domain/imports/import-session.ts';
import type { ChunkQueue, ImportFiles, ImportStore, PredictionQueue } from '#domain/imports/ports.ts';
import { withoutSharedIds } from '#domain/imports/shared-ids.ts';
import type { SegmentStore } from '#domain/segments/ports.ts';
import { segmentNameKey } from '#domain/segments/segment.ts';
import { type ClosePorts, closeImport } from '../imports/close-import.ts';
import { isHeld, parkJob } from '../imports/park-job.ts';
import { sendChunks } from '../imports/send-chunks.ts';
import { takeSample } from './take-sample.ts';

export interface SplitPorts extends ClosePorts, Pick<Ambient, 'newId'>, Pick<FileReader, 'openFile' | 'resumeFile'> {
  readonly imports: ImportStore;
  readonly importFiles: Pick<ImportFiles, 'putWindow'>;
  readonly uploadedFiles: UploadedFiles;
  readonly fields: Pick<FieldStore, 'list'>;
  readonly segments: Pick<SegmentStore, 'findByNames'>;
  readonly chunkQueue: ChunkQueue;
  readonly splitQueue: SplitQueue;
  readonly predictionQueue: PredictionQueue;
  readonly readColumns: ReadColumns;
  /** ISO 3166-1 alpha-2 (contract 2.3). */
  readonly defaultCountry: string;
  /** Whether names that break the rules of contract 2.7 are left out. */
  readonly strictNames?: boolean;
  readonly junk?: ColumnRule['junk'];
  /** Rows that are cut together; absent: 10,000. */
  readonly windowSize?: number;
  /** Whether another window fits into the time that is left. */
  readonly hasTime: () => boolean;
}

/**
 * Cuts a file into chunks, window by window: a window's object first, then its chunks and the checkpoint in one write,
 * then its messages. If a worker crashes or runs short of time, another resumes from its last checkpoint; of two that
 * cut the same window one stops. A file that cannot be read to its end fails after its last good row.
 */
export const splitUpload = async (ports: SplitPorts, { sessionId, file }: SplitJob): Promise<void> => {
  const session = await ports.imports.find(sessionId);
  if (!session) return;
  const hasEnded = isOver(session);
  if (!hasEnded && session.fileError === undefined) {
    const end = await cutFile(ports, session, file);
    if (end === 'later') return goOnLater(ports, { sessionId, file });
    if (end instanceof FileError) await ports.imports.failFile(sessionId, `${end.code}: ${end.message}`);
  }
  await ports.uploadedFiles.remove(file);
  // Chunks of a dry run follow one another, each seeing what those before it would have written.
  if (session.dryRun && !hasEnded) await ports.predictionQueue.send([{ sessionId }]);
  await ports.imports.endSplit(sessionId);
  await closeImport(ports, sessionId);
};

/** Hands the file on to another worker; of a paused session, once it is resumed. */
const goOnLater = async (ports: SplitPorts, message: SplitJob): Promise<void> => {
  const session = await ports.imports.find(message.sessionId);
  const isPaused = session?.state === 'PAUSED';
  if (!isPaused || !(await parkJob(ports.imports, session, { queue: 'split', message }))) {
    await ports.splitQueue.send([message]);
  }
};

/** Cuts until the file has ended, cannot be read any further, or there is no time left. */
const cutFile = async (
  ports: SplitPorts,
  session: ImportSession,
  file: StoredFile,
): Promise<'ended' | 'later' | FileError> => {
  let checkpoint = await ports.imports.findCheckpoint(session.sessionId);
  // The worker that cut the last window may have crashed before it sent its messages.
  if (checkpoint) await sendChunks(ports, session, checkpoint);
  if (checkpoint && !checkpoint.position) return 'ended';
  if (await isHeld(ports.imports, session)) return 'later';
  try {
    const opened = await openFile(ports, session, { file, checkpoint });
    for await (const window of windowsOf(opened.rows(checkpoint?.position), opened.columns, ports.windowSize)) {
      if (window.error && window.rows.length === 0) return window.error;
      checkpoint = await addWindow(ports, session, { window, opened, before: checkpoint });
      await sendChunks(ports, session, checkpoint);
      if (window.error) return window.error;
      if (window.position && (!ports.hasTime() || (await isHeld(ports.imports, session)))) return 'later';
    }
    return 'ended';
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
};

/** Finds out how a file is to be read, or remembers. */
const openFile = async (
  ports: SplitPorts,
  { settings, upload = {} }: ImportSession,
  { file, checkpoint }: { readonly file: StoredFile; readonly checkpoint: SplitCheckpoint | undefined },
) => {
  const definitions = new Map((await ports.fields.list()).map((field) => [field.id, field]));
  const source = ports.uploadedFiles.open(file);
  const { format, rows } = checkpoint
    ? ports.resumeFile(source, checkpoint.format)
    : await ports.openFile(source, upload);
  const { defaultCountry, strictNames = false, junk } = ports;
  const rule = { settings, options: upload, definitions, defaultCountry, strictNames, ...(junk && { junk }) };
  // The same file has the same beginning, so every worker finds the same columns.
  const columns = ports.readColumns(format, rule, await takeSample(rows()));
  return { format, rows, columns, definitions };
};

type OpenedUpload = Awaited<ReturnType<typeof openFile>>;

/** Stores a window and returns the checkpoint after it. */
const addWindow = async (
  ports: SplitPorts,
  session: ImportSession,
  {
    window,
    opened: { format, columns, definitions },
    before = { windowCount: 0, rowCount: 0, chunkCount: 0, sentCount: 0, format },
  }: { readonly window: FileWindow; readonly opened: OpenedUpload; readonly before: SplitCheckpoint | undefined },
): Promise<SplitCheckpoint> => {
  const { sessionId, settings, upload } = session;
  const windowCount = before.windowCount + 1;
  const read = withoutSharedIds(window.rows, settings);
  const { rows, segments } = upload?.tagsToSegments
    ? await withSegments(ports, read, before.segments ?? [])
    : { rows: read };
  const rowsOfChunks = chunksOfWindow(rows, { ...settings, ...fieldOf(settings.fieldId, definitions) });
  const ranges =
    rowsOfChunks.length > 0
      ? await ports.importFiles.putWindow({ sessionId, number: windowCount, attemptId: ports.newId() }, rowsOfChunks)
      : [];
  const chunks = ranges.map(
    (range, index): ImportChunk => ({
      sessionId,
      number: before.chunkCount + index + 1,
      rowCount: rowsOfChunks[index]?.length ?? 0,
      ...range,
      state: 'open',
    }),
  );
  const checkpoint: SplitCheckpoint = {
    windowCount,
    rowCount: before.rowCount + window.rows.length,
    chunkCount: before.chunkCount + chunks.length,
    sentCount: before.chunkCount,
    format,
    ...(segments && { segments }),
    ...(window.position && { position: window.position }),
  };
  const { delimiter, encoding } = format;
  const notes = [...format.notes, ...columns.notes];
  const isComplete = !window.position;
  const facts = { delimiter, encoding, header: columns.header, notes, isComplete };
  const { targets } = columns;
  const more = { ...(targets && { targets }), ...(segments && { segments }) };
  const file = { ...facts, ...more, ...(format.kind === 'json' && { isJson: true as const }) };
  if (await ports.imports.addChunks(session, { chunks, checkpoint, file })) return checkpoint;
  throw new Error('Another delivery cuts the same file and was faster');
};

/** Rows with those of their segments that the file may name, which are looked up where they come first. */
const withSegments = async (
  { segments }: SplitPorts,
  given: readonly ImportRow[],
  before: readonly RowSegment[],
): Promise<{ readonly rows: readonly ImportRow[]; readonly segments: readonly RowSegment[] }> => {
  const { rows, names } = limitSegments(
    given,
    before.map(({ name }) => name),
  );
  const added = names.slice(before.length);
  const known = added.length > 0 ? await segments.findByNames(added) : [];
  const isKnown = new Set(known.map(({ name }) => segmentNameKey(name)));
  const found = added.map((name) => ({ name, isNew: !isKnown.has(segmentNameKey(name)) }));
  return { rows, segments: [...before, ...found] };
};

const fieldOf = (fieldId: number | undefined, definitions: ReadonlyMap<number, CustomField>) => {
  const field = fieldId === undefined ? undefined : definitions.get(fieldId);
  return field && { field };
};
