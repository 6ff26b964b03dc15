import { describe, expect, test } from 'vitest';
import { parseContactEdit } from '#contract/contacts/edit-contact.ts';
import { saveRule } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { editContact } from '#usecases/contacts/edit-contact.ts';
import { restoreContact } from '#usecases/contacts/restore-contact.ts';
import { saveContacts } from '#usecases/contacts/save-contacts.ts';

const made = async () => {
  const ports = memoryPorts();
  const john = { email: 'john@example.com', sms: '380942583691', firstName: 'John', lastName: 'Smith' };
  await saveContacts(ports, [{ ...john, address: { town: 'Kyiv', region: 'North' } }], saveRule());
  return ports;
};

const edit = (ports: Awaited<ReturnType<typeof made>>, body: object) =>
  editContact(ports, 1, parseContactEdit(body, { defaultCountry: 'UA' }));

describe('an edit by hand', () => {
  test('writes what is given, empties what is to be cleared, and leaves the rest', async () => {
    const ports = await made();

    await edit(ports, {
      version: 1,
      firstName: 'Johnny',
      address: { town: 'Lviv' },
      clear: ['sms', 'lastName', 'region'],
    });

    const contact = ports.memory.contacts.get(1);
    expect(contact).toMatchObject({
      firstName: 'Johnny',
      email: 'john@example.com',
      address: { town: 'Lviv' },
      version: 2,
    });
    expect(contact).not.toHaveProperty('sms');
    expect(contact).not.toHaveProperty('lastName');
    expect(contact?.address).not.toHaveProperty('region');
    expect(ports.memory.claims.get('SMS#380942583691')?.contactIds ?? []).toEqual([]);
  });

  test('of whoever read an older version changes nothing, and says so', async () => {
    const ports = await made();
    await edit(ports, { version: 1, firstName: 'Johnny' });

    await expect(edit(ports, { version: 1, firstName: 'Jack' })).rejects.toMatchObject({ code: 'CONTACT_CHANGED' });

    expect(ports.memory.contacts.get(1)).toMatchObject({ firstName: 'Johnny', version: 2 });
  });

  test('is refused where two do it at once, for exactly one of them', async () => {
    const ports = await made();

    const ended = await Promise.allSettled(['Ann', 'Ben'].map((firstName) => edit(ports, { version: 1, firstName })));

    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ports.memory.contacts.get(1)?.version).toBe(2);
  });

  test.each([
    ['without a version', { firstName: 'Jack' }],
    ['with a bad address', { version: 1, channels: [{ type: 'email', value: 'nobody' }] }],
    ['that clears what there is not', { version: 1, clear: ['shoeSize'] }],
  ])('%s is refused', async (_, body) => {
    const ports = await made();

    await expect(async () => edit(ports, body)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('a deletion', () => {
  test('is taken back with the segments, and taking it back again changes nothing', async () => {
    const ports = await made();
    await ports.contacts.changeMemberships({ add: [{ contactId: 1, segmentId: 3, epoch: 1 }], remove: [] });
    await deleteContact(ports, { id: 1 });

    await restoreContact(ports, 1);
    const restored = ports.memory.contacts.get(1);
    await restoreContact(ports, 1);

    expect(restored).toMatchObject({ state: 'active', firstName: 'John' });
    expect(ports.memory.contacts.get(1)).toEqual(restored);
    expect(await ports.contacts.readMemberships([1])).toEqual([{ contactId: 1, segmentId: 3, epoch: 1 }]);
  });

  test('of nobody is not found', async () => {
    await expect(restoreContact(await made(), 99)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
