import { describe, expect, it } from 'vitest';
import type { Contact } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { saveRule } from '#test/support/makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { saveContacts } from '#usecases/contacts/save-contacts.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';
import { settlingSeconds } from '#usecases/erasure/settling.ts';

const bornAt = '2026-01-01T00:00:00.000Z';

const made = async () => {
  const ports = memoryPorts();
  await saveContacts(
    ports,
    [{ email: 'john@example.com', sms: '380942583691', externalCustomerId: 'C-17', firstName: 'John' }],
    saveRule({ source: 'SUBSCRIPTION', now: bornAt }),
  );
  await ports.contacts.changeMemberships({ add: [{ contactId: 1, segmentId: 3, epoch: 0 }], remove: [] });
  return ports;
};

const notFound = (text: string) =>
  expect.objectContaining({ code: 'NOT_FOUND', message: `Contact with ${text} not found` });

const names = [{ id: 1 }, { externalCustomerId: 'C-17' }];

describe('a contact that is deleted', () => {
  it.each(names)('by %o keeps everything that restoring it takes', async (name) => {
    const ports = await made();
    const before = ports.memory.contacts.get(1);

    const id = await deleteContact(ports, name);

    expect(id).toBe(1);
    const { state, version, updatedAt, updatedBy, ...rest } = ports.memory.contacts.get(1) as Contact;
    expect(before).toMatchObject(rest);
    expect([state, version]).toEqual(['deleted', 2]);
    expect(updatedAt > (before?.updatedAt ?? '')).toBe(true);
    expect(ports.memory.claims.size).toBe(3);
    expect(ports.memory.memberships.size).toBe(1);
  });

  it('is restored by its externalCustomerId, with its source and time of birth', async () => {
    const ports = await made();
    await deleteContact(ports, { id: 1 });

    const { rows } = await saveContacts(
      ports,
      [{ externalCustomerId: 'C-17', lastName: 'Smith' }],
      saveRule({ token: 'again', source: 'API', restoreDeleted: true, now: '2027-01-01T00:00:00.000Z' }),
    );

    expect(rows[0]?.contact).toMatchObject({
      id: 1,
      state: 'active',
      source: 'SUBSCRIPTION',
      createdAt: bornAt,
      updatedAt: '2027-01-01T00:00:00.000Z',
      firstName: 'John',
      lastName: 'Smith',
    });
  });

  it('is not found a second time', async () => {
    const ports = await made();
    await deleteContact(ports, { id: 1 });

    await expect(deleteContact(ports, { id: 1 })).rejects.toEqual(notFound("id='1'"));
    await expect(deleteContact(ports, { externalCustomerId: 'C-17' })).rejects.toEqual(
      notFound("externalCustomerId='C-17'"),
    );
  });

  it('is deleted although others write it meanwhile', async () => {
    const ports = await made();
    let losses = 3;
    const contacts = {
      ...ports.contacts,
      replaceContacts: async (writes: Parameters<typeof ports.contacts.replaceContacts>[0]) =>
        losses-- > 0 ? [false] : ports.contacts.replaceContacts(writes),
    };

    await deleteContact({ ...ports, contacts }, { id: 1 });

    expect(ports.memory.contacts.get(1)?.state).toBe('deleted');
  });

  it('is answered with "try again" where others keep winning', async () => {
    const ports = await made();
    const contacts = { ...ports.contacts, replaceContacts: async () => [false] };

    await expect(deleteContact({ ...ports, contacts }, { id: 1 })).rejects.toMatchObject({ code: 'THROTTLED' });
  });
});

describe('a contact that is erased', () => {
  it.each(names)('by %o leaves a tombstone that says nothing, no claim and no membership', async (name) => {
    const ports = await made();

    const id = await eraseContact(ports, name);

    expect(id).toBe(1);
    const { updatedAt, createdAt, updatedBy, ...rest } = ports.memory.contacts.get(1) as Contact;
    expect(rest).toEqual({
      id: 1,
      state: 'erased',
      version: 2,
      source: 'SUBSCRIPTION',
      confirmed: false,
      createdBy: 'session#1',
    });
    expect(ports.memory.claims.size).toBe(0);
    expect(ports.memory.memberships.size).toBe(0);
  });

  it('has its traces wiped: promised before, asked for after, and without a word of its address', async () => {
    const ports = await made();

    await eraseContact(ports, { id: 1 });

    const erasures = [{ contactId: 1, fingerprints: expect.any(Array), promisedAt: expect.any(String) }];
    expect(ports.memory.sentErasures).toEqual([
      { erasures, delaySeconds: settlingSeconds },
      { erasures, delaySeconds: 0 },
    ]);
    expect(JSON.stringify(ports.memory.sentErasures)).not.toMatch(/john|380942583691|C-17/);
  });

  it('may have been deleted before', async () => {
    const ports = await made();
    await deleteContact(ports, { id: 1 });

    await eraseContact(ports, { externalCustomerId: 'C-17' });

    expect(ports.memory.contacts.get(1)?.state).toBe('erased');
    await expect(eraseContact(ports, { id: 1 })).rejects.toEqual(notFound("id='1'"));
    await expect(deleteContact(ports, { id: 1 })).rejects.toEqual(notFound("id='1'"));
  });

  it('shares its address with another, who keeps it', async () => {
    const ports = await made();
    await saveContacts(
      ports,
      [{ externalCustomerId: 'C-18', email: 'john@example.com' }],
      saveRule({ token: 'session#2' }),
    );

    await eraseContact(ports, { id: 1 });

    expect(ports.memory.claims.get('EMAIL#john@example.com')?.contactIds).toEqual([2]);
    expect(findBreaches({ claims: ports.memory.claims.values(), contacts: ports.memory.contacts.values() })).toEqual(
      [],
    );
  });

  it('is found by a custom field no more', async () => {
    const ports = await made();
    const field = { group: 'Personal', name: 'Card', key: 'CARD', type: 'textfield', identifier: true } as const;
    const card = await ports.fields.create(field);
    const definitions = new Map(card ? [[card.id, card]] : []);
    await saveContacts(
      ports,
      [{ externalCustomerId: 'C-17', fields: [{ id: card?.id ?? 0, value: '4711' }] }],
      saveRule({ token: 'session#2', definitions }),
    );

    await eraseContact(ports, { id: 1 });

    expect([...ports.memory.claims.keys()]).toEqual([]);
  });

  it('is not there: neither under an id nobody had nor under one that was claimed and never born', async () => {
    const ports = await made();
    const identity = { type: 'EXT', value: 'C-99' } as const;
    await ports.contacts.writeClaims([{ identity, contactIds: [99], stamp: '99.1' }]);

    await expect(eraseContact(ports, { id: 42 })).rejects.toEqual(notFound("id='42'"));
    await expect(eraseContact(ports, { externalCustomerId: 'C-99' })).rejects.toEqual(
      notFound("externalCustomerId='C-99'"),
    );
    expect(ports.memory.sentErasures).toEqual([]);
  });
});
