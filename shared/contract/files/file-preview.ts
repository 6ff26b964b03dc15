import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { ColumnRule, FileFormat, FileSample } from '#domain/files/contact-file.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { isObject } from '../imports/bind.ts';
import { optionsOf } from './file-columns.ts';
import { fileOptionsRequest, parseFileOptions } from './file-options.ts';
import { targetsOf } from './found-columns.ts';
import { columnsByHeader } from './header-columns.ts';

/** The body of `POST /admin/v1/uploads/{uploadId}/preview`. */
export const previewUploadRequest = z
  .extend(fileOptionsRequest, {})
  .check(z.meta({ id: 'PreviewUpload', examples: [{ encoding: 'windows-1251' }] }));

/** What a column of a file becomes. */
export const columnTarget = z
  .string()
  .check(
    z.describe(
      'The member of a contact, what it says of consent, or the custom field by its id; absent: it is not read',
    ),
  );

/** The beginning of a file as an import would read it. */
export const filePreviewResponse = z
  .object({
    encoding: z.string(),
    delimiter: z.string(),
    columns: z.array(
      z.object({
        index: z.int().check(z.describe('Its place in a row, from 0')),
        header: z.string(),
        target: z.optional(columnTarget),
        unclear: z.optional(
          z
            .string()
            .check(
              z.describe('Why it is not clear who may be written to: an import would stop, and how to let it go on'),
            ),
        ),
      }),
    ),
    rows: z.array(z.array(z.string())).check(z.describe('The cells of the first rows')),
    notes: z.array(z.string()).check(z.describe('What people should know of how the file is read')),
  })
  .check(z.meta({ id: 'FilePreview' }));

/**
 * Reads how a file is to be previewed; the body may be absent.
 * @throws RollcallError INVALID_REQUEST that names every bad member.
 */
export const parsePreviewUpload = (body: unknown = {}): FileOptions => {
  if (!isObject(body)) throw new RollcallError('INVALID_REQUEST', 'The body must be an object');
  return parseFileOptions(body);
};

/** What an import would take each column of a file for. Without a header, nothing is known of any. */
export const namedColumns = (
  { header, width, kind }: FileFormat,
  { options: asked, definitions }: Pick<ColumnRule, 'options' | 'definitions'>,
  sample: FileSample,
) => {
  if (!header) {
    const columns = Array.from({ length: width }, (_, index) => ({ index, header: `column ${index + 1}` }));
    return { columns, notes: ['The first line is a contact and no header: the columns have no names'] };
  }
  if (kind === 'json') return { columns: [{ index: 0, header: header[0] ?? '', target: 'contact' }], notes: [] };
  const options = optionsOf(kind ? { kind } : {}, asked);
  const found = columnsByHeader(header, { options, definitions, settings: {} }, sample);
  const targets = targetsOf(found);
  const reasons = new Map(found.unclear.map(({ index, message }) => [index, message]));
  return {
    columns: header.map((text, index) => {
      const [target, unclear] = [targets.get(index), reasons.get(index)];
      return {
        index,
        header: text,
        ...(target !== undefined && { target }),
        ...(unclear !== undefined && { unclear }),
      };
    }),
    notes: found.notes,
  };
};

/** The beginning of a file as our own routes show it; long cells are cut. */
export const filePreviewBody = ({
  format,
  rows,
  ...preview
}: {
  readonly format: FileFormat;
  readonly columns: readonly {
    readonly index: number;
    readonly header: string;
    readonly target?: string;
    readonly unclear?: string;
  }[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}): z.output<typeof filePreviewResponse> =>
  filePreviewResponse.parse({
    ...preview,
    encoding: format.encoding,
    delimiter: format.delimiter,
    rows: rows.map((cells) => cells.map((cell) => cell.slice(0, longestCell).toWellFormed())),
  });

const longestCell = 500;
