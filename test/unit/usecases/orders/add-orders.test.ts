import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { emptyMemory, type Memory, memoryPorts } from '#test/support/memory-ports.ts';
import { submittedOrder } from '#test/support/orders/order-makers.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';
import { eraseContact } from '#usecases/erasure/erase-contact.ts';
import { addOrders } from '#usecases/orders/add-orders.ts';
import { listOrders } from '#usecases/orders/list-orders.ts';

/** Ports of one request: each has ids of its own. */
const portsOn = (memory: Memory = emptyMemory(), step?: (name: string) => Promise<void>) => ({
  ...memoryPorts({ memory, ...(step && { step }) }),
  newId: () => crypto.randomUUID(),
  currency: 'UAH',
});
type Ports = ReturnType<typeof portsOn>;

const known = async (ports: Ports, draft: ContactDraft): Promise<number> =>
  (await addContact(ports, { draft, groupNames: [], groupIds: [], warnings: [] })).id;

const add = (ports: Ports, ...orders: readonly object[]) => addOrders(ports, orders.map(submittedOrder));
const contactsIn = ({ memory }: Ports) => [...memory.contacts.values()];
const ordersIn = ({ memory }: Ports) => [...memory.orders.values()];
const eventIdsIn = ({ memory }: Ports) => memory.published.map(({ eventId }) => eventId);

describe('an order of somebody unknown', () => {
  it('adds the contact, confirmed, with what the order says of it and nothing else, and links the order to it', async () => {
    const ports = portsOn();

    const failed = await add(ports, {
      externalCustomerId: 'C-17',
      phone: '380942583691',
      firstName: 'John',
      lastName: 'Smith',
      deliveryAddress: 'First str. 1',
    });

    expect(failed.size).toBe(0);
    expect(contactsIn(ports)).toMatchObject([
      {
        externalCustomerId: 'C-17',
        email: 'mail@example.com',
        sms: '380942583691',
        firstName: 'John',
        lastName: 'Smith',
        confirmed: true,
        source: 'ORDER',
        state: 'active',
      },
    ]);
    expect(contactsIn(ports)[0]).not.toHaveProperty('address');
    expect(ports.memory.memberships.size).toBe(0);
    expect(ordersIn(ports)).toMatchObject([{ id: 1, contactId: 1, version: 1, content: { currency: 'UAH' } }]);
  });

  it('adds one contact for two orders of one request by the same person', async () => {
    const ports = portsOn();

    await add(
      ports,
      { externalOrderId: 'A-1', phone: '380942583691' },
      { externalOrderId: 'A-2', email: 'mail@example.com' },
      { externalOrderId: 'A-3', email: 'other@example.com', phone: '380942583691' },
    );

    expect(contactsIn(ports)).toMatchObject([{ id: 1, email: 'mail@example.com' }]);
    expect(ordersIn(ports).map(({ id, contactId }) => [id, contactId])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });
});

describe('an order of somebody known', () => {
  it('is linked to the contact of its externalCustomerId, then of its phone, then of its address, and changes none', async () => {
    const ports = portsOn();
    const byId = await known(ports, { externalCustomerId: 'C-17' });
    const byPhone = await known(ports, { sms: '380942583691' });
    const byEmail = await known(ports, { email: 'mail@example.com' });
    const before = structuredClone(ports.memory.contacts);
    const all = { phone: '380942583691', firstName: 'Jane' };

    await add(
      ports,
      { externalOrderId: 'A-1', ...all, externalCustomerId: 'C-17' },
      { externalOrderId: 'A-2', ...all, externalCustomerId: 'C-18' },
      { externalOrderId: 'A-3', firstName: 'Jane' },
    );

    expect(ordersIn(ports).map(({ contactId }) => contactId)).toEqual([byId, byPhone, byEmail]);
    expect(ports.memory.contacts).toEqual(before);
  });

  it('is linked to whoever has its address, even under another externalCustomerId, but rather without one', async () => {
    const ports = portsOn();
    const other = await known(ports, { externalCustomerId: 'C-17', email: 'mail@example.com' });

    await add(ports, { externalOrderId: 'A-1', externalCustomerId: 'C-18' });
    const open = (await ports.contacts.leaseIds(1))[0] ?? 0;
    const contact = { ...contactsIn(ports)[0], id: open, externalCustomerId: undefined, updatedAt: '2020-01-01' };
    ports.memory.contacts.set(open, contact as never);
    ports.memory.claims.set('EMAIL#mail@example.com', {
      identity: { type: 'EMAIL', value: 'mail@example.com' },
      contactIds: [other, open],
      stamp: 'test',
    });
    await add(ports, { externalOrderId: 'A-2', externalCustomerId: 'C-18' });

    expect(ordersIn(ports).map(({ contactId }) => contactId)).toEqual([other, open]);
  });

  it.each([
    ['its externalCustomerId', { externalCustomerId: 'C-17', email: 'new@example.com' }],
    ['an e-mail address that it alone has', { email: 'mail@example.com' }],
  ])('restores a deleted contact by %s, and changes nothing else about it', async (_, identity) => {
    const ports = portsOn();
    const id = await known(ports, { externalCustomerId: 'C-17', email: 'mail@example.com', firstName: 'Ann' });
    await deleteContact(ports, { id });

    await add(ports, { ...identity, firstName: 'John' });

    expect(ordersIn(ports)).toMatchObject([{ contactId: id }]);
    expect(contactsIn(ports)).toMatchObject([{ id, state: 'active', firstName: 'Ann', email: 'mail@example.com' }]);
  });

  it('is of somebody new where only a deleted contact has its phone number', async () => {
    const ports = portsOn();
    const id = await known(ports, { email: 'other@example.com', sms: '380942583691' });
    await deleteContact(ports, { id });

    await add(ports, { phone: '380942583691' });

    expect(ordersIn(ports)[0]?.contactId).not.toBe(id);
    expect(contactsIn(ports)).toMatchObject([
      { id, state: 'deleted' },
      { state: 'active', email: 'mail@example.com' },
    ]);
  });

  it('is of somebody new once that contact was erased', async () => {
    const ports = portsOn();
    const id = await known(ports, { email: 'mail@example.com' });
    await eraseContact(ports, { id });

    await add(ports, {});

    expect(ordersIn(ports).map(({ contactId }) => contactId)).toEqual([id + 1]);
  });
});

describe('the event of an order', () => {
  it('has its status in its type, the order’s id as its key, and what the order says', async () => {
    const ports = portsOn();
    const items = [{ externalItemId: '170', quantity: 2 }];

    await add(ports, { externalCustomerId: 'C-17', phone: '380942583691', items });

    expect(ports.memory.published).toEqual([
      {
        eventId: 'orderINITIALIZED:1:1',
        eventTypeKey: 'orderINITIALIZED',
        keyValue: 'A-1',
        contactId: 1,
        params: {
          orderId: 1,
          externalOrderId: 'A-1',
          status: 'INITIALIZED',
          date: '2026-01-05T10:11:00.000Z',
          totalCost: 22,
          currency: 'UAH',
          externalCustomerId: 'C-17',
          email: 'mail@example.com',
          phone: '380942583691',
          items,
        },
        occurredAt: expect.any(String),
      },
    ]);
  });

  it('is told once of an order that is sent again, and anew of one that says anything new', async () => {
    const ports = portsOn();

    await add(ports, {});
    await add(ports, {});
    await add(ports, { status: 'DELIVERED' });
    await add(ports, { status: 'INITIALIZED' });

    expect(eventIdsIn(ports)).toEqual(['orderINITIALIZED:1:1', 'orderDELIVERED:1:2', 'orderINITIALIZED:1:3']);
    expect(ordersIn(ports)).toMatchObject([{ id: 1, version: 3 }]);
  });

  it('is told of each status that one request reports, and of none when the request comes again', async () => {
    const ports = portsOn();
    const request = [{ status: 'INITIALIZED' }, { status: 'INITIALIZED' }, { status: 'DELIVERED' }];

    await add(ports, ...request);
    await add(ports, ...request);

    expect(eventIdsIn(ports)).toEqual(['orderINITIALIZED:1:1.1', 'orderDELIVERED:1:1']);
    expect(ordersIn(ports)).toMatchObject([{ version: 1, content: { status: 'DELIVERED' } }]);
  });

  it('is told under the same id by a repeat, wherever the request before was cut short', async () => {
    for (let death = 1; ; death++) {
      const memory = emptyMemory();
      let steps = 0;
      const dying = portsOn(memory, async () => {
        steps += 1;
        if (steps >= death) throw new Error('The function died');
      });
      const hasDied = await add(dying, {}, { externalOrderId: 'A-2', email: 'other@example.com' }).then(
        () => false,
        () => true,
      );
      const ports = portsOn(memory);

      await add(ports, {}, { externalOrderId: 'A-2', email: 'other@example.com' });
      await add(ports, {}, { externalOrderId: 'A-2', email: 'other@example.com' });

      const events = new Map(memory.published.map((event) => [event.eventId, event]));
      expect([...events.values()].map(({ keyValue }) => keyValue).sort(), `death ${death}`).toEqual(['A-1', 'A-2']);
      expect(
        contactsIn(ports).filter(({ state }) => state === 'active'),
        `death ${death}`,
      ).toHaveLength(2);
      expect(ordersIn(ports), `death ${death}`).toHaveLength(2);
      for (const event of memory.published) expect(event).toEqual(events.get(event.eventId));
      if (!hasDied) break;
    }
  });
});

describe('an order that is sent again', () => {
  it('keeps what is not said again', async () => {
    const ports = portsOn();
    const items = [{ externalItemId: '170', quantity: 2 }];
    await add(ports, { currency: 'USD', items, deliveryMethod: 'courier' });

    await add(ports, { status: 'DELIVERED', deliveryMethod: 'post' });

    expect(ordersIn(ports)).toMatchObject([
      { id: 1, version: 2, content: { status: 'DELIVERED', currency: 'USD', items, deliveryMethod: 'post' } },
    ]);
  });

  it('stays with its contact, whoever else has got its address since', async () => {
    const ports = portsOn();
    await add(ports, {});
    await known(ports, { externalCustomerId: 'C-17', email: 'mail@example.com' });
    await known(ports, { externalCustomerId: 'C-18', email: 'mail@example.com' });

    await add(ports, { status: 'DELIVERED' });

    expect(ordersIn(ports).map(({ contactId }) => contactId)).toEqual([1]);
  });

  it('goes to another contact where it names another', async () => {
    const ports = portsOn();
    await add(ports, {});
    const other = await known(ports, { email: 'other@example.com' });

    await add(ports, { email: 'other@example.com' });

    expect(ordersIn(ports)).toMatchObject([{ id: 1, contactId: other, version: 2 }]);
  });
});

describe('orders that cannot be taken', () => {
  it('are told with their reason, and the others are taken', async () => {
    const ports = portsOn();
    const crowd = Array.from({ length: 1000 }, (_, index) => index + 10);
    const phone = { type: 'SMS', value: '380942583691' } as const;
    ports.memory.claims.set('SMS#380942583691', { identity: phone, contactIds: crowd, stamp: 'test' });
    for (const id of crowd) {
      ports.memory.contacts.set(id, { ...bare(id), state: 'active', sms: 'another' });
    }

    const failed = await add(
      ports,
      { externalOrderId: 'A-1', email: null, phone: '380942583691' },
      { externalOrderId: 'A-2' },
    );

    expect([...failed]).toMatchObject([['A-1', { code: 'TOO_MANY_OWNERS' }]]);
    expect(ordersIn(ports).map(({ content }) => content.externalOrderId)).toEqual(['A-2']);
    expect(ports.memory.published.map(({ keyValue }) => keyValue)).toEqual(['A-2']);
  });

  it('are those that have grown too large, which stay as they were', async () => {
    const ports = portsOn();
    const half = 'a'.repeat(60_000);
    await add(ports, { statusDescription: half });

    const failed = await add(ports, { deliveryAddress: half }, { externalOrderId: 'A-2' });

    expect([...failed]).toMatchObject([['A-1', { code: 'TOO_LARGE' }]]);
    expect(ordersIn(ports).map(({ version }) => version)).toEqual([1, 1]);
    expect(ordersIn(ports)[0]?.content).not.toHaveProperty('deliveryAddress');
  });
});

const bare = (id: number) => ({
  id,
  confirmed: true,
  source: 'IMPORT' as const,
  createdAt: '2026-01-01T09:00:00.000Z',
  updatedAt: '2026-01-01T09:00:00.000Z',
  version: 1,
  createdBy: 'before',
  updatedBy: 'before',
});

describe('the list of orders', () => {
  it('is of a contact, the newest first, or of an externalOrderId, or of both', async () => {
    const ports = portsOn();
    await add(ports, { externalOrderId: 'A-1' }, { externalOrderId: 'A-2' });
    await add(ports, { externalOrderId: 'B-1', email: 'other@example.com' });
    const idsOf = async (filter: Parameters<typeof listOrders>[1]) =>
      (await listOrders(ports, filter, { limit: 10 })).items.map(({ content }) => content.externalOrderId);

    expect(await idsOf({ contactId: 1 })).toEqual(['A-2', 'A-1']);
    expect(await idsOf({ externalOrderId: 'B-1' })).toEqual(['B-1']);
    expect(await idsOf({ contactId: 1, externalOrderId: 'B-1' })).toEqual([]);
    expect(await idsOf({ externalOrderId: 'C-1' })).toEqual([]);
  });
});
