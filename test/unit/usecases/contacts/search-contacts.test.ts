import { describe, expect, it } from 'vitest';
import { parseSearch } from '#contract/contacts/search-contacts.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { saveRule } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { getContactEmails } from '#usecases/contacts/get-contact-emails.ts';
import { saveContacts } from '#usecases/contacts/save-contacts.ts';
import { searchContacts } from '#usecases/contacts/search-contacts.ts';

/** Contacts with the ids 1, 2, 3 … that were written in this order, a day each. */
const made = async (...drafts: ContactDraft[]) => {
  const ports = memoryPorts();
  for (const [index, draft] of drafts.entries()) {
    const day = String(index + 1).padStart(2, '0');
    await saveContacts(ports, [draft], saveRule({ token: `t${index}`, now: `2026-01-${day}T00:00:00.000Z` }));
  }
  return ports;
};

const people: ContactDraft[] = [
  { email: 'ann@example.com', sms: '380942583691', firstName: 'Ann', externalCustomerId: 'A' },
  { email: 'bob@example.com', sms: '380942583692', firstName: 'Bob', lastName: 'Ångström', externalCustomerId: 'B' },
  { email: 'ann@example.com', sms: '380942583693', firstName: 'ANNA', lastName: 'Smith', externalCustomerId: 'C' },
  { email: 'dan@example.com', firstName: 'Daniel', externalCustomerId: 'D' },
];

const search = async (ports: Awaited<ReturnType<typeof made>>, query: string) => {
  const asked = parseSearch(Object.fromEntries(new URLSearchParams(query)), { defaultCountry: 'UA' });
  if (!asked) return { ids: [], total: 0 };
  const { contacts, total } = await searchContacts(ports, asked, 'caller');
  return { ids: contacts.map(({ id }) => id), total };
};

describe('a search', () => {
  it.each([
    ['email=ann@example.com', [3, 1]],
    ['email=%20ANN@Example.com%20', [3, 1]],
    ['email=ann@example.co', []],
    ['email=nonsense', []],
    ['sms=380942583692', [2]],
    ['sms=%2B38%20(094)%20258-36-92', [2]],
    ['sms=0942583692', [2]],
    ['sms=5836', []],
    ['email=ann@example.com&sms=380942583691', [1]],
    ['email=ann@example.com&sms=380942583692', []],
    ['email=ann@example.com&lastname=smi', [3]],
    ['externalCustomerId=B', [2]],
    ['externalCustomerId=b', []],
    ['firstname=ann', [1, 3]],
    ['firstname=nn', []],
    ['lastname=ång', [2]],
    ['firstname=ann&lastname=s', [3]],
    ['', [1, 2, 3, 4]],
    ['email=&sms=&firstname=&lastname=&externalCustomerId=', [1, 2, 3, 4]],
  ])('for "%s" finds %j', async (query, ids) => {
    expect(await search(await made(...people), query)).toEqual({ ids, total: ids.length });
  });

  it.each([
    ['startindex=2&maxrows=2', [2, 3]],
    ['startindex=0&maxrows=1', [1]],
    ['startindex=-5&maxrows=1', [1]],
    ['startindex=x&maxrows=1', [1]],
    ['startindex=4', [4]],
    ['startindex=5', []],
    ['maxrows=0', [1, 2, 3, 4]],
    ['maxrows=-1', [1, 2, 3, 4]],
    ['maxrows=many', [1, 2, 3, 4]],
    ['maxrows=100000', [1, 2, 3, 4]],
    ['asc=false', [4, 3, 2, 1]],
    ['asc=true', [1, 2, 3, 4]],
  ])('shows the part "%s": %j, and counts all', async (query, ids) => {
    expect(await search(await made(...people), query)).toEqual({ ids, total: 4 });
  });

  it('shows at most 500 rows', async () => {
    const ports = memoryPorts();
    const drafts = Array.from({ length: 510 }, (_, index) => ({ email: `p${index}@example.com` }));
    await saveContacts(ports, drafts, saveRule());

    expect((await search(ports, 'maxrows=501')).ids).toHaveLength(500);
    expect(await search(ports, 'startindex=501&maxrows=501')).toMatchObject({ ids: { length: 10 }, total: 510 });
  });

  it('shows every contact once to whoever pages through all, although others come and go meanwhile', async () => {
    const ports = memoryPorts();
    const drafts = Array.from({ length: 10 }, (_, index) => ({ email: `p${index}@example.com` }));
    await saveContacts(ports, drafts, saveRule());

    const first = await search(ports, 'maxrows=4');
    await deleteContact(ports, { id: 1 });
    await deleteContact(ports, { id: 2 });
    const second = await search(ports, 'maxrows=4&startindex=5');
    const third = await search(ports, 'maxrows=4&startindex=9');

    expect([first, second, third].map(({ ids }) => ids)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10],
    ]);
  });

  it('is ordered by the last update where that is asked for, newest first unless said otherwise', async () => {
    const ports = await made(...people, { externalCustomerId: 'B', firstName: 'Robert' });

    expect((await search(ports, 'orderByTs=true')).ids).toEqual([2, 4, 3, 1]);
    expect((await search(ports, 'orderByTs=true&asc=true')).ids).toEqual([1, 3, 4, 2]);
    expect((await search(ports, 'orderByTs=1&maxrows=1&startindex=2')).ids).toEqual([4]);
    expect((await search(ports, 'email=ann@example.com&orderByTs=false')).ids).toEqual([1, 3]);
    expect((await search(ports, 'email=ann@example.com&asc=true')).ids).toEqual([1, 3]);
  });

  it('finds an address with a plus that was not encoded', async () => {
    const ports = await made({ email: 'ann+shop@example.com' });

    expect((await search(ports, 'email=ann+shop@example.com')).ids).toEqual([1]);
  });

  it('finds neither deleted contacts nor what they said before', async () => {
    const ports = await made(...people, { externalCustomerId: 'B', email: 'new@example.com' });
    await deleteContact(ports, { id: 1 });

    expect(await search(ports, 'email=ann@example.com')).toEqual({ ids: [3], total: 1 });
    expect(await search(ports, 'email=bob@example.com')).toEqual({ ids: [], total: 0 });
    expect(await search(ports, 'firstname=ann')).toEqual({ ids: [3], total: 1 });
    expect(await search(ports, '')).toEqual({ ids: [2, 3, 4], total: 3 });
  });

  it('does not show what the directory still lists and the table does not', async () => {
    const ports = await made(...people);
    const contactDirectory = {
      collect: async () => [1, 2, 99].map((id) => ({ id, updatedAt: '2026-01-01T00:00:00.000Z' })),
      list: async () => [1, 2, 99],
      count: async () => 3,
    };
    await deleteContact(ports, { id: 1 });

    expect((await search({ ...ports, contactDirectory }, '')).ids).toEqual([2]);
    expect((await search({ ...ports, contactDirectory }, 'firstname=b')).ids).toEqual([2]);
  });

  it('refuses an externalCustomerId beside anything else', () => {
    const query = { externalCustomerId: 'A', email: 'ann@example.com' };

    expect(() => parseSearch(query, { defaultCountry: 'UA' })).toThrow(/externalCustomerId must be searched for alone/);
  });
});

describe('the addresses of contacts', () => {
  it('come in the order of the ids, without those who are unknown, deleted or have none', async () => {
    const ports = await made(...people, { sms: '380942583699', externalCustomerId: 'E' });
    await deleteContact(ports, { id: 2 });

    expect(await getContactEmails(ports, [4, 99, 1, 2, 5, 4])).toEqual([
      { contactId: 4, email: 'dan@example.com' },
      { contactId: 1, email: 'ann@example.com' },
    ]);
  });
});
