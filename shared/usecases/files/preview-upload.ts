import { RollcallError } from '#domain/error.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { FileFormat, FileReader, FileSample } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { OfferedFiles, OfferedUploads } from '#domain/files/offered-upload.ts';
import type { UploadedFiles } from '#domain/files/ports.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { fileOrRefusal } from './import-upload.ts';
import { takeSample } from './take-sample.ts';

/** A column of a file, and what an import would take it for. */
export interface PreviewedColumn {
  /** From 0. */
  readonly index: number;
  readonly header: string;
  /** A member of a contact, what it asks of consent, or the id of a custom field; absent: it is not read. */
  readonly target?: string;
  /** Why it is not clear who may be written to: an import would stop before its first row. */
  readonly unclear?: string;
}

/** Finds out what the columns of a file mean, and what people should know of them. */
export type NameColumns = (
  format: FileFormat,
  rule: { readonly options: FileOptions; readonly definitions: ReadonlyMap<number, CustomField> },
  sample: FileSample,
) => { readonly columns: readonly PreviewedColumn[]; readonly notes: readonly string[] };

export interface PreviewUploadPorts extends Pick<FileReader, 'openFile'> {
  readonly fields: Pick<FieldStore, 'list'>;
  readonly offeredUploads: Pick<OfferedUploads, 'find'>;
  readonly offeredFiles: Pick<OfferedFiles, 'look'>;
  readonly uploadedFiles: Pick<UploadedFiles, 'open'>;
  readonly nameColumns: NameColumns;
}

/** The beginning of a file as an import would read it. */
export interface FilePreview {
  readonly format: FileFormat;
  readonly columns: readonly PreviewedColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Rows that are shown. */
const shownRows = 10;

/**
 * Reads the beginning of a file that was sent, exactly as an import of it would, and imports nothing.
 * @throws RollcallError NOT_FOUND for an upload that is unknown, UPLOAD_INCOMPLETE where its file is not there or another,
 * INVALID_REQUEST for a file that cannot be read, or not so.
 */
export const previewUpload = async (
  ports: PreviewUploadPorts,
  { uploadId, options }: { readonly uploadId: string; readonly options: FileOptions },
): Promise<FilePreview> => {
  const offer = await ports.offeredUploads.find(uploadId);
  if (!offer) throw new RollcallError('NOT_FOUND', `Upload '${uploadId}' not found`);
  const file = fileOrRefusal(await ports.offeredFiles.look(offer));
  const definitions = new Map((await ports.fields.list()).map((field) => [field.id, field]));
  try {
    const opened = await ports.openFile(ports.uploadedFiles.open(file), options);
    const sample = await takeSample(opened.rows());
    const { format } = opened;
    const { columns, notes } = ports.nameColumns(format, { options, definitions }, sample);
    return { format, columns, rows: sample.slice(0, shownRows), notes: [...format.notes, ...notes] };
  } catch (error) {
    if (error instanceof FileError) throw new RollcallError('INVALID_REQUEST', error.message);
    throw error;
  }
};
