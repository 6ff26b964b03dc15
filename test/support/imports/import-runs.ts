import { randomUUID } from 'node:crypto';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { isIdentified } from '#domain/contacts/match.ts';
import { RollcallError } from '#domain/error.ts';
import type {
  ImportChunk,
  ImportRow,
  ImportSession,
  ImportSettings,
  RowOutcome,
} from '#domain/imports/import-session.ts';
import { type Memory, type MemoryPorts, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';

/** Settings of an import, with whatever the test is about. */
export const importSettings = (about: Partial<ImportSettings> = {}): ImportSettings => ({
  dedupeOn: 'email',
  customFieldsIDs: [],
  groupNames: [],
  groupNamesExclude: [],
  restoreDeleted: false,
  eventKeyForNewContacts: 'newContact',
  ...about,
});

/** Drafts as the rows of a request; one that says nobody is refused, as it is by the API. */
export const importRowsOf = (drafts: readonly ContactDraft[], settings: ImportSettings): ImportRow[] =>
  drafts.map((draft, index) =>
    isIdentified(draft, settings)
      ? { row: index + 1, draft }
      : {
          row: index + 1,
          errors: [{ code: 'MISSING_DEDUPE_VALUE', field: settings.dedupeOn, message: 'It is missing' }],
          values: {},
        },
  );

/** Creates a session whose rows are cut into these chunks, without queueing them; returns the chunks. */
export const createImport = async (
  ports: MemoryPorts,
  chunks: readonly (readonly ImportRow[])[],
  settings: ImportSettings,
  about: Pick<ImportSession, 'dryRun'> = {},
): Promise<ImportChunk[]> => {
  const sessionId = `00000000-0000-4000-9000-${String(ports.memory.sessions.size).padStart(12, '0')}`;
  const ranges = await ports.importFiles.putRows(sessionId, chunks);
  const created = ranges.map(
    (range, index): ImportChunk => ({
      sessionId,
      number: index + 1,
      rowCount: chunks[index]?.length ?? 0,
      ...range,
      state: 'open',
    }),
  );
  const total = chunks.flat().length;
  await ports.imports.create(
    { sessionId, settings, state: 'STARTED', total, chunkCount: created.length, createdAt: ports.now(), ...about },
    created,
  );
  return created;
};

/** A worker died. */
export class Crash extends Error {
  override name = 'Crash';
}

/** A service refused an operation. */
export class Refusal extends RollcallError {
  constructor() {
    super('THROTTLED', 'The service refuses more operations for a moment');
  }
}

/** Lets a worker die or be refused an operation, and nothing else. */
export const ifCrash = (error: unknown): void => {
  if (!(error instanceof Crash || error instanceof Refusal)) throw error;
};

/** How a worker ends early: it dies after so many operations, or one is refused while those at the same time go on. */
export type Death = number | { readonly refusedAfter: number };

/** A step that lets so many operations pass and then ends its worker. */
export const crashAfter = (operations: number): Step => {
  let left = operations;
  return async () => {
    if (left-- <= 0) throw new Crash();
  };
};

/** A step that refuses one operation after so many and lets all others pass. */
export const refuseAfter = (operations: number): Step => {
  let left = operations;
  return async () => {
    if (left-- === 0) throw new Refusal();
  };
};

/** The step of a worker that ends early. */
export const endingBy = (death: Death): Step =>
  typeof death === 'number' ? crashAfter(death) : refuseAfter(death.refusedAfter);

/** Delivers a chunk to one worker after the other, each of which ends early, and then to a sound one. */
export const deliver = async (memory: Memory, chunk: ImportChunk, deaths: readonly Death[] = []): Promise<void> => {
  for (const death of deaths) {
    const worker = memoryPorts({ memory, step: endingBy(death) });
    await importChunk({ ...worker, newId, now: clockOf(memory) }, chunk).catch(ifCrash);
  }
  await importChunk({ ...memoryPorts({ memory }), newId, now: clockOf(memory) }, chunk);
};

/** Two workers never make the same id. */
const newId = (): string => randomUUID();

const clocks = new WeakMap<Memory, number>();

/** A time that is later than every one that was told of this memory, and not before `earliest`. */
export const laterIn = (memory: Memory, earliest: number): string => {
  const time = Math.max((clocks.get(memory) ?? 0) + 1, earliest);
  clocks.set(memory, time);
  return new Date(time).toISOString();
};

/** Each delivery is later than everything that was written before it. */
const clockOf = (memory: Memory) => {
  const times = [...memory.contacts.values()].map(({ updatedAt }) => Date.parse(updatedAt));
  const time = laterIn(memory, Math.max(Date.parse('2026-01-05T09:00:00.000Z'), ...times) + 1000);
  return () => time;
};

/** The outcomes of a session's rows, in row order. */
export const outcomesOf = (memory: Memory, sessionId: string): RowOutcome[] =>
  [...memory.chunks.values()]
    .filter((chunk) => chunk.sessionId === sessionId)
    .flatMap(({ outcomesKey = '' }) => (memory.objects.get(outcomesKey) ?? '').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RowOutcome)
    .sort((one, other) => one.row - other.row);
