import { bulkBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { sessionId } from '../path-parameters.ts';
import { warningHeaders } from '../warning-header.ts';
import { contactsRequest, readContacts } from './add-contacts.ts';
import { contactsAnswer } from './add-contacts-answer.ts';
import {
  importResponse,
  importRowResponse,
  importStatusResponse,
  parseWantedRows,
  readUndo,
  rowsQuery,
  undoRequest,
} from './import-response.ts';

/** Add or update contacts in bulk (contract 4.2). */
export const addContacts = {
  name: 'addContacts',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Add or update contacts in bulk',
  description:
    'Accepts 1 to 3,000 contacts and imports them in the background. Contacts that can never be imported are answered at once in `failedContacts`; the import status says what became of the others.',
  body: { schema: contactsRequest, read: readContacts },
  maxBodyBytes: bulkBodyBytes,
  answer: contactsAnswer,
  headers: warningHeaders,
} as const satisfies OperationDefinition;

/** Get the status of an import (contract 4.3). */
export const getImportStatus = {
  name: 'getImportStatus',
  access: 'writeContacts',
  tag: 'Contacts',
  summary: 'Get the status of an import',
  description: 'Once it is FINISHED, `mapping` has the id of each contact. Poll it every few seconds.',
  path: { sessionId },
  answer: importStatusResponse,
} as const satisfies OperationDefinition;

/** List imports. */
export const listImports = {
  name: 'listImports',
  access: 'adminRead',
  tag: 'Imports',
  summary: 'List imports',
  description: 'Imports of the last days, the newest first.',
  list: { name: 'imports' },
  answer: importResponse,
} as const satisfies OperationDefinition;

/** Describe an import. */
export const describeImport = {
  name: 'describeImport',
  access: 'adminRead',
  tag: 'Imports',
  summary: 'Describe an import',
  description: 'How far an import has come, with its counts.',
  path: { sessionId },
  answer: importResponse,
} as const satisfies OperationDefinition;

/** Undo an import. */
export const undoImport = {
  name: 'undoImport',
  access: 'adminChange',
  tag: 'Imports',
  summary: 'Undo an import',
  description:
    'In the background: a contact that the import created and that nothing has touched since is erased; a member that the import changed and that still has the value which it wrote gets the former one; segments likewise. `undo` of the import says how far it is, and `GET …/rows` what became of each row. With `dryRun` nothing is written. With `suppressions` the suppressions go that the import, and nobody else, brought in. Undoing twice changes nothing; the undo is paused, resumed and cancelled as the import was, and one that was cancelled goes on with the rows that it skipped.',
  path: { sessionId },
  body: { schema: undoRequest, read: readUndo },
  isBodyOptional: true,
  answer: importResponse,
  conflict: 'The import is not over yet, or is a dry run.',
} as const satisfies OperationDefinition;

/** Pause an import. */
export const pauseImport = {
  name: 'pauseImport',
  access: 'adminChange',
  tag: 'Imports',
  summary: 'Pause an import',
  description:
    'Chunks that workers have are finished, and no other begins. The rows wait for as long as imports are kept. If the import is over and is being undone, its undo is paused. What is over stays as it is; repeating it is harmless.',
  path: { sessionId },
  answer: importResponse,
} as const satisfies OperationDefinition;

/** Resume a paused import. */
export const resumeImport = {
  name: 'resumeImport',
  access: 'adminChange',
  tag: 'Imports',
  summary: 'Resume an import',
  description:
    'A paused import, or a paused undo of one, goes on where it was held; any other stays as it is. Repeating it is harmless.',
  path: { sessionId },
  answer: importResponse,
} as const satisfies OperationDefinition;

/** Cancel an import. */
export const cancelImport = {
  name: 'cancelImport',
  access: 'adminChange',
  tag: 'Imports',
  summary: 'Cancel an import',
  description:
    'Chunks that workers have are finished; every other row gets the outcome `skipped` with the code `CANCELLED`, and a file is read no further. `importstatus` says ERROR. If the import is over and is being undone, its undo is cancelled: rows that were not undone have the outcome `skipped` of the undo. What is over stays as it is; repeating it is harmless.',
  path: { sessionId },
  answer: importResponse,
} as const satisfies OperationDefinition;

/** List the rows of an import. */
export const listImportRows = {
  name: 'listImportRows',
  access: 'adminRead',
  tag: 'Imports',
  summary: 'List the rows of an import',
  description:
    'What became of each row, in row order. While the import runs, rows are missing whose part is not over yet. A page may be short of its limit and still have a cursor.',
  path: { sessionId },
  query: { schema: rowsQuery, read: parseWantedRows },
  list: { name: 'rows' },
  answer: importRowResponse,
} as const satisfies OperationDefinition;

/** Download the rows of an import. */
export const downloadImportRows = {
  name: 'downloadImportRows',
  access: 'adminRead',
  tag: 'Imports',
  summary: 'Download the rows of an import',
  description:
    'The rows as a CSV file that can be corrected and imported again, with the column `error`. Cells that a spreadsheet would take for formulas begin with an apostrophe. If the rows do not fit one answer (about 5.5 MB, or 8 seconds of reading), the last line says so with `MORE_ROWS`, and the header `Link` with `rel="next"` leads to the next part.',
  path: { sessionId },
  query: { schema: rowsQuery, read: parseWantedRows },
  list: { name: 'rows', byDefault: 50_000, most: 50_000 },
  answer: 'csv',
} as const satisfies OperationDefinition;
