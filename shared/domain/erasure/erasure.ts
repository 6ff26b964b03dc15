import type { Contact } from '../contacts/contact.ts';
import { type Identity, identitiesOf } from '../contacts/identity.ts';
import { createdContent } from '../contacts/merge.ts';
import { tombstone } from '../contacts/working-state.ts';
import type { ImportRow, RowOutcome } from '../imports/import-session.ts';
import { problemCodes } from '../problem.ts';

/** A contact that was erased, and what it was found by: fingerprints, of which no address can be read. */
export interface Erasure {
  readonly contactId: number;
  readonly fingerprints: readonly string[];
  /** When its traces were promised to be wiped; the note of it is found by this. */
  readonly promisedAt?: string;
}

/**
 * Erasures whose traces are to be wiped, from a place in the list of imports on, or contacts that were only deleted and
 * that others may have put into segments meanwhile.
 */
export interface ErasureJob {
  readonly erasures: readonly Erasure[];
  readonly deletedIds?: readonly number[];
  /** Absent: from the beginning. */
  readonly cursor?: string;
}

/** A contact has 45 fingerprints at most, so that so many fit the 256 KB of a message (an AWS SQS limit). */
const erasuresPerJob = 50;

/** Erasures as jobs that each fit a message. */
export const erasureJobs = ({ erasures, ...rest }: ErasureJob): ErasureJob[] =>
  Array.from({ length: Math.ceil(erasures.length / erasuresPerJob) }, (_, index) => ({
    erasures: erasures.slice(index * erasuresPerJob, (index + 1) * erasuresPerJob),
    ...rest,
  }));

/**
 * What takes the place of a contact that is erased. It keeps who created it, because a delivery that comes again has to
 * know that the contact existed, and must not create it again.
 */
export const erasedContact = (contact: Contact, by: { readonly token: string; readonly now: string }): Contact => ({
  ...tombstone(contact.id, { ...by, source: contact.source }, contact.version + 1),
  createdBy: contact.createdBy,
});

/** Every identity that a row of an import submits, custom fields included; none for a row that was refused. */
export const identitiesOfRow = (row: ImportRow): Identity[] => {
  if (!('draft' in row)) return [];
  const fieldIds = new Set(row.draft.fields?.map(({ id }) => id));
  return identitiesOf(createdContent(row.draft, { confirmed: false }), fieldIds);
};

/** What an erasure leaves of an outcome: how the row ended, without a word of what it said. */
export const blankOutcome = ({ row, line, entry, outcome, contactId, error }: RowOutcome): RowOutcome => ({
  row,
  ...(line !== undefined && { line }),
  ...(entry !== undefined && { entry }),
  outcome,
  ...(contactId !== undefined && { contactId }),
  ...(error && { error: { code: error.code, field: error.field, message: problemCodes[error.code] } }),
});
