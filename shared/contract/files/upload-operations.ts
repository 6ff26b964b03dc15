import type { OperationDescription } from '../operations.ts';
import { createUploadRequest, createUploadResponse, importUploadRequest } from './offered-upload.ts';
import { uploadContactsRequest, uploadContactsResponse } from './upload-contacts.ts';

/** The operations that import files, described. */
export const uploadOperations = {
  uploadContacts: {
    tag: 'Contacts',
    summary: 'Add or update contacts from an external file',
    description:
      'Fetches a CSV file from a link and imports its rows in the background, with all that a bulk request can ask for. Whatever keeps the file from being fetched or read ends the import with ERROR and is told by its status.',
    body: uploadContactsRequest,
    answer: uploadContactsResponse,
  },
  createUpload: {
    tag: 'Imports',
    summary: 'Offer a place for a file',
    description:
      'Answers where a file can be sent by PUT, for an hour. What arrives has to be the very file: its SHA-256 is checked.',
    body: createUploadRequest,
    answer: createUploadResponse,
  },
  importUpload: {
    tag: 'Imports',
    summary: 'Import a file that was sent',
    description:
      'Imports the rows of a file that lies in its place, in the background. Asking again for the same file answers the same import.',
    body: importUploadRequest,
    isBodyOptional: true,
    conflict: 'No file was sent to its place yet, or another one than was named.',
    answer: uploadContactsResponse,
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;
