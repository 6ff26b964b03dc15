import * as z from 'zod/mini';
import { importStates } from '#domain/contacts/consent.ts';
import {
  type Counts,
  dedupeKeys,
  type ImportSession,
  maskMembers,
  type RowOutcome,
  type WantedRows,
} from '#domain/imports/import-session.ts';
import { type UndoOptions, undoOutcomes, undoStates } from '#domain/imports/undone-rows.ts';
import { columnTarget } from '../files/file-preview.ts';
import { parse } from '../parse.ts';
import { isProblemCode, problemCode } from './problem-code.ts';

const importState = z.enum(['STARTED', 'IMPORTING', 'FINISHED', 'ERROR']);

/** Those of an import as our own routes show them. */
const ownImportState = z.enum(['STARTED', 'IMPORTING', 'PAUSED', 'CANCELLED', 'FINISHED', 'ERROR']);

/** Contract 4.3. */
export const importStatusResponse = z
  .object({
    status: importState,
    description: z.string().check(z.describe('For people; the reason if it ended with ERROR')),
    mapping: z.optional(
      z
        .array(z.object({ dedupeValue: z.string(), contactId: z.int() }))
        .check(z.describe('Each imported contact with the value that it was matched by; only when FINISHED')),
    ),
  })
  .check(
    z.meta({
      id: 'ImportStatus',
      examples: [
        {
          status: 'FINISHED',
          description: '1 rows were read: 1 created, 0 updated, 0 unchanged, 0 skipped, 0 failed',
          mapping: [{ dedupeValue: 'mail@example.com', contactId: 123 }],
        },
      ],
    }),
  );

/** What is known of the file of an import. */
const uploadResponse = z.object({
  link: z.optional(z.string().check(z.describe('Without its credentials'))),
  fileName: z.optional(z.string()),
  encoding: z.optional(z.string().check(z.describe('As it was named, or found once the file was opened'))),
  delimiter: z.optional(z.string()),
  sheet: z.optional(z.string().check(z.describe('As it was given, like the members below, up to `columns`'))),
  fieldMapping: z.optional(z.record(z.string(), z.string())),
  source: z.optional(z.string()),
  consentWords: z.optional(z.record(z.string(), z.string())),
  dateFormat: z.optional(z.string()),
  defaultCountry: z.optional(z.string()),
  keepIds: z.optional(z.boolean()),
  tagsToSegments: z.optional(z.boolean()),
  columns: z.optional(
    z
      .array(
        z.object({
          header: z.string(),
          target: z.optional(columnTarget),
        }),
      )
      .check(z.describe('What each column of the file became, once its header was read')),
  ),
  notes: z.optional(z.array(z.string()).check(z.describe('What people should know of how the file was read'))),
  segments: z.optional(
    z
      .array(z.object({ name: z.string(), isNew: z.boolean().check(z.describe('Whether this import makes it')) }))
      .check(z.describe('The segments that tags, lists and groups name, as far as the file was read')),
  ),
  isComplete: z.optional(z.boolean().check(z.describe('Whether it was read to its end, so that `total` stays'))),
});

/** What was asked for beside the rows. */
const importSettings = z.object({
  dedupeOn: z.enum(dedupeKeys),
  fieldId: z.optional(z.int()),
  contactFields: z.optional(z.array(z.enum(maskMembers))),
  customFieldsIDs: z.array(z.int()),
  groupNames: z.array(z.string()),
  groupNamesExclude: z.array(z.string()),
  restoreDeleted: z.boolean(),
  importMode: z.optional(z.enum(['create', 'update'])),
  eventKeyForNewContacts: z.optional(z.string()),
  importAs: z.optional(z.enum(importStates).check(z.describe('What everybody in it counts as at least'))),
  allowSharedIds: z.optional(z.literal(true)),
});

/** The undo of an import, or the latest dry run of one. */
const undoResponse = z.object({
  state: z.enum(undoStates).check(z.describe('`CANCELLED` with `finishedAt` once the rows that were left are skipped')),
  dryRun: z.optional(z.literal(true)),
  suppressions: z.optional(z.literal(true).check(z.describe('It lifts the suppressions that the import brought in'))),
  startedAt: z.iso.datetime(),
  finishedAt: z.optional(z.iso.datetime()),
  counts: z
    .object({ removed: z.int(), restored: z.int(), kept: z.int(), nothing: z.int(), skipped: z.int() })
    .check(z.describe('In rows; all zero until it is over')),
});

/** What `POST …/undo` takes. */
export const undoRequest = z
  .object({
    dryRun: z._default(z.boolean().check(z.describe('Only say what undoing would do')), false),
    suppressions: z._default(
      z.boolean().check(z.describe('Lift the suppressions that the import, and nobody else, brought in')),
      false,
    ),
  })
  .check(z.meta({ id: 'UndoImport', examples: [{ dryRun: true }] }));

/** Reads how an import is to be undone; without a body, for good. */
export const readUndo = (body: unknown = {}): UndoOptions => parse(undoRequest, body);

/** An import on our own routes. */
export const importResponse = z
  .object({
    sessionId: z.uuid(),
    state: ownImportState,
    createdBy: z.optional(z.string().check(z.describe('The name of the API key that asked for it'))),
    settings: importSettings,
    dryRun: z.optional(z.literal(true).check(z.describe('Nothing is written; the counts say what would be'))),
    upload: z.optional(uploadResponse),
    total: z.int().check(z.describe('Contacts submitted; of a file those that were read so far')),
    read: z.int().check(z.describe('Contacts that have an outcome; it is the sum of the five below')),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    skipped: z.int(),
    failed: z.int(),
    warnings: z
      .record(z.string(), z.int())
      .check(z.meta({ description: 'How many warnings of each code the rows have', examples: [{ INVALID_NAME: 12 }] })),
    columnWarnings: z
      .array(z.object({ column: z.string(), code: problemCode, count: z.int() }))
      .check(z.describe('The same by column, the most frequent first; `…` stands for all columns beyond 200')),
    warned: z.int().check(z.describe('Rows with warnings, whatever their outcome')),
    rowsPerSecond: z.optional(z.number()),
    createdAt: z.iso.datetime(),
    startedAt: z.optional(z.iso.datetime()),
    finishedAt: z.optional(z.iso.datetime()),
    undo: z.optional(undoResponse),
    reason: z.optional(z.string().check(z.describe('Why it ended with ERROR, or that it was cancelled'))),
  })
  .check(z.meta({ id: 'Import' }));

const warning = z.object({ field: z.string(), code: problemCode, message: z.string() });

const outcomeNames = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

const outcomeName = z.enum(outcomeNames);

/** What became of one row, on our own routes. */
export const importRowResponse = z
  .object({
    row: z.int().check(z.describe('Its place among the contacts of the request or the rows of the file, from 1')),
    line: z.optional(
      z.int().check(z.describe('The line of the file on which it begins, or the row of the sheet, from 1')),
    ),
    entry: z.optional(z.string().check(z.describe('The file in which it is, of an archive of several'))),
    outcome: outcomeName,
    contactId: z.optional(z.int()),
    code: z.optional(problemCode),
    field: z.optional(z.string().check(z.describe('The member or the column of the file that it is about'))),
    message: z.optional(z.string()),
    warnings: z.optional(z.array(warning)),
    undo: z.optional(
      z
        .object({
          outcome: z.enum(undoOutcomes),
          reasons: z.optional(
            z.array(z.string()).check(z.describe('Why the contact, or which member, stays as it is')),
          ),
        })
        .check(z.describe('What undoing the import made of the row, or would make of it')),
    ),
  })
  .check(z.meta({ id: 'ImportRow' }));

/** The parameters that choose rows. */
export const rowsQuery = z.object({
  outcome: z.optional(
    z.enum([...outcomeNames, 'warned']).check(z.describe('`warned`: rows with warnings, whatever their outcome')),
  ),
  warnings: z.optional(
    z.string().check(
      z.refine((text) => /^(true|false)$/i.test(text) || isProblemCode(text), 'be true, or the code of a warning'),
      z.meta({
        description: '`true`: only rows with warnings; a code: only rows with that one',
        examples: ['true', 'INVALID_PHONE'],
      }),
    ),
  ),
});

/**
 * Reads which rows of an import are wanted.
 * @throws RollcallError INVALID_REQUEST.
 */
export const parseWantedRows = (query: unknown): WantedRows => {
  const { outcome, warnings = 'false' } = parse(rowsQuery, query);
  const isAny = outcome === 'warned' || warnings.toLowerCase() === 'true';
  return {
    ...(outcome && outcome !== 'warned' && { outcome }),
    ...(isProblemCode(warnings) ? { warnings } : isAny && { warnings: true }),
  };
};

/** An import with its counts as our own routes show it. */
export const importBody = (progress: {
  readonly session: ImportSession;
  readonly counts: Counts;
  readonly rowsPerSecond?: number;
}): z.output<typeof importResponse> => {
  const { upload, file, ...session } = progress.session;
  return importResponse.parse({
    ...session,
    ...(upload && { upload: { ...upload, ...file, ...columnsOf(file) } }),
    ...progress.counts,
    warnings: progress.counts.warnings ?? {},
    columnWarnings: progress.counts.columnWarnings ?? [],
    warned: progress.counts.warned ?? 0,
    rowsPerSecond: progress.rowsPerSecond,
  });
};

const columnsOf = (file: ImportSession['file']) =>
  file?.targets && {
    columns: file.header.map((header, index) => {
      const target = file.targets?.[index];
      return { header, ...(target && { target }) };
    }),
  };

/** A row's outcome as our own routes show it. */
export const importRowBody = ({ error, ...outcome }: RowOutcome): z.output<typeof importRowResponse> =>
  importRowResponse.parse({ ...outcome, ...error });
