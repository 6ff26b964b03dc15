import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { RollcallError } from '#domain/error.ts';
import {
  type OracleAnswer,
  type OracleDraft,
  type OracleWorld,
  type OracleWrite,
  writeOracle,
} from '#test/support/contacts/write-oracle.ts';
import { Crash, crashAfter, createImport, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { undoingOn } from '#test/support/imports/undo-runs.ts';
import { emptyMemory, type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { playSchedule } from '#test/support/schedules.ts';
import { sized } from '#test/support/soak.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';
import { cancelImport, pauseImport, resumeImport } from '#usecases/imports/control-import.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { startUndo } from '#usecases/imports/start-undo.ts';
import { undoImport } from '#usecases/imports/undo-import.ts';
import { publishSubscription } from '#usecases/subscriptions/publish-subscription.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

const some = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const present = <Given extends object>(given: Given) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as OracleDraft;

const anyDraft = fc
  .record({
    externalCustomerId: some('A', 'B'),
    email: some('a@x.x', 'b@x.x', 'c@x.x'),
    sms: some('1', '2'),
    firstName: some('Ann', 'Bo', null),
    lastName: some('Smith', null),
  })
  .map(present);
const reachable = anyDraft.filter(({ email, sms }) => email !== undefined || sms !== undefined);
const known = anyDraft.filter(
  (draft) => draft.email !== undefined || draft.sms !== undefined || draft.externalCustomerId !== undefined,
);
const groups = fc.subarray(['Customers', 'Guests']);
const target = fc.integer({ min: 1, max: 5 });

/** Every write that there is. Whoever adds a method adds it here, to the oracle and to `doWrite`. */
const anyWrite: fc.Arbitrary<OracleWrite> = fc.oneof(
  fc.record({
    method: fc.constant('bulk' as const),
    rows: fc.array(anyDraft, { minLength: 1, maxLength: 2 }),
    dedupeOn: fc.constantFrom('email' as const, 'sms' as const, 'externalCustomerId' as const),
    restoreDeleted: fc.boolean(),
    groups,
    leaves: fc.subarray(['Subscribers']),
    held: some('paused' as const, 'cancelled' as const, 'undone' as const),
  }),
  fc.record({ method: fc.constant('subscribe' as const), draft: reachable, groups }),
  fc.record({
    method: fc.constant('subscribe' as const),
    draft: reachable,
    groups: fc.constant(['Subscribers']),
    formType: fc.constant('abc'),
  }),
  fc.record({ method: fc.constant('add' as const), draft: known, groups }),
  fc.record({ method: fc.constant('put' as const), target, draft: anyDraft, groups }),
  fc.record({ method: fc.constantFrom('delete' as const, 'erase' as const), target }),
  fc.record({
    method: fc.constant('suppress' as const),
    email: fc.constantFrom('a@x.x', 'b@x.x'),
    reason: fc.constantFrom('unsubscribed' as const, 'blacklisted' as const),
  }),
);

/** The product's ids of the oracle's contacts. */
type Ids = Map<number, number>;

interface Done {
  readonly ids: readonly (number | undefined)[];
  readonly status?: string;
  readonly refusal?: string;
}

const single = (draft: OracleDraft, groupNames: readonly string[]) => ({
  draft: draft as ContactDraft,
  groupNames,
  groupIds: [],
  categoryKeys: [],
  warnings: [],
});

/** Does one write in the product. */
const doWrite = async (ports: MemoryPorts, asked: OracleWrite, ids: ReadonlyMap<number, number>): Promise<Done> => {
  const idOf = (number: number) => ids.get(number) ?? 1_000_000;
  switch (asked.method) {
    case 'bulk':
      return importRows(ports, asked);
    case 'subscribe': {
      const formType = asked.formType === undefined ? {} : { formType: asked.formType };
      const { id, emailStatus } = await subscribeContact(ports, { ...single(asked.draft, asked.groups), ...formType });
      return { ids: [id], ...(emailStatus && { status: emailStatus }) };
    }
    case 'add':
      return { ids: [(await addContact(ports, single(asked.draft, asked.groups))).id] };
    case 'put':
      return { ids: [(await updateContact(ports, idOf(asked.target), single(asked.draft, asked.groups))).id] };
    case 'delete':
      return { ids: [await deleteContact(ports, { id: idOf(asked.target) })] };
    case 'erase': {
      return { ids: [await eraseContact(ports, { id: idOf(asked.target) })] };
    }
    case 'suppress': {
      const { email, reason } = asked;
      await ports.suppressions.add([{ address: email, reason, since: ports.now() }]);
      return { ids: [] };
    }
  }
};

const importRows = async (ports: MemoryPorts, asked: Extract<OracleWrite, { method: 'bulk' }>): Promise<Done> => {
  const { dedupeOn, restoreDeleted, groups: groupNames, leaves: groupNamesExclude } = asked;
  const settings = importSettings({ dedupeOn, restoreDeleted, groupNames, groupNamesExclude });
  const rows = importRowsOf(asked.rows as readonly ContactDraft[], settings);
  // Sessions are numbered by how many there are, so two at once would have one number.
  const creation = lastCreation.then(() =>
    createImport({ ...memoryPorts({ memory: ports.memory }), now: ports.now }, [rows], settings),
  );
  lastCreation = creation;
  const [chunk] = await creation;
  if (!chunk) throw new Error('The import has no chunk');
  const { sessionId } = chunk;
  if (asked.held === 'paused') await pauseImport(ports, sessionId);
  if (asked.held === 'cancelled') await cancelImport(ports, sessionId);
  await importChunk(ports, chunk);
  if (asked.held === 'paused') await resumeImport(ports, sessionId);
  for (const job of ports.memory.sentChunks.splice(0)) await importChunk(ports, job);
  if (asked.held === 'undone') await takeBack(ports, sessionId);
  const outcomesKey = ports.memory.chunks.get(`${chunk.sessionId}#1`)?.outcomesKey ?? '';
  const outcomes = await ports.importFiles.readOutcomes(outcomesKey);
  return { ids: outcomes.map(({ outcome, contactId }) => (outcome === 'skipped' ? undefined : contactId)) };
};

/** At one moment, as which of its contacts an undo writes last is open. */
const takeBack = async (ports: MemoryPorts, sessionId: string): Promise<void> => {
  const moment = ports.now();
  const undoing = { ...undoingOn(ports), now: () => moment, publishesRemovals: false, publishesSegmentChanges: false };
  await startUndo(undoing, sessionId, { dryRun: false, suppressions: false });
  for (const job of ports.memory.undoJobs.splice(0)) await undoImport(undoing, job);
};

let lastCreation: Promise<unknown> = Promise.resolve();

const refusable = async (work: Promise<Done>): Promise<Done> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RollcallError) return { ids: [], refusal: error.code };
    throw error;
  }
};

/** Time that goes on from one write to the next, and tokens that are never repeated. */
const clock = () => {
  let ticks = 0;
  let tokens = 0;
  return {
    now: () => new Date(Date.parse('2026-01-05T09:00:00.000Z') + ticks++).toISOString(),
    newId: () => `token-${++tokens}`,
  };
};

/** Notes which of the product's contacts are those that the oracle answered. */
const noteIds = (ids: Ids, { contacts }: OracleAnswer, done: Done): void =>
  contacts.forEach((number, index) => {
    const id = done.ids[index];
    if (number !== undefined && id !== undefined && !ids.has(number)) ids.set(number, id);
  });

const oracleState = ({ contacts }: OracleWorld) =>
  contacts.map(({ number, state, values, confirmed, source, segments }) =>
    state === 'erased'
      ? { number, state }
      : {
          number,
          state,
          values: Object.fromEntries(values),
          confirmed,
          source,
          segments: state === 'active' ? [...segments].sort() : [],
        },
  );

const productState = (memory: Memory, ids: ReadonlyMap<number, number>) => {
  const names = new Map([...memory.segments.values()].map(({ id, name }) => [id, name]));
  const segmentsOf = (contactId: number) =>
    [...memory.memberships.values()]
      .filter((one) => one.contactId === contactId)
      .map(({ segmentId, isHidden }) => `${names.get(segmentId)}${isHidden ? ', hidden' : ''}`);
  return [...ids]
    .sort(([one], [other]) => one - other)
    .map(([number, id]) => {
      const contact = memory.contacts.get(id);
      if (!contact || contact.state === 'erased') return { number, state: 'erased' };
      const { state, confirmed, source, externalCustomerId, email, sms, firstName, lastName } = contact;
      const values = present({ externalCustomerId, email, sms, firstName, lastName });
      return { number, state, values, confirmed, source, segments: state === 'active' ? segmentsOf(id).sort() : [] };
    });
};

const breachesOf = ({ claims, contacts }: Memory) =>
  findBreaches({ claims: claims.values(), contacts: contacts.values() });

/** That a phone number replaced an e-mail address is published beside what a method publishes, as is the end of an undo. */
const isOfMethod = ({ eventTypeKey }: { readonly eventTypeKey: string }) =>
  eventTypeKey !== 'ContactFieldChanged' && eventTypeKey !== 'importUndone';

describe('random writes of every method, one after the other', () => {
  it('are answered, stored and told as the oracle says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyWrite, { minLength: 1, maxLength: 12 }), async (writes) => {
        const ports = { ...memoryPorts(), ...clock() };
        const oracle = writeOracle();
        const ids: Ids = new Map();

        for (const asked of writes) {
          const done = await refusable(doWrite(ports, asked, ids));
          const answer = oracle.write(asked);
          noteIds(ids, answer, done);
          expect({ ...done, ids: done.ids }).toEqual({
            ids: answer.contacts.map((number) => number && ids.get(number)),
            ...(answer.status && { status: answer.status }),
            ...(answer.refusal && { refusal: answer.refusal }),
          });
        }

        expect(productState(ports.memory, ids)).toEqual(oracleState(oracle));
        expect(
          ports.memory.published
            .filter(isOfMethod)
            .map(({ eventTypeKey, contactId, params }) => [
              eventTypeKey,
              contactId,
              eventTypeKey === 'newContact' ? undefined : params.EmailAddress,
            ]),
        ).toEqual(oracle.events.map(([type, number, email]) => [type, ids.get(number), email]));
        expect(breachesOf(ports.memory)).toEqual([]);
      }),
      { numRuns: sized(500, 1500) },
    );
  });
});

/** Lets the queue come back with everything that was promised, as it does after a while. */
const keepPromises = async (ports: MemoryPorts): Promise<void> => {
  await ports.eventLog.append(ports.memory.published);
  for (const promised of ports.memory.promised) await publishSubscription(ports, promised);
};

/** Every subscriber that was born and not erased since was told as new, by one event however often. */
const expectCreationsPublished = ({ contacts, published }: Memory): void => {
  const created = [...contacts.values()].filter(({ source, state }) => source === 'SUBSCRIPTION' && state !== 'erased');
  const announced = new Set(
    published.filter(({ eventTypeKey }) => /^subscribeFromApi/.test(eventTypeKey)).map(({ contactId }) => contactId),
  );
  const eventIds = new Set(
    published.filter(({ eventTypeKey }) => /^subscribeFromApi/.test(eventTypeKey)).map(({ eventId }) => eventId),
  );

  expect(created.map(({ id }) => id).filter((id) => !announced.has(id))).toEqual([]);
  expect(eventIds.size).toBe(announced.size);
};

describe('random writes that die at random steps and are sent again', () => {
  const dying = fc.record({ asked: anyWrite, deaths: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 2 }) });

  it('end as if each had been sent once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dying, { minLength: 1, maxLength: 8 }), async (writes) => {
        const memory = emptyMemory();
        const time = clock();
        const oracle = writeOracle();
        const ids: Ids = new Map();

        for (const { asked, deaths } of writes) {
          for (const operations of asked.method === 'bulk' ? [] : deaths) {
            const ports = { ...memoryPorts({ memory, step: crashAfter(operations) }), ...time };
            await refusable(doWrite(ports, asked, ids)).catch((error: unknown) => {
              if (!(error instanceof Crash)) throw error;
            });
          }
          const done = await refusable(doWrite({ ...memoryPorts({ memory }), ...time }, asked, ids));
          const answer = oracle.write(asked);
          noteIds(ids, answer, done);
          await keepPromises({ ...memoryPorts({ memory }), ...time });
        }

        expect(productState(memory, ids)).toEqual(oracleState(oracle));
        expect(breachesOf(memory)).toEqual([]);
        expectCreationsPublished(memory);
      }),
      { numRuns: sized(300, 1000) },
    );
  });
});

/**
 * The contacts of a world that were not erased, without their numbers, in an order of their own. Segments do not count:
 * memberships follow the contact a moment later, and so are not in one order with it (contract 2.5).
 */
const census = (contacts: readonly { readonly state: string }[]): string[] =>
  contacts
    .filter(({ state }) => state !== 'erased')
    .map((contact) => JSON.stringify({ ...contact, number: 0, segments: [] }))
    .sort();

const distinctCensuses = (all: readonly string[][]): string[][] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];

/** Every order of some writes. */
const ordersOf = (writes: readonly OracleWrite[]): OracleWrite[][] =>
  writes.length === 0
    ? [[]]
    : writes.flatMap((first, index) => ordersOf(writes.toSpliced(index, 1)).map((rest) => [first, ...rest]));

/** Writes that follow one another, each with the contact that it favours, if any. */
type Course = readonly (readonly [asked: OracleWrite, favourite?: number | undefined])[];

const worldAfter = (course: Course): OracleWorld => {
  const oracle = writeOracle();
  for (const [asked, favourite] of course) oracle.write(asked, favourite);
  return oracle;
};

const censusAfter = (course: Course): string[] => census(oracleState(worldAfter(course)));

/**
 * The courses that writes at once may have taken after others. Which of several contacts comes first, a write may
 * have read a moment before it wrote, and so have favoured the one that came first then.
 */
const coursesOf = (first: readonly OracleWrite[], writes: readonly OracleWrite[]): Course[] => {
  const before: Course = first.map((asked) => [asked]);
  return ordersOf(writes).flatMap((order) =>
    order.reduce<Course[]>(
      (courses, asked) =>
        courses.flatMap((course) => {
          const moments = Array.from({ length: course.length - first.length + 1 }, (_, ago) => course.length - ago);
          const meant = moments.map((moment) => worldAfter(course.slice(0, moment)).write(asked).contacts[0]);
          return [...new Set(meant)].map((favourite): Course => [...course, [asked, favourite]]);
        }),
      [before],
    ),
  );
};

/** Whether writes at once may have ended so. */
const expectPossible = (end: string[], first: readonly OracleWrite[], writes: readonly OracleWrite[]): void => {
  const strict = ordersOf(writes).map((order) => censusAfter([...first, ...order].map((asked) => [asked])));
  if (strict.some((possible) => isDeepStrictEqual(possible, end))) return;
  expect(distinctCensuses(coursesOf(first, writes).map(censusAfter))).toContainEqual(end);
};

/** Writes at once, whose operations take turns by chance, and which die where that is chosen. */
const playAtOnce = async (
  before: readonly OracleWrite[],
  atOnce: readonly OracleWrite[],
  { dies, luck }: { dies: boolean; luck: Iterator<number> },
) => {
  const ids: Ids = new Map();
  const dead = new Set<number>();
  let tokens = 0;
  const prepare = async (memory: Memory) => {
    const ports = { ...memoryPorts({ memory }), ...clock() };
    const oracle = writeOracle();
    for (const asked of before) noteIds(ids, oracle.write(asked), await refusable(doWrite(ports, asked, ids)));
  };
  const writers = atOnce.map((asked, index) => ({
    name: String(index),
    run: (ports: MemoryPorts) => {
      const time = { now: () => `2026-01-06T09:00:00.00${index}Z`, newId: () => `parallel-${++tokens}` };
      return refusable(doWrite({ ...ports, ...time }, asked, ids));
    },
  }));

  const ending = await playSchedule(writers, prepare, (given) => {
    const moves = dies ? given : given.filter(({ label }) => !label.endsWith(':crash'));
    const move = moves[(luck.next().value ?? 0) % moves.length];
    if (move?.label.endsWith(':crash')) dead.add(Number.parseInt(move.label, 10));
    return move;
  });
  if (!ending) throw new Error('The schedule did not end');
  return { ...ending, dead: [...dead].flatMap((index) => atOnce[index] ?? []) };
};

/** All contacts that the product has, in the shape of the oracle's. */
const everybody = (memory: Memory) => productState(memory, new Map([...memory.contacts.keys()].map((id) => [id, id])));

describe('random writes at once', () => {
  const onlySingle = anyWrite.filter(({ method }) => method !== 'bulk' && method !== 'suppress');
  const luck = fc.infiniteStream(fc.nat());
  const before = fc.array(anyWrite, { maxLength: 4 });

  it('of three callers end as if they had followed one another', async () => {
    // The rows of an import are writes of their own, between which others may come.
    const oneContact = anyWrite.filter(
      (asked) => asked.method !== 'bulk' || (asked.rows.length === 1 && asked.held === undefined),
    );
    const atOnce = fc.array(oneContact, { minLength: 2, maxLength: 3 });

    await fc.assert(
      fc.asyncProperty(before, atOnce, luck, async (first, writes, stream) => {
        const { memory } = await playAtOnce(first, writes, { dies: false, luck: stream });

        expectPossible(census(everybody(memory)), first, writes);
        expect(breachesOf(memory)).toEqual([]);
      }),
      { numRuns: sized(500, 1500) },
    );
  });

  it('of two callers who may die and come again end as if they had followed one another', async () => {
    const atOnce = fc.array(onlySingle, { minLength: 2, maxLength: 2 });

    await fc.assert(
      fc.asyncProperty(before, atOnce, luck, async (first, writes, stream) => {
        const { memory, dead } = await playAtOnce(first, writes, { dies: true, luck: stream });
        await keepPromises({ ...memoryPorts({ memory }), ...clock() });

        expectPossible(census(everybody(memory)), first, [...writes, ...dead]);
        expect(breachesOf(memory)).toEqual([]);
        expectCreationsPublished(memory);
      }),
      { numRuns: sized(500, 1500) },
    );
  });
});
