import type { ContactDraft } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import type { ImportRow, ImportSettings } from '#domain/imports/import-session.ts';
import type { UndoJob } from '#domain/imports/ports.ts';
import type { UndoneRow, UndoOptions } from '#domain/imports/undone-rows.ts';
import { type Memory, type MemoryPorts, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';
import { undoImport } from '#usecases/imports/undo-import.ts';
import {
  createImport,
  type Death,
  deliver,
  endingBy,
  ifCrash,
  importRowsOf,
  importSettings,
  laterIn,
} from './import-runs.ts';

/** Ports of everything that undoes imports, whose clock goes on with each look. */
export const undoPorts = (memory: Memory, step?: Step) => undoingOn(memoryPorts({ memory, ...(step && { step }) }));

/** Ports with what undoing imports needs beside them. */
export const undoingOn = (ports: MemoryPorts) => ({
  ...ports,
  now: () => laterIn(ports.memory, Date.parse('2026-02-01T09:00:00.000Z')),
  publishesRemovals: true,
  publishesSegmentChanges: true,
  hasTime: () => true,
});

/** Imports drafts in chunks, each of whose workers may die, and returns the session's id. */
export const imported = async (
  memory: Memory,
  drafts: readonly ContactDraft[],
  about: Partial<ImportSettings> = {},
  { chunksOf = (rows) => [rows], deaths = [] }: ImportShape = {},
): Promise<string> => {
  const settings = importSettings({ groupNames: ['Customers'], ...about });
  const chunks = await createImport(memoryPorts({ memory }), chunksOf(importRowsOf(drafts, settings)), settings);
  for (const [index, chunk] of chunks.entries()) await deliver(memory, chunk, deaths[index]);
  return chunks[0]?.sessionId ?? '';
};

interface ImportShape {
  readonly chunksOf?: (rows: readonly ImportRow[]) => (readonly ImportRow[])[];
  /** How the workers of each chunk end early. */
  readonly deaths?: readonly (readonly Death[])[];
}

/** Takes the jobs of undos one after the other; a worker that ends early leaves its message for the next one. */
export const workOffUndos = async (memory: Memory, deaths: readonly Death[] = []): Promise<void> => {
  for (const death of deaths) await workOnUndo(memory, death);
  while (memory.undoJobs.length > 0) await workOnUndo(memory, Number.POSITIVE_INFINITY);
};

/** Works on the next job of an undo, if there is any, with a worker that ends early. */
export const workOnUndo = async (memory: Memory, death: Death): Promise<void> => {
  const job = memory.undoJobs.shift();
  if (job) await undoOnce(memory, job, death);
};

const undoOnce = async (memory: Memory, job: UndoJob, death: Death): Promise<void> => {
  try {
    await undoImport(undoPorts(memory, endingBy(death)), job);
  } catch (error) {
    ifCrash(error);
    memory.undoJobs.push(job);
  }
};

/** Undoes an import to its end, and returns what became of its rows. */
export const undone = async (
  memory: Memory,
  sessionId: string,
  asked: Partial<UndoOptions> = {},
  deaths: readonly Death[] = [],
): Promise<UndoneRow[]> => {
  const options = { dryRun: false, suppressions: false, ...asked };
  await startUndo(undoPorts(memory), sessionId, options);
  await workOffUndos(memory, deaths);
  return undoneRowsOf(memory, sessionId, options.dryRun);
};

/** What an undo, or its dry run, made of the rows of an import, in row order. */
export const undoneRowsOf = (memory: Memory, sessionId: string, dryRun = false): UndoneRow[] =>
  [...memory.objects]
    .filter(([key]) => key.startsWith(`imports/${sessionId}/${dryRun ? 'undo-trials' : 'undone'}/`))
    .flatMap(([, text]) => text.split('\n').filter((line) => line !== ''))
    .map((line): UndoneRow => JSON.parse(line))
    .sort((one, other) => one.row - other.row);

/** Contacts with their segments, without what every write changes. */
export const peopleIn = ({ contacts, memberships }: Memory) =>
  [...contacts.values()]
    .filter(({ state }) => state !== 'erased')
    .map(({ version, updatedAt, updatedBy, ...rest }) => ({
      ...rest,
      segments: [...memberships.values()]
        .filter(({ contactId }) => contactId === rest.id)
        .map(({ segmentId, isHidden }) => `${segmentId}${isHidden ? ' hidden' : ''}`)
        .sort(),
    }))
    .sort((one, other) => one.id - other.id);

/** What is wrong with a quiet memory. */
export const breachesIn = ({ claims, contacts }: Memory, identifying: ReadonlySet<number> = new Set()) =>
  findBreaches({ claims: claims.values(), contacts: contacts.values() }, identifying);
