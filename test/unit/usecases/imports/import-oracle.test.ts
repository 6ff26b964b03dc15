import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contact, ContactDraft, Token } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { type DedupeOn, dedupeKeys, type ImportSettings } from '#domain/imports/import-session.ts';
import {
  anyDeath,
  anyDraft,
  anySettings,
  cardField,
  cut,
  defineFields,
  present,
  saying,
} from '#test/support/any-import.ts';
import { contactOracle, type OracleContact } from '#test/support/contacts/contact-oracle.ts';
import { createImport, type Death, deliver, importRowsOf, outcomesOf } from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';

/** The few values that the generated rows have, read as the oracle's own table of them says. */
const readField = (id: number, value: string): string | undefined =>
  id === cardField ? { '5': '5', '+5': '5', '6': '6', '': '' }[value] : { red: 'red', '': '' }[value];

/** A token in two rows of a chunk goes to the last row that was not saved before the crash, so each row has its own. */
const eachTokenOnce = (rows: readonly ContactDraft[]): ContactDraft[] => {
  const seen = new Set<string>();
  const isNew = ({ type, value }: Token) => !seen.has(`${type}.${value}`) && seen.add(`${type}.${value}`);
  return rows.map((row) => (row.tokens ? { ...row, tokens: row.tokens.filter(isNew) } : row));
};

/** One request: its rows, cut into chunks of these sizes, whose workers die after so many operations. */
interface Request {
  readonly settings: ImportSettings;
  readonly rows: readonly ContactDraft[];
  readonly sizes: readonly number[];
  readonly crashes: readonly (readonly Death[])[];
  /** Contacts that are deleted afterwards, by the order of their birth. */
  readonly deleted: readonly number[];
  /** A chunk that is delivered once more at the end, by its position. */
  readonly replayed: number;
}

const anyRequest = (
  settings: fc.Arbitrary<ImportSettings>,
  draft: fc.Arbitrary<ContactDraft>,
  crashes: fc.Arbitrary<readonly Death[]>,
): fc.Arbitrary<Request> =>
  fc.record({
    settings,
    rows: fc.array(draft, { minLength: 1, maxLength: 6 }),
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
    crashes: fc.array(crashes, { maxLength: 3 }),
    deleted: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
    replayed: fc.nat(),
  });

/** Runs requests through the product and through the oracle, side by side. */
const sideBySide = () => {
  const memory = emptyMemory();
  const ports = memoryPorts({ memory });
  const oracle = contactOracle(readField);
  /** The product's id of each of the oracle's contacts. */
  const idOf = new Map<number, number>();
  defineFields(memory);

  const inProductIds = (draft: ContactDraft): ContactDraft =>
    draft.id === undefined ? draft : { ...draft, id: idOf.get(draft.id) ?? 1_000_000 };

  const importBoth = async ({ settings, rows, sizes, crashes, replayed }: Request) => {
    const known = rows.map(inProductIds);
    const chunks = await createImport(ports, cut(importRowsOf(known, settings), sizes), settings);
    const expected = [];
    for (const [index, piece] of cut(rows, sizes).entries()) {
      const chunk = chunks[index];
      if (!chunk) throw new Error('The pieces differ');
      // What an id means is known by the time of the request, not of the chunk.
      expected.push(
        ...oracle.importRun(
          piece.map((row) => idAsKnown(row, idOf)),
          settings,
        ),
      );
      await deliver(memory, chunk, crashes[index]);
    }
    const again = chunks[replayed % chunks.length];
    const before = snapshot(memory);
    if (again) await deliver(memory, again);
    expect(snapshot(memory)).toEqual(before);

    const sessionId = chunks[0]?.sessionId ?? '';
    const outcomes = outcomesOf(memory, sessionId);
    for (const [index, { contact }] of expected.entries()) {
      const contactId = outcomes[index]?.contactId;
      if (contact && contactId !== undefined && !idOf.has(contact.number)) idOf.set(contact.number, contactId);
    }
    return { outcomes, expected, session: memory.sessions.get(sessionId) };
  };

  const removeBoth = (number: number) => {
    const contact = memory.contacts.get(idOf.get(number) ?? 0);
    if (!contact) return;
    oracle.remove(number);
    const updatedAt = new Date(latest(memory) + 500).toISOString();
    memory.contacts.set(contact.id, { ...contact, state: 'deleted', version: contact.version + 1, updatedAt });
  };

  return { memory, oracle, idOf, importBoth, removeBoth };
};

const idAsKnown = (row: ContactDraft, idOf: ReadonlyMap<number, number>): ContactDraft =>
  row.id === undefined || idOf.has(row.id) ? row : { ...row, id: 1_000_000 };

const latest = (memory: Memory) =>
  Math.max(...[...memory.contacts.values()].map(({ updatedAt }) => Date.parse(updatedAt)));

const snapshot = ({ contacts, claims, memberships, published, chunks, sessions }: Memory) =>
  structuredClone({ contacts, claims, memberships, published, chunks, sessions });

/** A stored contact in the flat names of the oracle. */
const flat = ({ tokens: own = [], address = {}, fields = [], ...contact }: Contact): Record<string, string> => ({
  ...Object.fromEntries(
    (['externalCustomerId', 'email', 'sms', 'firstName', 'lastName', 'languageCode'] as const).flatMap((name) =>
      contact[name] === undefined ? [] : [[name, contact[name]]],
    ),
  ),
  ...Object.fromEntries(own.map(({ type, value }) => [`${type}.${value}`, value])),
  ...Object.fromEntries(Object.entries(address).map(([part, value]) => [`address.${part}`, value])),
  ...Object.fromEntries(fields.map(({ id, value }) => [`field.${id}`, value])),
});

const segmentNames = (memory: Memory, contactId: number): string[] => {
  const names = new Map([...memory.segments.values()].map(({ id, name }) => [id, name]));
  return [...memory.memberships.values()]
    .filter((membership) => membership.contactId === contactId)
    .map(({ segmentId }) => names.get(segmentId) ?? '')
    .sort();
};

/** Everything that the product knows of its contacts, told by the oracle's numbers. */
const productContacts = (memory: Memory, idOf: ReadonlyMap<number, number>) =>
  [...idOf].map(([number, id]) => {
    const contact = memory.contacts.get(id);
    return {
      number,
      isDeleted: contact?.state === 'deleted',
      values: contact && flat(contact),
      segments: segmentNames(memory, id),
    };
  });

const oracleContacts = (contacts: readonly OracleContact[]) =>
  contacts.map(({ number, isDeleted, values, segments }) => ({
    number,
    isDeleted,
    values: Object.fromEntries(values),
    segments: [...segments].sort(),
  }));

const creationsIn = ({ published }: Memory) => published.filter(({ eventTypeKey }) => eventTypeKey === 'newContact');

const expectSameWorld = ({ memory, oracle, idOf }: ReturnType<typeof sideBySide>) => {
  const events = new Set(creationsIn(memory).map(({ eventId }) => eventId));

  expect(new Set(idOf.values()).size).toBe(idOf.size);
  expect(memory.contacts.size).toBe(oracle.contacts.length);
  expect(productContacts(memory, idOf).sort((one, other) => one.number - other.number)).toEqual(
    oracleContacts(oracle.contacts),
  );
  expect(events).toEqual(new Set([...memory.contacts.keys()].map((id) => `newContact:${id}`)));
  expect(
    findBreaches({ claims: memory.claims.values(), contacts: memory.contacts.values() }, new Set([cardField])),
  ).toEqual([]);
};

describe('random imports, chunk after chunk, each chunk replayed', () => {
  it('end as the oracle says, row by row', async () => {
    const request = anyRequest(anySettings(fc.constantFrom(...dedupeKeys)), anyDraft, fc.constant([]));

    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 5 }), async (requests) => {
        const world = sideBySide();
        for (const given of requests) {
          const { outcomes, expected, session } = await world.importBoth(given);

          expect(outcomes.map(({ outcome }) => outcome)).toEqual(expected.map(({ outcome }) => outcome));
          expect(outcomes.map(({ outcome, contactId }) => (outcome === 'skipped' ? undefined : contactId))).toEqual(
            expected.map(({ contact }) => contact && world.idOf.get(contact.number)),
          );
          expect(session?.state).toBe('FINISHED');
          for (const number of given.deleted) world.removeBoth(number);
        }
        expectSameWorld(world);
        expect(creationsIn(world.memory)).toHaveLength(world.memory.contacts.size);
      }),
      { numRuns: sized(200, 600) },
    );
  });
});

describe('random imports whose workers die at random steps and whose chunks are delivered again', () => {
  /** Rows that a second delivery matches as the first did, whatever the first had done: by one value of their own. */
  const worlds: Partial<Record<DedupeOn, fc.Arbitrary<ContactDraft>>> = {
    email: fc.record({ ...saying, email: fc.constantFrom('a@x.x', 'b@x.x', 'c@x.x') }).map(present),
    externalCustomerId: fc.record({ ...saying, externalCustomerId: fc.constantFrom('A', 'B', 'C') }).map(present),
    sms: fc.record({ ...saying, sms: fc.constantFrom('1', '2', '3') }).map(present),
  };

  it.each(Object.entries(worlds))('end as the oracle says and tell every birth: %s', async (dedupeOn, draft) => {
    const settings = anySettings(fc.constant(dedupeOn as DedupeOn)).map(({ contactFields, ...rest }) => ({
      ...rest,
      // A mask that clears what contacts are matched by would make the second delivery mean somebody else.
      ...(contactFields && { contactFields: contactFields.filter((member) => member !== dedupeOn) }),
    }));
    const crashes = fc.array(anyDeath(60), { maxLength: 3 });
    const request = anyRequest(settings, draft, crashes).map((given) => ({
      ...given,
      rows: eachTokenOnce(given.rows),
    }));

    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 4 }), async (requests) => {
        const world = sideBySide();
        for (const given of requests) {
          const { outcomes, expected, session } = await world.importBoth(given);

          expect(outcomes.map(({ row }) => row)).toEqual(given.rows.map((_, index) => index + 1));
          expect(outcomes.filter(({ outcome }) => outcome === 'created').length).toBe(
            expected.filter(({ outcome }) => outcome === 'created').length,
          );
          expect(session?.state).toBe('FINISHED');
          for (const number of given.deleted) world.removeBoth(number);
        }
        expectSameWorld(world);
      }),
      { numRuns: sized(100, 400) },
    );
  });
});
