import type { ConsentState, Refusals } from '../contacts/consent.ts';
import type { ContactDraft } from '../contacts/contact.ts';
import type { FileFacts, Upload } from '../files/upload.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import type { ImportUndo, UndoneRow } from './undone-rows.ts';

/** How contacts are matched (contract 3.4). */
export const dedupeKeys = [
  'email',
  'sms',
  'email_or_sms',
  'push',
  'webpush',
  'id',
  'fieldId',
  'externalCustomerId',
] as const;

export type DedupeOn = (typeof dedupeKeys)[number];

/** The members that an update mask can name (contract 4.2). */
export const maskMembers = [
  'firstName',
  'lastName',
  'email',
  'sms',
  'mobilepush',
  'webpush',
  'address',
  'town',
  'region',
  'postcode',
  'contactKey',
  'ordersInfo',
  'languageCode',
  'timeZone',
  'externalCustomerId',
] as const;

export type MaskMember = (typeof maskMembers)[number];

/** What one import asks for beside its rows (contract 4.2). */
export interface ImportSettings {
  readonly dedupeOn: DedupeOn;
  readonly fieldId?: number;
  readonly contactFields?: readonly MaskMember[];
  readonly customFieldsIDs: readonly number[];
  readonly groupNames: readonly string[];
  readonly groupNamesExclude: readonly string[];
  readonly restoreDeleted: boolean;
  /** Rows only create contacts, or only update them; both if absent. */
  readonly importMode?: 'create' | 'update';
  readonly eventKeyForNewContacts?: string;
  /** What everybody of the import counts as at least, e.g. a whole list of those who unsubscribed. */
  readonly importAs?: ConsentState;
  /** Whether one externalCustomerId may stand beside several e-mail addresses and several phones. */
  readonly allowSharedIds?: true;
}

/** Where a row of a file stands, so that people find it again. */
export interface RowOrigin {
  /** The physical line of the file on which it begins, from 1. */
  readonly line?: number;
  /** The file of an archive of several in which it stands. */
  readonly entry?: string;
  /** Its cells as they are in the file. */
  readonly cells?: readonly string[];
  /** What it says against writing to the person, whatever else becomes of it. */
  readonly refusals?: Refusals;
  /** Addresses of the person in it that no draft has. */
  readonly addresses?: readonly string[];
}

/** A row to save, numbered from 1. */
export interface DraftRow extends RowOrigin {
  readonly row: number;
  readonly draft: ContactDraft;
  readonly warnings?: readonly Problem[];
}

/** A row that can never be saved and only wants its outcome, with its original values by column. */
export interface RefusedRow extends RowOrigin {
  readonly row: number;
  readonly errors: readonly Problem[];
  readonly values: Readonly<Record<string, string>>;
}

/** A row as it waits for its chunk. */
export type ImportRow = DraftRow | RefusedRow;

export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed';

/** What became of one row, exactly one for every row. `row` counts from 1. */
export interface RowOutcome {
  readonly row: number;
  /** The physical line of the file on which it begins, from 1; absent for rows of a request. */
  readonly line?: number;
  /** The file of an archive of several in which it stands. */
  readonly entry?: string;
  readonly outcome: Outcome;
  readonly contactId?: number;
  /** The value that contacts were matched by (contract 4.3). */
  readonly dedupeValue?: string;
  /** Why the row failed or was skipped. */
  readonly error?: Problem;
  readonly warnings?: readonly Problem[];
  /** What undoing the import made of the row; only where rows are listed. */
  readonly undo?: Pick<UndoneRow, 'outcome' | 'reasons'>;
}

/** How many warnings of each code the rows of an import have; a code that none has is absent. */
export type WarningCounts = { readonly [Code in ProblemCode]?: number };

/** How many warnings of one code the rows have in one column of a file, or one member of a contact. */
export interface ColumnWarnings {
  readonly column: string;
  readonly code: ProblemCode;
  readonly count: number;
}

/** How many rows ended how. `read` is their sum. */
export interface Counts {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  /** Absent if no row has any. */
  readonly warnings?: WarningCounts;
  /** The same by column, the most frequent first; beyond `maxColumnWarnings` they are counted as of other columns. */
  readonly columnWarnings?: readonly ColumnWarnings[];
  /** How many rows have any; absent if none has. */
  readonly warned?: number;
}

/** Which rows of an import are wanted: every one if nothing is said. */
export interface WantedRows {
  readonly outcome?: Outcome;
  /** Only rows with warnings, or with one of this code. */
  readonly warnings?: true | ProblemCode;
}

/** Contract 4.3, and two states that only our own routes show: `PAUSED` and `CANCELLED`. */
export type ImportState = 'STARTED' | 'IMPORTING' | 'PAUSED' | 'CANCELLED' | 'FINISHED' | 'ERROR';

/** Whether no further row of a session is read or imported. */
export const isOver = ({ state }: { readonly state: ImportState }): boolean =>
  state === 'FINISHED' || state === 'ERROR' || state === 'CANCELLED';

/** Whether a session has its final counts: a cancelled one gets them once each of its chunks is over. */
export const isClosed = ({ state, finishedAt }: Pick<ImportSession, 'state' | 'finishedAt'>): boolean =>
  isOver({ state }) && finishedAt !== undefined;

/** How far a session had come when the sweep last looked at it. */
export interface SweepNote {
  /** The same text as long as nothing moves. */
  readonly progress: string;
  /** How many looks in a row found the same. */
  readonly rounds: number;
}

/** One durable import job. Times are ISO 8601 in UTC. */
export interface ImportSession {
  readonly sessionId: string;
  readonly settings: ImportSettings;
  readonly state: ImportState;
  /** Rows submitted; of a file those that were read so far. */
  readonly total: number;
  readonly chunkCount: number;
  readonly createdAt: string;
  /** The name of the API key that asked for it. */
  readonly createdBy?: string;
  readonly startedAt?: string;
  /** The state that a paused session has again when it is resumed. */
  readonly pausedFrom?: 'STARTED' | 'IMPORTING';
  readonly finishedAt?: string;
  /** Set once the session is over; until then the counts are the sum of its chunks'. */
  readonly counts?: Counts;
  /** Why it ended in ERROR. */
  readonly reason?: string;
  /** Where its rows come from, if not from a request. */
  readonly upload?: Upload;
  /** What the file turned out to be, once its beginning was read. */
  readonly file?: FileFacts;
  /** Why the file could not be fetched, or read to its end. */
  readonly fileError?: string;
  /** Nothing is written: every outcome says what would become of the row. */
  readonly dryRun?: true;
  /** The undo of the import, or the latest dry run of one. */
  readonly undo?: ImportUndo;
  /** Set by the sweep only. */
  readonly sweep?: SweepNote;
}

/** A run of a session's rows, worked on by one delivery at a time: the byte range of its lines in their object. */
export interface ImportChunk {
  readonly sessionId: string;
  /** From 1. */
  readonly number: number;
  readonly rowCount: number;
  readonly firstByte: number;
  /** Inclusive, as in an HTTP Range. */
  readonly lastByte: number;
  /** The object of its rows; absent if all rows of the session are in one. */
  readonly rowsKey?: string;
  readonly state: 'open' | 'done' | 'failed';
  /** A worker has begun to save its rows. */
  readonly isBegun?: true;
  readonly counts?: Counts;
  /** The object that holds its outcomes once it is over. */
  readonly outcomesKey?: string;
}
