import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import { isObject } from '../imports/bind.ts';
import { importSettingsRequest, parseImportSettings } from '../imports/import-settings.ts';
import { parse } from '../parse.ts';
import { fileOptionsRequest, parseFileOptions } from './file-options.ts';

/** The body of `POST /admin/v1/uploads`. */
export const createUploadRequest = z
  .object({
    size: z.int().check(z.positive(), z.describe('Bytes of the file')),
    sha256: z
      .string()
      .check(z.regex(/^[A-Za-z0-9+/]{43}=$/), z.describe('The SHA-256 of the file, 32 bytes in base64')),
    fileName: z.optional(z.string().check(z.maxLength(255))),
  })
  .check(
    z.meta({
      id: 'CreateUpload',
      examples: [{ size: 1048576, sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', fileName: 'contacts.csv' }],
    }),
  );

/** The place for the file, and how to send it. */
export const createUploadResponse = z
  .object({
    uploadId: z.uuid(),
    url: z.url().check(z.describe('The file is sent there by PUT, once, without an API key')),
    headers: z.record(z.string(), z.string()).check(z.describe('What the PUT must carry, to the letter')),
    expiresAt: z.iso.datetime().check(z.describe('Until when the PUT has to begin')),
  })
  .check(z.meta({ id: 'OfferedUpload' }));

const dryRunRequest = z.object({
  dryRun: z._default(
    z.boolean().check(z.describe('Whether nothing is written: outcomes then say what would become of each row')),
    false,
  ),
});

/** The body of `POST /admin/v1/uploads/{uploadId}/import`. */
export const importUploadRequest = z
  .extend(z.extend(importSettingsRequest, fileOptionsRequest.shape), dryRunRequest.shape)
  .check(z.meta({ id: 'ImportUpload', examples: [{ dedupeOn: 'email', groupNames: ['Customers'] }] }));

/** A file that a caller is about to send. */
export type CreateUpload = z.output<typeof createUploadRequest>;

/**
 * Reads the body of `POST /admin/v1/uploads`.
 * @throws RollcallError INVALID_REQUEST that names every bad member, or a file that is too large.
 */
export const parseCreateUpload = (body: unknown, { maxBytes }: { readonly maxBytes: number }): CreateUpload => {
  const offer = parse(createUploadRequest, body);
  if (offer.size <= maxBytes) return offer;
  throw new RollcallError('INVALID_REQUEST', `size must be at most ${maxBytes}: larger files are not imported`);
};

/** How a file that a caller sent is to be imported. */
export interface ImportUpload {
  readonly settings: ImportSettings;
  readonly options: FileOptions;
  readonly dryRun: boolean;
}

/**
 * Reads the body of `POST /admin/v1/uploads/{uploadId}/import`; it may be absent.
 * @throws RollcallError INVALID_REQUEST that names every bad member.
 */
export const parseImportUpload = (body: unknown = {}): ImportUpload => {
  if (!isObject(body)) throw new RollcallError('INVALID_REQUEST', 'The body must be an object');
  const { dryRun } = parse(dryRunRequest, body);
  return { settings: parseImportSettings(body), options: parseFileOptions(body), dryRun };
};
