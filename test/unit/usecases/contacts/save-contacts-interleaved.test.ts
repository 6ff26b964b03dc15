import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import { saveRule } from '#test/support/makers.ts';
import { type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { type Ending, playEverySchedule, playSchedule, type Writer } from '#test/support/schedules.ts';
import { sized } from '#test/support/soak.ts';
import { type SavedRow, saveContacts } from '#usecases/contacts/save-contacts.ts';

interface Said {
  readonly token: string;
  readonly rows: readonly SavedRow[];
}

const writer = (name: string, drafts: ContactDraft[], about: Partial<SaveRule> = {}): Writer<Said> => {
  const rule = saveRule({ token: name, now: `2026-01-05T09:00:00.00${name.length}Z`, ...about });
  return { name, run: async (ports) => ({ token: name, rows: (await saveContacts(ports, drafts, rule)).rows }) };
};

const existing = (drafts: ContactDraft[]) => async (memory: Memory) => {
  if (drafts.length > 0) await saveContacts(memoryPorts({ memory }), drafts, saveRule({ token: 'before' }));
};

/** The contacts that are not tombstones of births that were given up. */
const living = ({ contacts }: Memory) => [...contacts.values()].filter(({ state }) => state !== 'erased');

/** Every contact was told as created by a completed run of the writer that created it, and by nobody else. */
const creationsPublished = ({ memory, said }: Ending<Said>) => {
  const published = said.flatMap(({ token, rows }) =>
    rows.flatMap(({ outcome, contact }) => (outcome === 'created' && contact ? [`${token}:${contact.id}`] : [])),
  );
  const created = living(memory).filter(({ createdBy }) => createdBy !== 'before');
  return { published: published.sort(), created: created.map(({ createdBy, id }) => `${createdBy}:${id}`).sort() };
};

interface Scenario {
  readonly title: string;
  readonly before: ContactDraft[];
  readonly writers: Writer<Said>[];
  /** How many contacts there may be in the end. */
  readonly contacts: number[];
}

const scenarios: Scenario[] = [
  {
    title: 'two births of one e-mail address',
    before: [],
    writers: [writer('a', [{ email: 'x@x.x' }]), writer('bb', [{ email: 'x@x.x', firstName: 'Bo' }])],
    contacts: [1],
  },
  {
    title: 'two births that share an e-mail address, one with a phone',
    before: [],
    writers: [writer('a', [{ email: 'x@x.x', sms: '1' }]), writer('bb', [{ email: 'x@x.x' }])],
    contacts: [1],
  },
  {
    title: 'two births matched by e-mail here and by phone there',
    before: [],
    writers: [
      writer('a', [{ email: 'x@x.x', sms: '1' }]),
      writer('bb', [{ email: 'y@y.y', sms: '1' }], { dedupeOn: 'sms' }),
    ],
    contacts: [1, 2],
  },
  {
    title: 'a request of two rows and one of them again',
    before: [],
    writers: [writer('a', [{ email: 'x@x.x' }, { email: 'x@x.x', sms: '1' }]), writer('bb', [{ email: 'x@x.x' }])],
    contacts: [1],
  },
];

/** Writers of whom either may bury what the other set out to bear, so that schedules have no end to their number. */
const rivalries: Scenario[] = [
  {
    title: 'a contact moves to the e-mail address that another is born with',
    before: [{ externalCustomerId: 'A', email: 'x@x.x' }],
    writers: [writer('a', [{ externalCustomerId: 'A', email: 'y@y.y' }]), writer('bb', [{ email: 'y@y.y' }])],
    contacts: [1, 2],
  },
  {
    title: 'a contact leaves the e-mail address that another looks for',
    before: [{ externalCustomerId: 'A', email: 'x@x.x' }],
    writers: [
      writer('a', [{ externalCustomerId: 'A', email: 'y@y.y' }]),
      writer('bb', [{ externalCustomerId: 'B', email: 'x@x.x' }]),
    ],
    contacts: [2],
  },
  {
    title: 'two external ids for one contact that has none',
    before: [{ email: 'x@x.x' }],
    writers: [
      writer('a', [{ externalCustomerId: 'A', email: 'x@x.x' }]),
      writer('bb', [{ externalCustomerId: 'B', email: 'x@x.x' }]),
    ],
    contacts: [2],
  },
  {
    title: 'a token moves to a birth while its owner is updated',
    before: [{ email: 'x@x.x', tokens: [{ type: 'mobilepush', value: 't' }] }],
    writers: [
      writer('a', [{ email: 'y@y.y', tokens: [{ type: 'mobilepush', value: 't' }] }]),
      writer('bb', [{ email: 'x@x.x', firstName: 'Bo' }]),
    ],
    contacts: [2],
  },
  {
    title: 'two external ids that share an e-mail address',
    before: [],
    writers: [
      writer('a', [{ externalCustomerId: 'A', email: 'x@x.x' }]),
      writer('bb', [{ externalCustomerId: 'B', email: 'x@x.x' }]),
    ],
    contacts: [2],
  },
  {
    title: 'one external id with two e-mail addresses',
    before: [],
    writers: [
      writer('a', [{ externalCustomerId: 'A', email: 'x@x.x' }]),
      writer('bb', [{ externalCustomerId: 'A', email: 'y@y.y' }]),
    ],
    contacts: [1],
  },
];

const checkEnding = (ending: Ending<Said>, contacts: readonly number[], story: string) => {
  const { published, created } = creationsPublished(ending);
  const { claims, contacts: stored } = ending.memory;

  expect(findBreaches({ claims: claims.values(), contacts: stored.values() }), story).toEqual([]);
  expect(published, story).toEqual(created);
  expect(contacts, story).toContain(living(ending.memory).length);
};

describe('the write path, every schedule of two writers with a crash each', () => {
  it.each(scenarios)(
    '$title',
    async ({ before, writers, contacts }) => {
      const { endings } = await playEverySchedule(writers, existing(before), (ending, schedule) =>
        checkEnding(ending, contacts, schedule.join('\n')),
      );

      expect(endings).toBeGreaterThan(1);
    },
    120_000,
  );
});

describe('the write path, random schedules of two writers who can look again and again, with a crash each', () => {
  it.each(rivalries)(
    '$title',
    async ({ before, writers, contacts }) => {
      const luck = fc.infiniteStream(fc.nat());

      await fc.assert(
        fc.asyncProperty(luck, async (stream) => {
          const story: string[] = [];
          const ending = await playSchedule(writers, existing(before), (moves) => {
            const move = moves[(stream.next().value ?? 0) % moves.length];
            story.push(move?.label ?? '');
            return move;
          });

          if (!ending) throw new Error('The schedule did not end');
          checkEnding(ending, contacts, story.join('\n'));
        }),
        { numRuns: sized(100, 700) },
      );
    },
    120_000,
  );
});

describe('the write path, random schedules of three writers with a crash each', () => {
  it('keeps one contact a dedupe key and one telling a birth', async () => {
    const channel = fc.record({ email: fc.constantFrom('x@x.x', 'y@y.y'), sms: fc.constantFrom('1', '2') });
    const draft = fc.tuple(channel, fc.option(fc.constantFrom('A', 'B'))).map(([given, externalCustomerId]) => ({
      ...given,
      ...(externalCustomerId && { externalCustomerId }),
    }));
    const work = fc.record({
      drafts: fc.array(draft, { minLength: 1, maxLength: 3 }),
      dedupeOn: fc.constantFrom('email', 'sms', 'email_or_sms'),
    });
    const works = fc.array(work, { minLength: 3, maxLength: 3 });
    const luck = fc.infiniteStream(fc.nat());

    await fc.assert(
      fc.asyncProperty(works, fc.array(draft, { maxLength: 2 }), luck, async (given, before, stream) => {
        const writers = given.map(({ drafts, dedupeOn }, index) => writer('w'.repeat(index + 1), drafts, { dedupeOn }));
        const ending = await playSchedule(
          writers,
          existing(before),
          (moves) => moves[(stream.next().value ?? 0) % moves.length],
        );

        if (!ending) throw new Error('The schedule did not end');
        const { published, created } = creationsPublished(ending);
        expect(
          findBreaches({ claims: ending.memory.claims.values(), contacts: ending.memory.contacts.values() }),
        ).toEqual([]);
        expect(published).toEqual(created);
      }),
      { numRuns: sized(500, 1500) },
    );
  }, 120_000);
});
