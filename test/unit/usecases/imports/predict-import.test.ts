import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { dedupeKeys, type ImportRow, type ImportSettings, type RowOutcome } from '#domain/imports/import-session.ts';
import { emptyOverlay, type PredictionJob } from '#domain/imports/prediction.ts';
import { anyDraft, anySettings, cut, defineFields } from '#test/support/any-import.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';
import {
  Crash,
  crashAfter,
  createImport,
  deliver,
  importRowsOf,
  importSettings,
  outcomesOf,
} from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { predictImport } from '#usecases/imports/predict-import.ts';

/** What is there before: a few contacts, some of them deleted. */
interface World {
  readonly settings: ImportSettings;
  readonly rows: readonly ContactDraft[];
  readonly deleted: readonly number[];
}

/** The import that is tried first. */
interface Trial {
  readonly settings: ImportSettings;
  readonly rows: readonly ContactDraft[];
  readonly sizes: readonly number[];
  /** For each worker on the dry run: how many operations until it dies, if it does, and chunks until its time is short. */
  readonly workers: readonly { readonly crash: number | undefined; readonly chunks: number }[];
}

const anyImport = anySettings(fc.constantFrom(...dedupeKeys));
const anyWorld: fc.Arbitrary<World> = fc.record({
  settings: fc.tuple(anyImport, fc.boolean()).map(([settings, isSubscribed]) => ({
    ...settings,
    ...(isSubscribed && { groupNames: ['Subscribers'], groupNamesExclude: [] }),
  })),
  rows: fc.array(anyDraft, { maxLength: 6 }),
  deleted: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
});
const anyTrial: fc.Arbitrary<Trial> = fc.record({
  settings: anyImport,
  rows: fc.array(anyDraft, { minLength: 1, maxLength: 8 }),
  sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
  workers: fc.array(
    fc.record({ crash: fc.option(fc.nat(40), { nil: undefined }), chunks: fc.integer({ min: 1, max: 4 }) }),
    { maxLength: 6 },
  ),
});

const prepare = async (memory: Memory, { settings, rows, deleted }: World) => {
  defineFields(memory);
  const [chunk] = await createImport(memoryPorts({ memory }), [importRowsOf(rows, settings)], settings);
  if (chunk) await deliver(memory, chunk);
  for (const id of deleted) {
    const contact = memory.contacts.get(id);
    if (contact) memory.contacts.set(id, { ...contact, state: 'deleted', version: contact.version + 1 });
  }
};

/** Nobody can name a contact that is not there yet by its id. */
const withKnownId = (draft: ContactDraft, { lastId }: Memory): ContactDraft =>
  draft.id !== undefined && draft.id > lastId ? { ...draft, id: 1_000_000 } : draft;

let looks = 0;
/** Later than everything else, and later each time. */
const now = () => new Date(Date.parse('2026-02-05T09:00:00.000Z') + looks++).toISOString();

const workerOn = (memory: Memory, { step, hasTime = () => true }: { step?: Step; hasTime?: () => boolean } = {}) => ({
  ...memoryPorts({ memory, ...(step && { step }) }),
  now,
  newId: () => `attempt-${looks++}`,
  leastForgotten: 1,
  hasTime,
});

/** Runs a dry run to its end, by one worker after the other. */
const predictAll = async (memory: Memory, sessionId: string, workers: Trial['workers'] = []) => {
  const waiting: PredictionJob[] = [{ sessionId }];
  const rest = [...workers];
  for (let message = waiting.shift(); message; message = waiting.shift()) {
    const { crash, chunks } = rest.shift() ?? { crash: undefined, chunks: 100 };
    let left = chunks;
    const step = crash === undefined ? {} : { step: crashAfter(crash) };
    const died = await predictImport(workerOn(memory, { ...step, hasTime: () => --left > 0 }), message).then(
      () => false,
      (error: unknown) => {
        if (error instanceof Crash) return true;
        throw error;
      },
    );
    if (died) waiting.push(message);
    waiting.push(...memory.sentPredictions.splice(0));
  }
};

const tried = async (memory: Memory, chunks: readonly ImportRow[][], trial: Omit<Trial, 'rows' | 'sizes'>) => {
  const [first] = await createImport(memoryPorts({ memory }), chunks, trial.settings, { dryRun: true });
  const sessionId = first?.sessionId ?? '';
  await predictAll(memory, sessionId, trial.workers);
  return { outcomes: outcomesOf(memory, sessionId), session: memory.sessions.get(sessionId) };
};

const imported = async (memory: Memory, chunks: readonly ImportRow[][], settings: ImportSettings) => {
  const created = await createImport(memoryPorts({ memory }), chunks, settings);
  for (const chunk of created) await importChunk(workerOn(memory), chunk);
  const sessionId = created[0]?.sessionId ?? '';
  return { outcomes: outcomesOf(memory, sessionId), session: memory.sessions.get(sessionId) };
};

/** Outcomes without the ids of contacts that were born after this one. */
const withoutIdsAfter = (outcomes: readonly RowOutcome[], lastId: number): RowOutcome[] =>
  outcomes.map(({ contactId, ...outcome }) =>
    contactId === undefined || contactId > lastId ? outcome : { ...outcome, contactId },
  );

const written = ({ contacts, claims, memberships, segments, published, creations, lastId }: Memory) =>
  structuredClone({ contacts, claims, memberships, segments, published, creations, lastId });

describe('a dry run', () => {
  it('says of every row what the import then does, and writes nothing, whoever of its workers dies', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, anyTrial, async (world, trial) => {
        const memory = emptyMemory();
        await prepare(memory, world);
        const rows = trial.rows.map((row) => withKnownId(row, memory));
        const chunks = cut(importRowsOf(rows, trial.settings), trial.sizes);
        const before = written(memory);

        const predicted = await tried(memory, chunks, trial);
        expect(written(memory)).toEqual(before);
        const real = await imported(memory, chunks, trial.settings);

        expect(predicted.outcomes).toEqual(withoutIdsAfter(real.outcomes, before.lastId));
        expect(predicted.session).toMatchObject({ state: 'FINISHED', dryRun: true, counts: real.session?.counts });
        // Whoever died between an overlay and its message leaves it to its expiry.
        if (trial.workers.every(({ crash }) => crash === undefined)) expect(memory.overlays.size).toBe(0);
      }),
      { numRuns: sized(200, 600) },
    );
  });

  it('sees what rows of other chunks would have made, changed and filed, however far they lie apart', async () => {
    const memory = emptyMemory();
    const settings = importSettings({ groupNames: ['Customers'] });
    const rows = importRowsOf(
      [
        { email: 'new@x.x', firstName: 'Ann' },
        { email: 'other@x.x' },
        { email: 'new@x.x', firstName: 'Ann' },
        { email: 'new@x.x', firstName: 'Bo', externalCustomerId: 'A' },
        { externalCustomerId: 'A', email: 'moved@x.x' },
        { email: 'moved@x.x', firstName: 'Bo' },
      ],
      settings,
    );

    const { outcomes } = await tried(memory, cut(rows, [1]), { settings, workers: oneChunkEach });

    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'created',
      'created',
      'unchanged',
      'updated',
      'updated',
      'unchanged',
    ]);
    expect(memory.contacts.size + memory.claims.size + memory.segments.size).toBe(0);
  });

  it('sees what rows of other chunks would have changed of contacts that are named by their ids', async () => {
    const memory = emptyMemory();
    await prepare(memory, { settings: importSettings(), rows: [{ email: 'a@x.x' }], deleted: [] });
    const settings = importSettings({ dedupeOn: 'id' });
    const rows = [
      { id: 1, firstName: 'Ann' },
      { id: 9, firstName: 'Bo' },
      { id: 1, firstName: 'Ann' },
    ];

    const { outcomes } = await tried(memory, cut(importRowsOf(rows, settings), [1]), { settings, workers: [] });

    expect(outcomes.map(({ outcome, contactId }) => [outcome, contactId])).toEqual([
      ['updated', 1],
      ['failed', undefined],
      ['unchanged', 1],
    ]);
  });

  it('carries only contacts that rows further down mention again', async () => {
    const memory = emptyMemory();
    const settings = importSettings();
    const unique = Array.from({ length: 6000 }, (_, index) => ({ email: `${index}@x.x`, sms: `38050${index}` }));
    const rows = importRowsOf([...unique, { email: '7@x.x', firstName: 'Ann' }], settings);

    const chunks = cut(rows, [1000]);
    const sizes: number[] = [];
    const [first] = await createImport(memoryPorts({ memory }), chunks, settings, { dryRun: true });
    const sessionId = first?.sessionId ?? '';
    await predictImport(workerOn(memory, { hasTime: () => chunksDone(memory) < 5 }), { sessionId });
    sizes.push(...[...memory.overlays.values()].map(({ contacts }) => contacts.size));
    for (const message of memory.sentPredictions.splice(0)) await predictImport(workerOn(memory), message);

    expect(sizes).toEqual([expect.any(Number)]);
    expect(sizes[0]).toBeLessThan(4000);
    expect(outcomesOf(memory, sessionId).at(-1)).toMatchObject({ row: 6001, outcome: 'updated' });
  });

  it('that would have to carry too many contacts ends in ERROR and says so', async () => {
    const memory = emptyMemory();
    const settings = importSettings();
    const chunks = cut(importRowsOf([{ email: 'a@x.x' }, { email: 'b@x.x' }], settings), [1]);
    const [first] = await createImport(memoryPorts({ memory }), chunks, settings, { dryRun: true });
    const overlay = emptyOverlay();
    const mostCarried = 30;
    for (let carried = 0; carried <= mostCarried; carried++) {
      const id = overlay.nextId++;
      overlay.contacts.set(id, bareContact({ id }));
      overlay.lastMentions.set(id, 2);
    }
    const { sessionId = '' } = first ?? {};
    const stored = await memoryPorts({ memory }).overlayFiles.put(sessionId, 'attempt', overlay);

    await predictImport({ ...workerOn(memory), mostCarried }, { sessionId, from: 1, overlay: stored });

    expect(memory.sessions.get(sessionId)).toMatchObject({
      state: 'ERROR',
      reason: expect.stringContaining('at most 300,000 contacts'),
      counts: { read: 1, created: 1 },
    });
    expect(memory.overlays.size).toBe(0);
  });

  it('is left alone by a worker on real chunks', async () => {
    const memory = emptyMemory();
    const settings = importSettings();
    const [chunk] = await createImport(
      memoryPorts({ memory }),
      [importRowsOf([{ email: 'a@x.x' }], settings)],
      settings,
      { dryRun: true },
    );

    if (chunk) await importChunk(workerOn(memory), chunk);

    expect(memory.contacts.size).toBe(0);
    expect([...memory.chunks.values()]).toEqual([chunk]);
  });

  const oneChunkEach = Array.from({ length: 6 }, () => ({ crash: undefined, chunks: 1 }));
  const chunksDone = ({ chunks }: Memory) => [...chunks.values()].filter(({ state }) => state === 'done').length;
});
