import { describe, expect, test } from 'vitest';
import type { Contact, ContactState } from '#domain/contacts/contact.ts';
import type { CountJob } from '#domain/counts/count-job.ts';
import { contactsPerBlock } from '#domain/counts/standing.ts';
import { crashAfter } from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { playSchedule } from '#test/support/schedules.ts';
import { countContacts } from '#usecases/counts/count-contacts.ts';

const [sunday, monday] = ['2026-01-04', '2026-01-05'] as const;

const contactOf = (id: number, about: Partial<Contact> = {}): Contact => ({
  id,
  source: 'SUBSCRIPTION',
  state: 'active',
  tokens: [],
  fields: [],
  createdAt: `${sunday}T09:00:00.000Z`,
  updatedAt: `${sunday}T09:00:00.000Z`,
  version: 1,
  createdBy: 'request',
  updatedBy: 'request',
  confirmed: false,
  ...about,
});

const setState = ({ contacts }: Memory, id: number, state: ContactState) => {
  const contact = contacts.get(id) ?? contactOf(id);
  contacts.set(id, { ...contact, state, version: contact.version + 1 });
};

const created = (...ids: number[]): CountJob => ({ created: [{ source: 'IMPORT', day: monday, ids }] });

const changed = (...ids: number[]): CountJob => ({ changed: ids });

const count = (memory: Memory, ...jobs: CountJob[]) => countContacts(memoryPorts({ memory }), jobs);

const sumsOf = ({ sums }: Memory) => Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));

describe('contacts', () => {
  test('count once however often and in whatever batches their creation is told', async () => {
    const memory = emptyMemory();

    await count(memory, created(1, 2, 3), created(3, 4));
    await count(memory, created(1, 2, 3, 4, contactsPerBlock, 7 * contactsPerBlock));
    await count(memory, created(1, 2, 3), created(3, 4));

    expect(sumsOf(memory)).toEqual({ ' IMPORT': 6, [`${monday} IMPORT`]: 6 });
  });

  test('are fewer once some are deleted or erased, and as many again once they are restored', async () => {
    const memory = emptyMemory();
    await count(memory, created(1, 2, 3));
    const sums = async (id: number, state: ContactState) => {
      setState(memory, id, state);
      await count(memory, changed(id));
      return sumsOf(memory)[' IMPORT'];
    };

    expect([
      await sums(1, 'deleted'),
      await sums(2, 'erased'),
      await sums(1, 'active'),
      await sums(1, 'erased'),
    ]).toEqual([2, 1, 2, 1]);
    expect(sumsOf(memory)[`${monday} IMPORT`]).toBe(3);
  });

  test('that were erased before anyone counted them were new on their day, and are none of all', async () => {
    const memory = emptyMemory();
    setState(memory, 1, 'erased');

    await count(memory, changed(1));
    await count(memory, created(1));

    expect(sumsOf(memory)).toEqual({ [`${sunday} SUBSCRIPTION`]: 1 });
  });

  test('of many days are all counted', async () => {
    const memory = emptyMemory();
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    for (const id of ids) {
      const createdAt = new Date(Date.parse('2025-01-01T09:00:00.000Z') + id * 86_400_000).toISOString();
      memory.contacts.set(id, contactOf(id, { createdAt }));
    }

    await count(memory, changed(...ids));

    expect(sumsOf(memory)[' SUBSCRIPTION']).toBe(100);
    expect(memory.sums.size).toBe(101);
  });

  test('that are not there yet are looked for once more, when their writer has ended', async () => {
    const memory = emptyMemory();
    memory.contacts.set(1, contactOf(1));

    await count(memory, changed(1, 2));
    const [again] = memory.toCount;
    memory.contacts.set(2, contactOf(2));
    await count(memory, { changed: [2, 3], isAgain: true });

    expect(again).toEqual({ changed: [2], isAgain: true, delaySeconds: 900 });
    expect(memory.toCount).toHaveLength(1);
    expect(sumsOf(memory)[' SUBSCRIPTION']).toBe(2);
  });

  test('under whose id there is only the mark of one that never came to be do not count', async () => {
    const memory = emptyMemory();
    memory.contacts.set(1, contactOf(1, { state: 'erased' }));

    await count(memory, changed(1));

    expect(sumsOf(memory)).toEqual({});
  });
});

test('people are asked and confirm once, before and after their creation is counted', async () => {
  const memory = emptyMemory();
  const marks = [
    { contactId: 1, kind: 'asked', day: sunday },
    { contactId: 1, kind: 'confirmed', day: monday },
  ] as const;

  await count(memory, { marks });
  await count(memory, created(1), { marks: [{ ...marks[0], day: monday }] });

  expect(sumsOf(memory)).toEqual({
    [`${sunday} asked`]: 1,
    [`${monday} confirmed`]: 1,
    ' IMPORT': 1,
    [`${monday} IMPORT`]: 1,
  });
});

test('a report counts once for a message and kind', async () => {
  const memory = emptyMemory();
  const bounced = { id: 'm', kind: 'bounced', day: monday } as const;

  await count(memory, { reports: [bounced, bounced] });
  await count(memory, { reports: [bounced, { ...bounced, kind: 'complained' }] });

  expect(sumsOf(memory)).toEqual({ [`${monday} bounced`]: 1, [`${monday} complained`]: 1 });
});

test('whenever the function dies and its messages come again, the sums are the same', async () => {
  const jobs: CountJob[] = [
    created(1, 2, 2 * contactsPerBlock),
    changed(3, 4),
    { marks: [{ contactId: 1, kind: 'asked', day: monday }], reports: [{ id: 'm', kind: 'bounced', day: monday }] },
  ];
  const endings = [];
  for (let operations = 0; operations < 12; operations += 1) {
    const memory = emptyMemory();
    memory.contacts.set(3, contactOf(3));
    const dying = memoryPorts({ memory, step: crashAfter(operations) });
    await countContacts(dying, jobs).catch(() => {});
    for (const job of jobs) await count(memory, job);
    endings.push(sumsOf(memory));
  }

  expect(new Set(endings.map((sums) => JSON.stringify(sums))).size).toBe(1);
  expect(endings[0]).toEqual({
    ' IMPORT': 3,
    [`${monday} IMPORT`]: 3,
    ' SUBSCRIPTION': 1,
    [`${sunday} SUBSCRIPTION`]: 1,
    [`${monday} asked`]: 1,
    [`${monday} bounced`]: 1,
  });
});

test('two functions that count the same contacts, while one is deleted, come to what there is', async () => {
  let draws = 0;
  const draw = (below: number): number => {
    draws = (Math.imul(draws, 1_103_515_245) + 12_345) >>> 0;
    return (draws >>> 16) % below;
  };
  const counts = (...jobs: CountJob[]) => ({
    name: 'counts',
    run: (ports: ReturnType<typeof memoryPorts>) => countContacts(ports, jobs),
  });
  const deletes = {
    name: 'deletes',
    run: async (ports: ReturnType<typeof memoryPorts>) => {
      const { contacts } = await ports.contacts.readContacts([2], []);
      const [contact] = contacts;
      if (!contact) throw new Error('There is no contact');
      await ports.contacts.replaceContacts([
        { contact: { ...contact, state: 'deleted', version: 2 }, expectedVersion: 1 },
      ]);
      await countContacts(ports, [changed(2)]);
    },
  };

  for (let round = 0; round < 200; round += 1) {
    const ending = await playSchedule(
      [counts(changed(1, 2)), counts(changed(2, 3), changed(1)), deletes],
      async ({ contacts }) => {
        for (const id of [1, 2, 3]) contacts.set(id, contactOf(id));
      },
      (moves) => moves.filter(({ label }) => !label.endsWith(':crash'))[draw(moves.length)] ?? moves[0],
    );

    expect(ending && sumsOf(ending.memory)).toEqual({ ' SUBSCRIPTION': 2, [`${sunday} SUBSCRIPTION`]: 3 });
  }
});
