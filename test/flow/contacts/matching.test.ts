import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { addContacts, contactOf, contactWith, imported, rowsOf, sharedFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';

let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await sharedFlowStack();
  store = openStackStore(stack);
});
afterAll(() => store.close());

const defineField = async (field: object): Promise<number> => {
  const answer = await stack.request('POST', '/admin/v1/fields', { body: field });
  if (answer.status !== 200) throw new Error(answer.text);
  return z.object({ id: z.int() }).parse(answer.json).id;
};

const token = (type: string, value: string) => ({ channels: [{ type, value }] });

describe('dedupeOn finds the contact that a request before made, by', () => {
  it.each<{ dedupeOn: string; contact: object }>([
    { dedupeOn: 'email', contact: contactWith('by-email@example.com') },
    { dedupeOn: 'sms', contact: token('sms', '+380 50 111-22-33') },
    { dedupeOn: 'email_or_sms', contact: token('sms', '380502223344') },
    { dedupeOn: 'push', contact: token('mobilepush', 'push-token') },
    { dedupeOn: 'mobilepush', contact: token('mobilepush', 'mobile-token') },
    { dedupeOn: 'webpush', contact: token('webpush', 'browser-token') },
    { dedupeOn: 'externalCustomerId', contact: { externalCustomerId: 'by-ext' } },
  ])('$dedupeOn', async ({ dedupeOn, contact }) => {
    const first = await imported(stack, { contacts: [contact], dedupeOn });

    const second = await imported(stack, { contacts: [{ ...contact, firstName: 'Found' }], dedupeOn });

    expect(second.ids).toEqual(first.ids);
    expect(await contactOf(stack, first.ids[0])).toMatchObject({ firstName: 'Found' });
  });

  it('id, and by no id that nobody has', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('by-id@example.com')] });

    const { sessionId } = await imported(stack, {
      contacts: [
        { id: String(ids[0]), firstName: 'Found' },
        { id: 999_999_999, firstName: 'Lost' },
      ],
      dedupeOn: 'id',
    });

    expect(await contactOf(stack, ids[0])).toMatchObject({ firstName: 'Found' });
    expect(await rowsOf(stack, sessionId)).toMatchObject([
      { outcome: 'updated', contactId: ids[0] },
      { outcome: 'failed', code: 'UNKNOWN_ID' },
    ]);
  });

  it('fieldId, by the value as the field stores it', async () => {
    const fieldId = await defineField({ name: 'Card', type: 'number', identifier: true });
    const withCard = (value: string, about: object = {}) => ({ fields: [{ id: fieldId, value }], ...about });
    const settings = { dedupeOn: 'fieldId', fieldId };
    const first = await imported(stack, { contacts: [withCard('77')], ...settings });

    const second = await imported(stack, { contacts: [withCard(' +77', { firstName: 'Found' })], ...settings });
    const bad = await imported(stack, { contacts: [withCard('seventy-seven')], ...settings });

    expect(second.ids).toEqual(first.ids);
    expect(await contactOf(stack, first.ids[0])).toMatchObject({
      firstName: 'Found',
      fields: [{ id: fieldId, value: '77' }],
    });
    expect(await rowsOf(stack, bad.sessionId)).toMatchObject([{ outcome: 'failed', code: 'MISSING_DEDUPE_VALUE' }]);
  });

  it.each([
    { title: 'no such key', body: { dedupeOn: 'shoeSize' }, says: 'dedupeOn' },
    { title: 'a field that nobody is found by', body: { dedupeOn: 'fieldId', fieldId: 1 }, says: 'identifier' },
    { title: 'a field that does not exist', body: { dedupeOn: 'fieldId', fieldId: 99_999 }, says: '99999' },
    { title: 'no field', body: { dedupeOn: 'fieldId' }, says: 'fieldId' },
  ])('but by $title: the request is refused', async ({ body, says }) => {
    const contacts = [contactWith('refused@example.com', { fields: [{ id: 1, value: '1990-01-01' }] })];

    const answer = await stack.request('POST', '/api/v1/contacts', { body: { contacts, ...body } });

    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(says)]);
  });

  it('email_or_sms: the phone first, then the e-mail address', async () => {
    const { ids } = await imported(stack, {
      contacts: [
        contactWith('first@example.com', { externalCustomerId: 'first' }),
        { channels: [{ type: 'sms', value: '380503334455' }], externalCustomerId: 'second' },
      ],
    });
    const both = {
      channels: [
        { type: 'email', value: 'first@example.com' },
        { type: 'sms', value: '380503334455' },
      ],
    };

    const byPhone = await imported(stack, { contacts: [both], dedupeOn: 'email_or_sms' });

    expect(byPhone.ids).toEqual([ids[1]]);
  });
});

describe('externalCustomerId comes first (contract 3.3)', () => {
  it('and is set, kept apart and followed through its six rules', async () => {
    const email = 'shared@example.com';
    const { ids: plain } = await imported(stack, { contacts: [contactWith(email)] });

    const { ids: gained } = await imported(stack, { contacts: [contactWith(email, { externalCustomerId: 'X' })] });
    const { ids: apart } = await imported(stack, { contacts: [contactWith(email, { externalCustomerId: 'Y' })] });
    const { ids: moved } = await imported(stack, {
      contacts: [contactWith('moved@example.com', { externalCustomerId: 'X' })],
    });

    expect(gained).toEqual(plain);
    expect(apart).not.toEqual(plain);
    expect(moved).toEqual(plain);
    expect(await contactOf(stack, plain[0])).toMatchObject({
      externalCustomerId: 'X',
      channels: [{ type: 'email', value: 'moved@example.com' }],
    });
  });
});

describe('contactFields', () => {
  it('clears what it lists and the contact lacks, and touches nothing else', async () => {
    const email = 'masked@example.com';
    const { ids } = await imported(stack, {
      contacts: [
        {
          channels: [
            { type: 'email', value: email },
            { type: 'sms', value: '380504445566' },
          ],
          firstName: 'John',
          lastName: 'Smith',
          address: { town: 'London', postcode: 12345 },
        },
      ],
    });

    await imported(stack, {
      contacts: [contactWith(email, { firstName: 'Jane', lastName: 'Ignored', address: { postcode: '54321' } })],
      contactFields: ['sms', 'firstName', 'town'],
    });

    const contact = await contactOf(stack, ids[0]);
    expect(contact).toMatchObject({
      firstName: 'Jane',
      lastName: 'Smith',
      address: { region: '', town: '', address: '', postcode: '12345' },
    });
    expect(contact.channels).toEqual([{ type: 'email', value: email }]);
  });

  it('is refused where it lists what no contact has', async () => {
    const body = { contacts: [contactWith('masked@example.com')], contactFields: ['shoeSize'] };

    const answer = await stack.request('POST', '/api/v1/contacts', { body });

    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('contactFields')]);
  });
});

describe('custom fields', () => {
  it('can be used as soon as they are defined, by customFieldsIDs on update', async () => {
    const [size, colour] = [
      await defineField({ name: 'Size', type: 'number' }),
      await defineField({ name: 'Colour', type: 'combobox', possibleValues: ['red', 'blue'] }),
    ];
    const fields = (size_: string, colour_: string) => [
      { id: String(size), value: size_ },
      { id: colour, value: colour_ },
    ];
    const email = 'fields@example.com';

    const { ids } = await imported(stack, { contacts: [contactWith(email, { fields: fields('42', 'red') })] });
    const created = await contactOf(stack, ids[0]);
    await imported(stack, {
      contacts: [contactWith(email, { fields: fields('43', 'blue') })],
      customFieldsIDs: [String(size)],
    });
    const updated = await contactOf(stack, ids[0]);
    const { sessionId } = await imported(stack, {
      contacts: [contactWith(email, { fields: fields('huge', 'pink') })],
      customFieldsIDs: [size, colour],
    });
    const rejected = await contactOf(stack, ids[0]);
    await imported(stack, { contacts: [contactWith(email)], customFieldsIDs: [colour] });
    const cleared = await contactOf(stack, ids[0]);
    const books = await stack.request('GET', '/api/v1/addressbooks');

    const stored = (size_: string, colour_: string) => [
      { id: size, value: size_ },
      { id: colour, value: colour_ },
    ];
    expect(created.fields).toEqual(stored('42', 'red'));
    expect(updated.fields).toEqual(stored('43', 'red'));
    expect(rejected.fields).toEqual(stored('43', 'red'));
    expect((await rowsOf(stack, sessionId))[0]?.warnings).toMatchObject([
      { code: 'INVALID_FIELD', field: `fields.${size}` },
      { code: 'INVALID_FIELD', field: `fields.${colour}` },
    ]);
    expect(cleared.fields).toEqual([{ id: size, value: '43' }]);
    expect(books.text).toContain('"fieldKey":"COLOUR"');
    expect(books.text).toContain('"possibleValues":["red","blue"]');
  });

  it('has one field of a key in a list, whoever asks', async () => {
    const define = () => stack.request('POST', '/admin/v1/fields', { body: { name: 'Unique', type: 'textfield' } });

    const answers = await Promise.all(Array.from({ length: 5 }, define));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });
});

describe('a deleted contact', () => {
  const email = 'deleted@example.com';
  const update = { contacts: [contactWith(email, { firstName: 'Back' })], eventKeyForNewContacts: 'restored' };

  it('is skipped without restoreDeleted, and restored without an event with it', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith(email, { lastName: 'Kept' })] });
    await store.deleteContact(ids[0] ?? 0);
    const hidden = await stack.request('GET', `/api/v1/contact/${ids[0]}`);

    const skipped = await imported(stack, update);
    const restored = await imported(stack, { ...update, restoreDeleted: 'true' });
    await imported(stack, {
      contacts: [contactWith('after-restored@example.com')],
      eventKeyForNewContacts: 'restored',
    });
    const events = await waitFor('a later event is logged', async () => {
      const logged = await stack.events({ type: 'restored' });
      return logged.length > 0 && logged;
    });

    expect([hidden.status, hidden.text]).toEqual([404, expect.stringContaining('not found')]);
    expect(await rowsOf(stack, skipped.sessionId)).toMatchObject([{ outcome: 'skipped', code: 'CONTACT_DELETED' }]);
    expect(restored.ids).toEqual(ids);
    expect(await contactOf(stack, ids[0])).toMatchObject({ firstName: 'Back', lastName: 'Kept' });
    expect(events.map(({ keyValue }) => keyValue)).toEqual(['after-restored@example.com']);
  });
});

describe('binding is lenient (contract 1.3)', () => {
  it.each<{ title: string; body: object }>([
    {
      title: 'one object for a list, everywhere',
      body: {
        contacts: { channels: { type: 'email', value: 'lenient@example.com' } },
        groupNames: 'Lenient',
        contactFields: 'firstName',
        customFieldsIDs: '1',
      },
    },
    {
      title: 'numbers as text and texts as numbers',
      body: { contacts: [contactWith('lenient@example.com', { externalCustomerId: 12345, contactKey: 7, id: 'x' })] },
    },
    {
      title: 'null, empty text and empty list as absent',
      body: {
        contacts: [contactWith('lenient@example.com', { firstName: null, fields: [], address: '', groups: null })],
        ...{ dedupeOn: null, fieldId: '', contactFields: [], groupNames: null, restoreDeleted: '' },
        ...{ customFieldsIDs: null, groupNamesExclude: '', eventKeyForNewContacts: '' },
      },
    },
    {
      title: 'members that nobody knows',
      body: { contacts: [contactWith('lenient@example.com', { shoeSize: 42, addressBookId: 5 })], verbose: true },
    },
    {
      title: 'a blank channel beside a real one',
      body: {
        contacts: [
          {
            channels: [
              { type: 'sms', value: ' ' },
              { type: 'email', value: ' Lenient@Example.COM ' },
            ],
          },
        ],
      },
    },
    {
      title: 'groups as objects with a name',
      body: { contacts: [contactWith('lenient@example.com')], groupNames: [{ name: 'Lenient' }] },
    },
  ])('$title', async ({ body }) => {
    const { ids } = await imported(stack, body);

    const contact = await contactOf(stack, ids[0]);

    expect(contact.channels).toEqual([{ type: 'email', value: 'lenient@example.com' }]);
  });

  it('clears a text by white space, and leaves out a name that is none with a warning', async () => {
    const email = 'names@example.com';
    await imported(stack, { contacts: [contactWith(email, { firstName: 'John', lastName: 'Smith' })] });

    const { ids, sessionId } = await imported(stack, {
      contacts: [contactWith(email, { firstName: ' ', lastName: '<br>' })],
    });

    const contact = await contactOf(stack, ids[0]);
    expect(contact).toMatchObject({ lastName: 'Smith' });
    expect(contact).not.toHaveProperty('firstName');
    expect(await rowsOf(stack, sessionId)).toMatchObject([{ warnings: [{ code: 'INVALID_NAME' }] }]);
  });

  it('keeps letters of every script through rows, table and answers', async () => {
    const firstName = 'Ґалина';
    const lastName = '王小明';
    const { ids } = await imported(stack, {
      contacts: [contactWith('unicode@пример.укр', { firstName, lastName })],
      groupNames: ['Клієнти 🎉'],
    });

    const contact = await contactOf(stack, ids[0]);

    expect(contact).toMatchObject({ firstName, lastName });
    expect(contact.groups.map(({ name }) => name)).toEqual(['Клієнти 🎉']);
    expect(contact.channels[0]?.value).toMatch(/^unicode@xn--/);
  });

  it('answers failed contacts of every kind without failing the others', async () => {
    const contacts = ['text', null, 5, contactWith('fine@example.com'), []];

    const { failedContacts } = await addContacts(stack, { contacts });

    expect(failedContacts.map(({ index, errors }) => [index, errors[0]?.code])).toEqual(
      [0, 1, 2, 4].map((index) => [index, 'NOT_AN_OBJECT']),
    );
  });
});
