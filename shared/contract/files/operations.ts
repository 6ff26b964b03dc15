import type { OperationDefinition } from '../operation.ts';
import { uploadId } from '../path-parameters.ts';
import { filePreviewResponse, parsePreviewUpload, previewUploadRequest } from './file-preview.ts';
import {
  createUploadRequest,
  createUploadResponse,
  importUploadRequest,
  parseCreateUpload,
  parseImportUpload,
} from './offered-upload.ts';
import { parseUploadContacts, uploadContactsRequest, uploadContactsResponse } from './upload-contacts.ts';

/** Add or update contacts from an external file (contract 4.9). */
export const uploadContacts = {
  name: 'uploadContacts',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Add or update contacts from an external file',
  description:
    'Fetches a CSV file from a link and imports its rows in the background, with all that a bulk request can ask for. If the file cannot be fetched or read, the import ends with ERROR, and its status says why.',
  body: { schema: uploadContactsRequest, read: parseUploadContacts },
  answer: uploadContactsResponse,
} as const satisfies OperationDefinition;

/** Offer a place for a file. */
export const createUpload = {
  name: 'createUpload',
  access: 'adminChange',
  tag: 'Imports',
  summary: 'Offer a place for a file',
  description:
    'Answers an address to which a file can be sent by PUT, for an hour. Its SHA-256 is checked: it must be the announced file.',
  body: { schema: createUploadRequest, read: parseCreateUpload },
  answer: createUploadResponse,
} as const satisfies OperationDefinition;

/** Import a file that was sent. */
export const importUpload = {
  name: 'importUpload',
  access: 'adminChange',
  tag: 'Imports',
  summary: 'Import a file that was sent',
  description:
    'Imports the rows of a file that lies in its place, in the background. Asking again for the same file answers the same import.',
  path: { uploadId },
  body: { schema: importUploadRequest, read: parseImportUpload },
  isBodyOptional: true,
  answer: uploadContactsResponse,
  conflict: 'No file was sent to its place yet, or another one than was named.',
} as const satisfies OperationDefinition;

/** Preview a file that was sent. */
export const previewUpload = {
  name: 'previewUpload',
  access: 'adminChange',
  tag: 'Imports',
  summary: 'Preview a file that was sent',
  description:
    'The first rows of a file that lies in its place, read as an import would read them, and what each column would be taken for. Nothing is imported.',
  path: { uploadId },
  body: { schema: previewUploadRequest, read: parsePreviewUpload },
  isBodyOptional: true,
  answer: filePreviewResponse,
  conflict: 'No file was sent to its place yet, or another one than was named.',
} as const satisfies OperationDefinition;
