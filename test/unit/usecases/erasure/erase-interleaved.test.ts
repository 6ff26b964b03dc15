import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import type { SaveRule } from '#domain/contacts/plan.ts';
import { tombstone } from '#domain/contacts/working-state.ts';
import { RollcallError } from '#domain/error.ts';
import { saveRule } from '#test/support/makers.ts';
import { type Memory, type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { type Ending, playEverySchedule, type Writer } from '#test/support/schedules.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { type SavedRow, saveContacts } from '#usecases/contacts/save-contacts.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';

interface Said {
  readonly writer: string;
  readonly rows?: readonly SavedRow[];
  /** Whether the deletion or erasure was done; otherwise it found nobody. */
  readonly isDone?: boolean;
}

const secret = 'Secret';

const save = (name: string, drafts: ContactDraft[], about: Partial<SaveRule> = {}): Writer<Said> => {
  const rule = saveRule({ token: name, now: `2026-01-05T09:00:00.00${name.length}Z`, ...about });
  return { name, run: async (ports) => ({ writer: name, rows: (await saveContacts(ports, drafts, rule)).rows }) };
};

/** What nobody else can notice needs no turn of its own. */
const quiet = (ports: MemoryPorts) => ({
  ...ports,
  fields: memoryPorts().fields,
  erasureQueue: memoryPorts().erasureQueue,
  proposals: memoryPorts().proposals,
});

const unlessNobody = async (writer: string, work: Promise<number>): Promise<Said> => {
  try {
    await work;
    return { writer, isDone: true };
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'NOT_FOUND') return { writer, isDone: false };
    throw error;
  }
};

const remove = (id = 1): Writer<Said> => ({
  name: 'delete',
  run: (ports) => unlessNobody('delete', deleteContact(quiet(ports), { id })),
});

const erase = (id = 1): Writer<Said> => ({
  name: 'erase',
  run: (ports) => unlessNobody('erase', eraseContact(quiet(ports), { id })),
});

const existing = (drafts: ContactDraft[]) => async (memory: Memory) => {
  if (drafts.length > 0) await saveContacts(memoryPorts({ memory }), drafts, saveRule({ token: 'before' }));
};

/** Everything that must be true however the writers met. */
const promises = ({ memory, said }: Ending<Said>) => {
  const contacts = [...memory.contacts.values()];
  const erased = contacts.filter(({ state }) => state === 'erased');
  const published = said.flatMap(({ writer, rows = [] }) =>
    rows.flatMap(({ outcome, contact }) => (outcome === 'created' && contact ? [`${writer}:${contact.id}`] : [])),
  );
  const created = contacts.filter(({ createdBy }) => createdBy !== 'before');
  return {
    breaches: findBreaches({ claims: memory.claims.values(), contacts }),
    membersOfErased: erased.flatMap((contact) => Object.keys(contact).filter((name) => personal.has(name))),
    claimsOfErased: [...memory.claims.values()].filter(({ contactIds }) =>
      erased.some(({ id }) => contactIds.includes(id)),
    ),
    secrets: erased.length > 0 ? contacts.filter(({ firstName }) => firstName === secret).map(({ id }) => id) : [],
    // Each of these writers has one draft.
    createdTwice: created.filter(({ createdBy, id }) =>
      created.some((one) => one.createdBy === createdBy && one.id !== id),
    ),
    unpublished: created
      .map(({ createdBy, id }) => `${createdBy}:${id}`)
      .filter((creation) => !published.includes(creation)),
  };
};

const personal = new Set([
  'email',
  'sms',
  'externalCustomerId',
  'firstName',
  'lastName',
  'tokens',
  'fields',
  'address',
]);

const kept = { breaches: [], membersOfErased: [], claimsOfErased: [], secrets: [], createdTwice: [], unpublished: [] };

const john = { email: 'x@x.x', firstName: secret };

const scenarios: { title: string; before: ContactDraft[]; writers: Writer<Said>[] }[] = [
  {
    title: 'an erasure and an update of the same contact',
    before: [john],
    writers: [erase(), save('a', [{ email: 'x@x.x', lastName: 'Doe' }])],
  },
  {
    title: 'an erasure and an update that gives the contact a phone',
    before: [john],
    writers: [erase(), save('a', [{ email: 'x@x.x', sms: '1' }])],
  },
  {
    title: 'an erasure and an update that takes the contact to another address',
    before: [{ ...john, externalCustomerId: 'A' }],
    writers: [erase(), save('a', [{ externalCustomerId: 'A', email: 'y@y.y' }])],
  },
  {
    title: 'an erasure and a birth that shares the address',
    before: [{ ...john, externalCustomerId: 'A' }],
    writers: [erase(), save('a', [{ externalCustomerId: 'B', email: 'x@x.x' }])],
  },
  {
    title: 'an erasure and the birth of the very contact',
    before: [],
    writers: [erase(), save('a', [{ email: 'x@x.x' }])],
  },
  {
    title: 'an erasure and a token that moves to another contact',
    before: [{ ...john, tokens: [{ type: 'mobilepush', value: 't' }] }],
    writers: [erase(), save('a', [{ email: 'y@y.y', tokens: [{ type: 'mobilepush', value: 't' }] }])],
  },
  { title: 'two erasures of one contact', before: [john], writers: [erase(), erase()] },
  { title: 'an erasure and a deletion', before: [john], writers: [erase(), remove()] },
  {
    title: 'a deletion and an update',
    before: [john],
    writers: [remove(), save('a', [{ email: 'x@x.x', lastName: 'Doe' }], { restoreDeleted: true })],
  },
  {
    title: 'a deletion and an update that changes the address',
    before: [{ ...john, externalCustomerId: 'A' }],
    writers: [remove(), save('a', [{ externalCustomerId: 'A', email: 'y@y.y' }])],
  },
];

describe('deleting and erasing, every schedule of two writers with a crash each', () => {
  it.each(scenarios)(
    '$title',
    async ({ before, writers }) => {
      const { endings } = await playEverySchedule(writers, existing(before), (ending, schedule) => {
        expect(promises(ending), schedule.join('\n')).toEqual(kept);
      });

      expect(endings).toBeGreaterThan(1);
    },
    60_000,
  );

  it('whoever is told that a contact was erased finds it erased for good', async () => {
    const writers = [erase(), save('a', [{ email: 'x@x.x', lastName: 'Doe' }])];

    await playEverySchedule(writers, existing([john]), ({ memory, said }, schedule) => {
      const wasErased = said.some(({ writer, isDone }) => writer === 'erase' && isDone);

      expect(wasErased ? memory.contacts.get(1)?.state : 'erased', schedule.join('\n')).toBe('erased');
    });
  });
});

describe('a delivery that comes again', () => {
  const rule = saveRule({ token: 'chunk' });

  it('does not bear once more whom it bore and who was erased since', async () => {
    const ports = memoryPorts();
    await saveContacts(ports, [john], rule);
    await eraseContact(quiet(ports), { id: 1 });

    const { rows } = await saveContacts(ports, [john], rule);

    expect(rows).toMatchObject([{ outcome: 'created', dedupeValue: '', contact: { id: 1, state: 'erased' } }]);
    expect([...ports.memory.contacts.keys()]).toEqual([1]);
  });

  it('bears a contact under another id where it had noted one and buried it itself', async () => {
    const ports = memoryPorts();
    const [id = 0] = await ports.contacts.leaseIds(1);
    await ports.creations.note('chunk', [{ contactId: id, rows: [0] }]);
    await ports.contacts.insertContacts([tombstone(id, rule)]);

    const { rows } = await saveContacts(ports, [john], rule);

    expect(rows).toMatchObject([{ outcome: 'created', contact: { id: 2, email: 'x@x.x' } }]);
  });
});
