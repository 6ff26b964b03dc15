import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { contactWith, startFlowStack } from '#test/support/flow-stack.ts';
import { type ListedEvent, type TestAnswer, type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await startFlowStack({ subscriptionCheckSeconds: 1 });
  store = openStackStore(stack);
});
afterAll(async () => {
  store.close();
  await stack.stop();
});

/** The request of the page "API Methods for Adding Contacts", section Subscribe Contact, as it stands there. */
const missionRequest = `{
    "contact": {
        "channels": [{
            "type": "email",
            "value": "mail@example.com"
        }, {
            "type": "sms",
            "value": "380942583691"
        }],
        "firstName": "John",
        "lastName": "Smith",
        "address": {
            "town": "London",
            "region": "West",
            "address": "First str. 1",
            "postcode": "12345"
        },
        "fields": [{
            "id": "12345",
            "value": "..."
        }]
    },
    "groups": ["Subscribers"],
    "formType": "abc"
}`;

const answered = z.strictObject({ id: z.int(), emailStatus: z.string().optional() });
const subscribe = async (body: unknown, path = '/api/v1/contact/subscribe') =>
  answered.parse(ok(await stack.request('POST', path, { body })));
const add = async (body: unknown, path = '/api/v1/contact'): Promise<number> =>
  answered.parse(ok(await stack.request('POST', path, { body }))).id;
const update = (id: number, body: unknown) => stack.request('PUT', `/api/v1/contact/${id}`, { body });
const contactAt = async (id: number) => ok(await stack.request('GET', `/api/v1/contact/${id}`));
const described = async (id: number) => ok(await stack.request('GET', `/admin/v1/contacts/${id}`));

const ok = ({ status, text, json }: TestAnswer): unknown => {
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  return json;
};

/** The subscription events of a contact, once there are so many. */
const eventsOf = (id: number, count: number): Promise<ListedEvent[]> =>
  waitFor(`contact ${id} has ${count} events`, async () => {
    const events = await stack.events({ keyValue: String(id) });
    const subscriptions = events.filter(({ eventTypeKey }) => eventTypeKey.startsWith('subscribe'));
    return subscriptions.length >= count && subscriptions;
  });

describe('the subscription of the mission', () => {
  it('stores an unconfirmed contact at once, with one event to the letter', async () => {
    const answer = await stack.request('POST', '/api/v1/contact/subscribe', { body: missionRequest });
    const { id } = answered.parse(answer.json);
    const contact = await contactAt(id);
    const [event, ...others] = await eventsOf(id, 1);

    expect([answer.status, answer.json]).toEqual([200, { id, emailStatus: 'NEED_CONFIRMATION' }]);
    expect(contact).toEqual({
      id,
      addressBookId: 1,
      firstName: 'John',
      lastName: 'Smith',
      channels: [
        { type: 'email', value: 'mail@example.com' },
        { type: 'sms', value: '380942583691' },
      ],
      address: { region: 'West', town: 'London', address: 'First str. 1', postcode: '12345' },
      groups: [{ id: expect.any(Number), name: 'Subscribers', type: 'Static' }],
    });
    expect(event).toEqual({
      eventId: expect.any(String),
      eventTypeKey: 'subscribeFromApi-abc',
      keyValue: String(id),
      contactId: id,
      params: { ContactId: id, EmailAddress: 'mail@example.com' },
      occurredAt: expect.any(String),
    });
    expect(others).toEqual([]);
    expect(await described(id)).toMatchObject({
      source: 'SUBSCRIPTION',
      sourceLabel: 'subscription form',
      confirmed: false,
    });
  });

  it('sent again is the same contact, told as a known one', async () => {
    const again = await subscribe(missionRequest);
    const events = await eventsOf(again.id, 2);

    expect(again.emailStatus).toBe('NEED_CONFIRMATION');
    expect(events.map(({ eventTypeKey }) => eventTypeKey).toSorted()).toEqual([
      'subscribeFromApi-abc',
      'subscribeUpdateFromApi-abc',
    ]);
    expect(events.map(({ params }) => params)).toEqual(
      [1, 2].map(() => ({ ContactId: again.id, EmailAddress: 'mail@example.com' })),
    );
  });
});

describe('a subscription', () => {
  it('is read leniently: one channel, text for a number, null groups and form, a slash at the end', async () => {
    const field = await stack.request('POST', '/admin/v1/fields', { body: { name: 'Size', type: 'number' } });
    const fieldId = String(z.object({ id: z.int() }).parse(field.json).id);
    const contact = {
      channels: { type: 'email', value: 'Lenient@Example.com' },
      fields: { id: fieldId, value: 42 },
    };

    const { id } = await subscribe({ contact, groups: null, formType: null }, '/api/v1/contact/subscribe/');
    const [event] = await eventsOf(id, 1);

    expect(await contactAt(id)).toMatchObject({
      channels: [{ type: 'email', value: 'lenient@example.com' }],
      fields: [{ id: Number(fieldId), value: '42' }],
      groups: [],
    });
    expect(event?.eventTypeKey).toBe('subscribeFromApi');
  });

  it('of a phone number alone has neither a status nor an address in its event', async () => {
    const subscribed = await subscribe({ contact: { channels: [{ type: 'sms', value: '+380 67 123 45 67' }] } });
    const [event] = await eventsOf(subscribed.id, 1);

    expect(subscribed).toEqual({ id: subscribed.id });
    expect(event?.params).toEqual({ ContactId: subscribed.id });
  });

  it('is refused with a bad address, and stores nothing', async () => {
    const refused = await stack.request('POST', '/api/v1/contact/subscribe', {
      body: { contact: contactWith('nobody') },
    });

    expect(refused.status).toBe(400);
    expect(refused.json).toMatchObject({ status: 400, message: "'nobody' is not valid email" });
  });

  it('sent a hundred times at once is one contact with one event of a new one', async () => {
    const body = { contact: contactWith('crowd@example.com', { firstName: 'John' }), groups: ['Crowd'] };

    const subscribed = await Promise.all(Array.from({ length: 100 }, () => subscribe(body)));
    const [{ id } = { id: 0 }] = subscribed;
    const events = await eventsOf(id, 100);
    const { claims, contacts } = await store.holdings();

    expect(new Set(subscribed.map((one) => one.id))).toEqual(new Set([id]));
    expect(contacts.filter(({ email }) => email === 'crowd@example.com')).toHaveLength(1);
    expect(events).toHaveLength(100);
    expect(events.filter(({ eventTypeKey }) => eventTypeKey === 'subscribeFromApi')).toHaveLength(1);
    expect(events.filter(({ eventTypeKey }) => eventTypeKey === 'subscribeUpdateFromApi')).toHaveLength(99);
    expect(findBreaches({ claims, contacts })).toEqual([]);
  });
});

describe('adding one contact', () => {
  it.each(['/api/v1/contact', '/api/v1/contact/', '/api/v1/contacts', '/api/v1/contacts/'])(
    'works at %s, confirmed and without an event',
    async (path) => {
      const email = `add-${path.replaceAll('/', '-')}@example.com`;

      const answer = await stack.request('POST', path, { body: contactWith(email, { groups: { name: 'Added' } }) });
      const { id } = answered.parse(answer.json);

      expect([answer.status, answer.json]).toEqual([200, { id }]);
      expect(await described(id)).toMatchObject({
        source: 'API',
        sourceLabel: 'API',
        confirmed: true,
        segments: [{ name: 'Added' }],
      });
      expect(await stack.events({ keyValue: String(id) })).toEqual([]);
    },
  );

  it('restores and updates a deleted contact with the same id of your own', async () => {
    const id = await add({ externalCustomerId: 'restored', ...contactWith('restored@example.com') });
    await store.deleteContact(id);
    expect((await stack.request('GET', `/api/v1/contact/${id}`)).status).toBe(404);

    const again = await add({ externalCustomerId: 'restored', channels: [], firstName: 'Ann' });

    expect(again).toBe(id);
    expect(await contactAt(id)).toMatchObject({ firstName: 'Ann', externalCustomerId: 'restored' });
  });

  it('is refused without anything to know the contact by', async () => {
    const refused = await stack.request('POST', '/api/v1/contact', { body: { firstName: 'John', channels: [] } });

    expect(refused.status).toBe(400);
    expect(refused.json).toMatchObject({ message: expect.stringContaining('externalCustomerId') });
  });

  it('keeps contacts apart that share an address under different ids of your own', async () => {
    const email = 'shared@example.com';
    const [first, second] = [
      await add(contactWith(email, { externalCustomerId: 'S1' })),
      await add(contactWith(email, { externalCustomerId: 'S2' })),
    ];

    const found = await subscribe({ contact: contactWith(email, { externalCustomerId: 'S1', firstName: 'Ann' }) });
    const newest = await add(contactWith(email));

    expect(second).not.toBe(first);
    expect([found.id, newest]).toEqual([first, first]);
  });
});

describe('updating a contact', () => {
  it('answers the bare sentence, called JSON', async () => {
    const id = await add(contactWith('update@example.com', { lastName: 'Smith' }));

    const answer = await update(id, { firstName: 'Ann', groups: [{ name: 'Updated' }] });

    expect([answer.status, answer.text]).toEqual([200, `Contact with id='${id}' has been updated`]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json; ?charset=utf-8$/i);
    expect(await contactAt(id)).toMatchObject({ firstName: 'Ann', lastName: 'Smith', groups: [{ name: 'Updated' }] });
  });

  it('with nothing that is known changes nothing', async () => {
    const id = await add(contactWith('noop@example.com'));
    const before = await described(id);

    expect((await update(id, { whatever: 1 })).text).toBe(`Contact with id='${id}' has been updated`);
    expect(await described(id)).toEqual(before);
  });

  it('gives a free id of your own and refuses one that another contact has', async () => {
    const owner = await add(contactWith('owner@example.com', { externalCustomerId: 'taken' }));
    const id = await add(contactWith('other@example.com'));

    expect((await update(id, { externalCustomerId: 'free' })).status).toBe(200);
    const refused = await update(id, { externalCustomerId: 'taken' });

    expect(refused.status).toBe(400);
    expect(refused.json).toMatchObject({
      message: `externalCustomerId 'taken' already belongs to contact ${owner}`,
    });
    expect(await contactAt(id)).toMatchObject({ externalCustomerId: 'free' });
  });

  it('finds nobody under an id that is unknown or no id', async () => {
    for (const id of ['99999999', 'mail@example.com']) {
      const missing = await stack.request('PUT', `/api/v1/contact/${id}`, { body: { firstName: 'Ann' } });

      expect(missing.status).toBe(404);
      expect(missing.json).toMatchObject({ message: expect.stringContaining('not found') });
    }
  });
});
