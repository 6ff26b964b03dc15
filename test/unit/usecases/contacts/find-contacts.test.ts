import { beforeEach, describe, expect, test } from 'vitest';
import { parseContactsQuery } from '#contract/contacts/find-contacts.ts';
import type { ContactFilter } from '#domain/contacts/contact-filter.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { findContacts } from '#usecases/contacts/find-contacts.ts';

let ports = memoryPorts();
beforeEach(() => {
  ports = memoryPorts();
});

const store = (...contacts: Parameters<typeof contactOf>[0][]) => {
  for (const about of contacts) {
    const contact = contactOf(about);
    ports.memory.contacts.set(contact.id, contact);
    const identities = [
      ...(contact.email ? [`EMAIL#${contact.email}`] : []),
      ...(contact.sms ? [`SMS#${contact.sms}`] : []),
      ...(contact.externalCustomerId ? [`EXT#${contact.externalCustomerId}`] : []),
    ];
    for (const key of identities) {
      const [type = '', value = ''] = key.split('#');
      const contactIds = [...(ports.memory.claims.get(key)?.contactIds ?? []), contact.id];
      ports.memory.claims.set(key, { identity: { type: type as 'EMAIL', value }, contactIds, stamp: '1.1' });
    }
  }
};

const filterOf = (query: Record<string, string>): ContactFilter =>
  parseContactsQuery(query, { defaultCountry: 'UA' }).filter;

const everyId = async (query: Record<string, string>, { limit = 2, isAscending = false } = {}): Promise<number[]> => {
  const ids: number[] = [];
  let after: number | undefined;
  do {
    const page = await findContacts(ports, filterOf(query), { limit, isAscending, ...(after && { after }) });
    expect(page.found.length).toBeLessThanOrEqual(limit);
    ids.push(...page.found.map(({ contact }) => contact.id));
    after = page.last;
  } while (after !== undefined);
  return ids;
};

describe('contacts are found', () => {
  test('newest first or by id, each once however the pages fall', async () => {
    store(...Array.from({ length: 9 }, (_, index) => ({ id: index + 1, email: `p${index}@example.com` })));

    expect(await everyId({})).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(await everyId({}, { limit: 4, isAscending: true })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test.each([
    ['an address in any case', 'JOHN@Example.com'],
    ['a phone number as people write it', '+38 (094) 258-36-91'],
    ['a national number', '0942583691'],
    ['your own id', 'C-17'],
    ['our id', '1'],
    ['how the names begin, in any order', 'smi joh'],
  ])('by %s', async (_, search) => {
    const john = { email: 'john@example.com', sms: '380942583691', externalCustomerId: 'C-17' };
    store(
      { id: 1, firstName: 'John', lastName: 'Smith', ...john },
      { id: 2, firstName: 'Mary', lastName: 'Johnson', email: 'mary@example.com' },
    );

    expect(await everyId({ search })).toEqual([1]);
  });

  test('by how they stand: who may be written to, who has not confirmed, who left, who is deleted', async () => {
    store(
      { id: 1, email: 'fine@example.com' },
      { id: 2, email: 'new@example.com', confirmed: false },
      { id: 3, email: 'left@example.com' },
      { id: 4, email: 'gone@example.com', state: 'deleted' },
    );
    await ports.suppressions.add([
      { address: 'left@example.com', reason: 'unsubscribed', since: '2026-01-01T00:00:00.000Z' },
    ]);

    const found = await Promise.all(
      ['active', 'unconfirmed', 'unsubscribed', 'deleted'].map((state) => everyId({ state })),
    );

    expect(found).toEqual([[1], [2], [3], [4]]);
  });

  test('by source and by when they were created and updated, the bounds among them', async () => {
    const times = (time: string) => ({ createdAt: time, updatedAt: time });
    store(
      { id: 1, source: 'IMPORT', ...times('2026-01-01T00:00:00.000Z') },
      { id: 2, source: 'SUBSCRIPTION', ...times('2026-01-02T00:00:00.000Z') },
      { id: 3, source: 'SUBSCRIPTION', ...times('2026-01-03T00:00:00.000Z') },
    );

    expect(await everyId({ source: 'SUBSCRIPTION' })).toEqual([3, 2]);
    expect(await everyId({ createdFrom: '2026-01-02T00:00:00Z', createdTo: '2026-01-02T02:00:00+02:00' })).toEqual([2]);
    expect(await everyId({ updatedTo: '2026-01-02T00:00:00Z', source: 'IMPORT' })).toEqual([1]);
  });

  test('in a segment, with every other filter', async () => {
    const [segment] = await ports.segments.ensure(['Customers']);
    store({ id: 1, firstName: 'John' }, { id: 2, firstName: 'Mary' }, { id: 3, firstName: 'Johanna' });
    const add = [1, 2].map((contactId) => ({ contactId, segmentId: segment?.id ?? 0, epoch: segment?.epoch ?? 0 }));
    await ports.contacts.changeMemberships({ add, remove: [] });

    expect(await everyId({ segmentId: String(segment?.id) }, { limit: 1 })).toEqual([2, 1]);
    expect(await everyId({ segmentId: String(segment?.id), search: 'joh' })).toEqual([1]);
    await expect(everyId({ segmentId: '99' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('by nobody’s address: nobody', async () => {
    store({ id: 1, firstName: 'John' });

    expect(await everyId({ search: 'nobody@example.com' })).toEqual([]);
    expect(await everyId({ search: '99999' })).toEqual([]);
  });
});
