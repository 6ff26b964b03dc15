import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import { anyDeath, cardField, cut, defineFields, present, saying } from '#test/support/any-import.ts';
import { createImport, type Death, deliver, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import {
  breachesIn,
  imported,
  peopleIn,
  undone,
  undoPorts,
  workOffUndos,
  workOnUndo,
} from '#test/support/imports/undo-runs.ts';
import { emptyMemory, type Memory } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';
import { cancelImport, pauseImport, resumeImport } from '#usecases/imports/control-import.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';
import { addOrders } from '#usecases/orders/add-orders.ts';
import { attachContacts } from '#usecases/segments/attach-contacts.ts';

/** Devices and the caller's ids move between people; what two imports move in turn is told as kept. */
const anyDraft: fc.Arbitrary<ContactDraft> = fc
  .record({ ...saying, email: fc.constantFrom('a@x.x', 'b@x.x', 'c@x.x'), tokens: fc.constant(undefined) })
  .map(present);

const anySettings = fc
  .record({
    contactFields: fc.option(
      fc.subarray(['firstName', 'sms', 'languageCode', 'address', 'town'] as const, { minLength: 1 }),
      { nil: undefined },
    ),
    groupNames: fc.subarray(['Customers', 'Guests']),
    groupNamesExclude: fc.subarray(['Customers', 'VIP']),
    restoreDeleted: fc.boolean(),
  })
  .map((settings) => ({
    ...settings,
    // An import that puts people into a segment and takes them out of it ends in either, as its worker dies.
    groupNamesExclude: settings.groupNamesExclude.filter((name) => !settings.groupNames.some((own) => own === name)),
  }));

const anyImport = fc.record({
  settings: anySettings,
  drafts: fc.array(anyDraft, { minLength: 1, maxLength: 6 }),
  sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  deaths: fc.array(fc.array(anyDeath(60), { maxLength: 2 }), { maxLength: 3 }),
});

type AnyImport = typeof anyImport extends fc.Arbitrary<infer Given> ? Given : never;

const run = (memory: Memory, { settings, drafts, sizes, deaths }: AnyImport) =>
  imported(memory, drafts, present(settings), { chunksOf: (rows) => cut(rows, sizes), deaths });

const identifying = new Set([cardField]);

/** An import, and how it is undone: before the next one or at the end, held on the way, by workers who die. */
const anyUndone = fc.record({
  given: anyImport,
  early: fc.option(fc.nat()),
  held: fc.array(fc.constantFrom('pause' as const, 'cancel' as const), { maxLength: 2 }),
  deaths: fc.array(anyDeath(90), { maxLength: 3 }),
});

interface Undone {
  readonly sessionId: string;
  readonly held: readonly ('pause' | 'cancel')[];
  readonly deaths: readonly Death[];
}

/** Begins to undo an import, and pauses it and goes on, or cancels it, after a few of its operations. */
const holdUndo = async (memory: Memory, sessionId: string, control: 'pause' | 'cancel'): Promise<void> => {
  await startUndo(undoPorts(memory), sessionId, { dryRun: false, suppressions: false });
  await workOnUndo(memory, 30);
  if (control === 'cancel') await cancelImport(undoPorts(memory), sessionId);
  else {
    await pauseImport(undoPorts(memory), sessionId);
    await workOffUndos(memory);
    await resumeImport(undoPorts(memory), sessionId);
  }
  await workOffUndos(memory);
};

describe('undoing random imports whose workers die, by workers that die', () => {
  it('ends in what was there before all of them, in whatever order they are undone', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyImport,
        fc.array(anyUndone, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        async (base, imports, order, isOneDeleted) => {
          const memory = emptyMemory();
          defineFields(memory);
          await run(memory, base);
          const [first] = peopleIn(memory);
          if (isOneDeleted && first) await deleteContact(undoPorts(memory), { id: first.id });
          const before = peopleIn(memory);
          const sessions: Undone[] = [];
          const undoOne = async (next: number) => {
            const [session] = sessions.splice(next % Math.max(1, sessions.length), 1);
            if (!session) return;
            const predicted = await undone(memory, session.sessionId, { dryRun: true });
            for (const control of session.held) await holdUndo(memory, session.sessionId, control);
            const rows = await undone(memory, session.sessionId, {}, session.deaths);
            if (session.deaths.length + session.held.length === 0) expect(predicted).toEqual(rows);
            expect(rows.map(({ row }) => row)).toEqual(predicted.map(({ row }) => row));
          };
          for (const { given, early, ...how } of imports) {
            sessions.push({ sessionId: await run(memory, given), ...how });
            if (early !== null) await undoOne(early);
          }
          for (const next of order) await undoOne(next);

          expect(peopleIn(memory)).toEqual(before);
          expect(breachesIn(memory, identifying)).toEqual([]);
        },
      ),
      { numRuns: sized(150, 3000) },
    );
  });
});

describe('undoing imports that file one contact', () => {
  type Filing = (typeof filings)[number];
  const filings = [
    { settings: { groupNames: ['Customers'] }, content: {} },
    { settings: { groupNamesExclude: ['Customers'] }, content: {} },
    { settings: { groupNames: ['Customers'] }, content: { firstName: 'Ann' } },
    { settings: { groupNamesExclude: ['Customers'] }, content: { firstName: 'Bo' } },
  ] as const;
  const sequencesOf = (length: number): Filing[][] =>
    length === 0 ? [[]] : sequencesOf(length - 1).flatMap((sequence) => filings.map((filing) => [...sequence, filing]));
  const ordersOf = (ids: readonly string[]): string[][] =>
    ids.length === 0
      ? [[]]
      : ids.flatMap((first, index) => ordersOf(ids.toSpliced(index, 1)).map((rest) => [first, ...rest]));
  const stories = sequencesOf(sized(3, 4)).flatMap((sequence) =>
    ordersOf(sequence.map((_, index) => String(index))).map((order) => ({ sequence, order })),
  );

  it.each([{ groupNames: ['Customers'] }, { groupNames: [] }])(
    'ends in the segments from before, whatever they did and in whatever order they are undone: $groupNames',
    async (settings) => {
      for (const { sequence, order } of stories) {
        const memory = emptyMemory();
        await imported(memory, [{ email: 'a@x.x' }], settings);
        const before = peopleIn(memory);
        const sessions: string[] = [];
        for (const { settings, content } of sequence) {
          sessions.push(await imported(memory, [{ email: 'a@x.x', ...content }], { groupNames: [], ...settings }));
        }

        for (const index of order) await undone(memory, sessions[Number(index)] ?? '');

        expect(peopleIn(memory), JSON.stringify({ sequence, order })).toEqual(before);
      }
    },
  );
});

describe('undoing a large import over known contacts, of whom others change a third meanwhile', () => {
  const rowCount = sized(600, 20_000);
  const knownCount = sized(150, 5_000);
  const chunkSize = sized(40, 250);

  /** A number from 0 to below `below` that only `seed` decides. */
  const pick = (seed: number, below: number) =>
    Math.floor(Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) * 10_000) % below;

  const known: ContactDraft[] = Array.from({ length: knownCount }, (_, index) => ({
    email: `known${index}@x.x`,
    firstName: `First ${index}`,
    ...(index % 3 === 0 && { lastName: `Last ${index}`, address: { town: 'Kyiv' } }),
    ...(index % 5 === 0 && { externalCustomerId: `E-${index}` }),
  }));
  const rows: ContactDraft[] = Array.from({ length: rowCount }, (_, index) => {
    const who = pick(index, knownCount + knownCount / 5);
    return {
      email: who < knownCount ? `known${who}@x.x` : `new${who}@x.x`,
      ...(pick(index + 0.1, 2) === 0 && { firstName: `Imported ${index}` }),
      ...(pick(index + 0.2, 3) === 0 && { lastName: `Imported ${index}`, sms: `38050${1_000_000 + index}` }),
      ...(pick(index + 0.3, 4) === 0 && { address: { town: 'Lviv', region: `R ${index % 7}` } }),
    };
  });

  /** What others do to the contacts of one kind of number: the same in both worlds. */
  const change = async (memory: Memory, email: string, seed: number) => {
    const ports = { ...undoPorts(memory), publishesFieldChanges: false, publishesSegmentChanges: false };
    const contact = [...memory.contacts.values()].find((one) => one.email === email && one.state === 'active');
    if (!contact) return;
    const draft = (about: object) => ({ draft: about, groupNames: [], groupIds: [], warnings: [] });
    const acts = [
      () => updateContact(ports, contact.id, draft({ firstName: `Changed ${seed}` }) as never),
      () =>
        updateContact(ports, contact.id, draft({ lastName: `Changed ${seed}`, address: { town: 'Odesa' } }) as never),
      () => deleteContact(ports, { id: contact.id }),
      async () => {
        const [segment] = await ports.segments.ensure(['Others']);
        if (segment) await attachContacts(ports, segment.id, { contactIds: [contact.id] });
      },
      async () => {
        const content = { externalOrderId: `O-${seed}`, status: 'DELIVERED', date: ports.now(), totalCost: 1, email };
        await addOrders({ ...ports, currency: 'UAH' } as never, [{ content, draft: { email } }] as never);
      },
    ];
    await acts[seed % acts.length]?.();
  };
  const changed = Array.from({ length: Math.ceil((knownCount * 6) / 5) }, (_, index) => index).filter(
    (index) => pick(index + 0.7, 3) === 0,
  );
  const emailOf = (index: number) => (index < knownCount ? `known${index}@x.x` : `new${index}@x.x`);

  const world = async (drafts: readonly ContactDraft[]) => {
    const memory = emptyMemory();
    await imported(memory, known, { groupNames: ['VIP'] });
    await undoPorts(memory).segments.ensure(['Others']);
    const settings = importSettings({ groupNames: ['Customers'], groupNamesExclude: ['VIP'] });
    const pieces = cut<ImportRow>(importRowsOf(drafts, settings), [chunkSize]);
    const chunks = drafts.length > 0 ? await createImport(undoPorts(memory), pieces, settings) : [];
    const mine = [...changed];
    for (const chunk of chunks) {
      await deliver(memory, chunk, chunk.number % 3 === 0 ? [30] : []);
      for (const index of mine.splice(0, chunk.number % 2)) await change(memory, emailOf(index), index);
    }
    for (const index of mine) await change(memory, emailOf(index), index);
    return { memory, sessionId: chunks[0]?.sessionId ?? '' };
  };

  it(
    'does what its dry run says, and leaves what there were without it, but for what it tells',
    async () => {
      const { memory, sessionId } = await world(rows);
      const { memory: oracle } = await world([]);

      const predicted = await undone(memory, sessionId, { dryRun: true });
      const told = await undone(memory, sessionId, {}, [200, 900, 50]);

      expect(told).toHaveLength(rowCount);
      const outcomesOf = (rows: typeof told) =>
        rows.map(({ row, outcome, contactId }) => ({ row, outcome, contactId }));
      expect(outcomesOf(told)).toEqual(outcomesOf(predicted));
      const kept = new Set(told.filter(({ outcome }) => outcome === 'kept').map(({ contactId }) => contactId));
      const expected = peopleIn(oracle);
      const knownIds = new Set(expected.map(({ id }) => id));
      const left = peopleIn(memory);
      expect(left.filter(({ id }) => knownIds.has(id))).toEqual(expected);
      expect(left.filter(({ id }) => !knownIds.has(id) && !kept.has(id))).toEqual([]);
      expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['removed', 'restored', 'kept', 'nothing']));
      expect(breachesIn(memory)).toEqual([]);
    },
    sized(30_000, 900_000),
  );
});
