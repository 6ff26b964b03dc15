import { describe, expect, it } from 'vitest';
import { parseEvent } from '#contract/events/event-request.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { generateEvent } from '#usecases/events/generate-event.ts';

const known = async (ports: MemoryPorts, draft: ContactDraft): Promise<number> =>
  (await addContact(ports, { draft, groupNames: [], groupIds: [], warnings: [] })).id;

const raise = (ports: MemoryPorts, params: Record<string, unknown>, eventTypeKey = 'cartAbandoned') => {
  const body = {
    eventTypeKey,
    keyValue: 'cart-1',
    params: Object.entries(params).map(([name, value]) => ({ name, value })),
  };
  return generateEvent(ports, parseEvent(body, { defaultCountry: 'UA', isStrict: true }));
};

const subjectOf = async (ports: MemoryPorts, params: Record<string, unknown>): Promise<number | undefined> => {
  await raise(ports, params);
  return ports.memory.published.at(-1)?.contactId;
};

describe('an event that a caller raises', () => {
  it('comes over the bus as it was sent, marked as a caller’s', async () => {
    const ports = memoryPorts();

    await raise(ports, { email: 'mail@example.com', cart: { items: [1] } });

    expect(ports.memory.published).toEqual([
      {
        eventId: expect.any(String),
        eventTypeKey: 'cartAbandoned',
        keyValue: 'cart-1',
        params: { email: 'mail@example.com', cart: { items: [1] } },
        occurredAt: expect.any(String),
        origin: 'caller',
      },
    ]);
  });

  it('is an event of its own each time', async () => {
    const ports = memoryPorts();

    await raise(ports, {});
    await raise(ports, {});

    expect(new Set(ports.memory.published.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('adds and changes no contact', async () => {
    const ports = memoryPorts();
    const id = await known(ports, { email: 'mail@example.com' });
    const before = structuredClone(ports.memory);

    await raise(ports, { email: 'mail@example.com', phone: '380942583691', contactJson: { firstname: 'Jane' } });
    await raise(ports, { email: 'new@example.com', contactJson: { firstname: 'Jane' } });

    expect(ports.memory.contacts).toEqual(before.contacts);
    expect(ports.memory.claims).toEqual(before.claims);
    expect(ports.memory.published.map(({ contactId }) => contactId)).toEqual([id, undefined]);
  });

  it('is about the contact of its id, then of its externalCustomerId, e-mail, phone and push token', async () => {
    const ports = memoryPorts();
    const byId = await known(ports, { email: 'id@example.com' });
    const byExternalId = await known(ports, { externalCustomerId: 'C-17' });
    const byEmail = await known(ports, { email: 'mail@example.com' });
    const byPhone = await known(ports, { sms: '380942583691' });
    const byToken = await known(ports, { tokens: [{ type: 'webpush', value: 'token' }] });
    const all = { contactId: byId, externalCustomerId: 'C-17', email: 'mail@example.com', phone: '380942583691' };

    expect(await subjectOf(ports, { ...all, pushToken: 'token' })).toBe(byId);
    expect(await subjectOf(ports, { ...all, contactId: 999 })).toBe(byExternalId);
    expect(await subjectOf(ports, { email: all.email, phone: all.phone })).toBe(byEmail);
    expect(await subjectOf(ports, { phone: all.phone, pushToken: 'token' })).toBe(byPhone);
    expect(await subjectOf(ports, { email: 'nobody@example.com', pushToken: 'token' })).toBe(byToken);
  });

  it('is not about a contact that has the address and another externalCustomerId', async () => {
    const ports = memoryPorts();
    await known(ports, { externalCustomerId: 'C-17', email: 'mail@example.com' });
    const shared = { externalCustomerId: 'C-18', email: 'mail@example.com' };

    expect(await subjectOf(ports, shared)).toBeUndefined();
  });

  it('is about whoever of several was updated last', async () => {
    const ports = memoryPorts();
    await known(ports, { externalCustomerId: 'A', email: 'mail@example.com' });
    const last = await known(ports, { externalCustomerId: 'B', email: 'mail@example.com' });

    expect(await subjectOf(ports, { email: 'mail@example.com' })).toBe(last);
  });

  it('is not about a contact that was deleted', async () => {
    const ports = memoryPorts();
    const id = await known(ports, { email: 'mail@example.com' });
    await deleteContact(ports, { id });

    expect(await subjectOf(ports, { contactId: id, email: 'mail@example.com' })).toBeUndefined();
  });

  it('is refused where its type asks for other parameters', async () => {
    const ports = memoryPorts();
    await ports.eventTypes.put({ key: 'cartAbandoned', validate: true, params: [{ name: 'email', required: true }] });

    await expect(raise(ports, { town: 'London' })).rejects.toMatchObject({
      code: 'EVENT_PARAMS',
      message: 'The event should have the following params: [{"name":"email","required":true}]',
    });
    await raise(ports, { email: 'mail@example.com' });
    await raise(ports, { town: 'London' }, 'another');

    expect(ports.memory.published).toHaveLength(2);
  });

  it('is refused where its contactJson has a value that the custom field cannot hold', async () => {
    const ports = memoryPorts();
    const field = { group: 'Shop', name: 'Size', key: 'SIZE', type: 'number', identifier: false } as const;
    const created = await ports.fields.create(field);
    const jsonOf = (value: string) => ({ profileInputs: [{ profileInputId: created?.id, value }] });

    await expect(raise(ports, { contactJson: jsonOf('large') })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: `contactJson is not valid: profileInputs.${created?.id}: The value of 'Size' is not a valid number`,
    });
    expect(ports.memory.published).toEqual([]);
    await raise(ports, { contactJson: jsonOf('42') });

    expect(ports.memory.published).toHaveLength(1);
  });
});
