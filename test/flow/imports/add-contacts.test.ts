import { beforeAll, describe, expect, it } from 'vitest';
import {
  addContacts,
  contactOf,
  contactWith,
  imported,
  importOver,
  importStatusOf,
  rowsOf,
  sharedFlowStack,
} from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await sharedFlowStack();
});

/** The request of the page "API Methods for Adding Contacts", section Add/Update Contacts, as it stands there. */
const missionRequest = `{
    "contacts": [{
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
            "id": 12345,
            "value": "..."
        }]
    }],
    "dedupeOn": "email",
    "customFieldsIDs": [12345],
    "groupNames": ["Customers"],
    "groupNamesExclude": ["Subscribers"],
    "restoreDeleted": false,
    "eventKeyForNewContacts": "newContact"
}`;

describe('the request of the mission', () => {
  it('creates its contact once, in its segment, with one event, however often it is sent', async () => {
    const accepted = await stack.request('POST', '/api/v1/contacts', { body: missionRequest });
    const { asyncSessionId: sessionId, ...rest } = accepted.json as { asyncSessionId: string };
    const status = await importOver(stack, sessionId);
    const id = status.mapping?.[0]?.contactId;
    const contact = await stack.request('GET', `/api/v1/contact/${id}`);
    const [event] = await waitFor('the event is logged', async () => {
      const events = await stack.events({ type: 'newContact' });
      return events.length > 0 && events;
    });

    expect(accepted.status).toBe(200);
    expect(rest).toEqual({ id: 0, failedContacts: [] });
    expect(status).toEqual({
      status: 'FINISHED',
      description: expect.stringMatching(/1.*created/),
      mapping: [{ dedupeValue: 'mail@example.com', contactId: expect.any(Number) }],
    });
    expect(contact.json).toEqual({
      id,
      addressBookId: 1,
      firstName: 'John',
      lastName: 'Smith',
      channels: [
        { type: 'email', value: 'mail@example.com' },
        { type: 'sms', value: '380942583691' },
      ],
      address: { region: 'West', town: 'London', address: 'First str. 1', postcode: '12345' },
      groups: [{ id: expect.any(Number), name: 'Customers', type: 'Static' }],
    });
    expect(event).toEqual({
      eventId: `newContact:${id}`,
      eventTypeKey: 'newContact',
      keyValue: 'mail@example.com',
      contactId: id,
      params: { contactId: id, EmailAddress: 'mail@example.com', SMS: '380942583691' },
      occurredAt: expect.any(String),
    });

    const again = await imported(stack, JSON.parse(missionRequest));
    // An event of its own kind that comes later is logged later.
    await imported(stack, { contacts: [contactWith('later@example.com')], eventKeyForNewContacts: 'later' });
    await waitFor('the later event is logged', async () => (await stack.events({ type: 'later' })).length === 1);
    expect(again.ids).toEqual([id]);
    expect(await stack.events({ type: 'newContact' })).toEqual([event]);
    expect(await rowsOf(stack, again.sessionId)).toMatchObject([
      { row: 1, outcome: 'unchanged', contactId: id, warnings: [{ code: 'UNKNOWN_FIELD', field: 'fields.12345' }] },
    ]);
  });

  it('is shown with its source and state by our own routes', async () => {
    const { ids, sessionId } = await imported(stack, {
      contacts: [contactWith('shown@example.com', { firstName: 'Shown' })],
      groupNames: ['Shown'],
    });
    const path = `/admin/v1/contacts/${ids[0]}`;

    const contact = await stack.request('GET', path);
    const contacts = await stack.request('GET', '/admin/v1/contacts?limit=1');
    const imports = await stack.request('GET', '/admin/v1/imports?limit=1');
    const described = await stack.request('GET', `/admin/v1/imports/${sessionId}`);

    const source = { source: 'IMPORT', sourceLabel: 'contact import', confirmed: true, state: 'active' };
    expect(contact.json).toMatchObject({ id: ids[0], ...source, segments: [{ name: 'Shown', type: 'Static' }] });
    expect(contacts.json).toMatchObject({ items: [{ id: ids[0], ...source }], cursor: expect.any(String) });
    expect(described.json).toMatchObject({
      sessionId,
      state: 'FINISHED',
      ...{ total: 1, read: 1, created: 1, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
      ...{ createdAt: expect.any(String), startedAt: expect.any(String), finishedAt: expect.any(String) },
    });
    expect(imports.json).toMatchObject({ items: [described.json], cursor: expect.any(String) });
  });
});

describe('the number of contacts', () => {
  const contactsOf = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => contactWith(`many-${from + index}@example.com`));

  it('may be 3,000, each with its own event', async () => {
    const body = { contacts: contactsOf(3000), groupNames: ['Many'], eventKeyForNewContacts: 'many' };

    const { asyncSessionId } = await addContacts(stack, body);
    const { status, mapping = [] } = await importOver(stack, asyncSessionId, 60);

    expect(status).toBe('FINISHED');
    expect(new Set(mapping.map(({ contactId }) => contactId)).size).toBe(3000);
    expect(mapping.map(({ dedupeValue }) => dedupeValue)).toEqual(body.contacts.map((one) => one.channels[0]?.value));
    const events = await waitFor('every event is logged', async () => {
      const logged = await stack.events({ type: 'many' });
      return logged.length >= 3000 && logged;
    });
    expect(new Set(events.map(({ contactId }) => contactId))).toEqual(new Set(mapping.map((one) => one.contactId)));
  });

  it.each([0, 3001])('may not be %i, and the answer says so', async (count) => {
    const answer = await stack.request('POST', '/api/v1/contacts', { body: { contacts: contactsOf(count) } });

    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      status: 400,
      message: `contacts must have 1 to 3000 contacts, and has ${count}`,
    });
  });
});

describe('contacts that can never be imported', () => {
  const body = {
    contacts: [
      contactWith('good@example.com'),
      contactWith('no address', { externalCustomerId: '=1+1', firstName: 'Bad' }),
      { channels: [{ type: 'sms', value: '380942583691' }] },
      { channels: [{ type: 'fax', value: '1' }] },
    ],
  };

  it('come back at once, as they were sent, with the reason', async () => {
    const { failedContacts } = await addContacts(stack, body);

    expect(failedContacts).toEqual([
      {
        index: 1,
        externalCustomerId: '=1+1',
        firstName: 'Bad',
        channels: [{ type: 'email', value: 'no address' }],
        errors: [{ field: 'email', code: 'INVALID_EMAIL', message: "'no address' is not valid email" }],
      },
      {
        index: 2,
        channels: [{ type: 'sms', value: '380942583691' }],
        errors: [{ field: 'email', code: 'MISSING_DEDUPE_VALUE', message: expect.any(String) }],
      },
      {
        index: 3,
        channels: [{ type: 'fax', value: '1' }],
        errors: [{ field: 'channels[0].type', code: 'INVALID_CHANNEL', message: expect.any(String) }],
      },
    ]);
  });

  it('are rows of the import all the same, and can be downloaded, mended and sent again', async () => {
    const { sessionId } = await imported(stack, body);

    const rows = await rowsOf(stack, sessionId);
    const failed = await stack.request('GET', `/admin/v1/imports/${sessionId}/rows?outcome=failed`);
    const file = await stack.request('GET', `/admin/v1/imports/${sessionId}/rows.csv?outcome=failed`);

    expect(rows.map(({ row, outcome, code }) => [row, outcome, code])).toEqual([
      [1, expect.stringMatching(/created|unchanged/), undefined],
      [2, 'failed', 'INVALID_EMAIL'],
      [3, 'failed', 'MISSING_DEDUPE_VALUE'],
      [4, 'failed', 'INVALID_CHANNEL'],
    ]);
    expect(failed.json).toMatchObject({ items: [{ row: 2 }, { row: 3 }, { row: 4 }] });
    expect(file.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(file.text.split('\r\n')[0]).toMatch(/^id,externalCustomerId,email,sms,.*,error$/);
    expect(file.text).toContain('no address');
    expect(file.text).toContain("'=1+1");
    expect(file.text).not.toContain('good@example.com');
  });
});

describe('segments', () => {
  it('are joined and left by everybody who was imported, and exclusion wins', async () => {
    const contacts = [contactWith('moving@example.com')];
    const { ids } = await imported(stack, { contacts, groupNames: ['Subscribers', 'Readers'] });

    await imported(stack, {
      contacts,
      groupNames: ['Buyers', 'readers ', 'Both'],
      groupNamesExclude: ['subscribers', 'Both', 'Unheard of'],
    });

    const { groups } = await contactOf(stack, ids[0]);
    expect(groups.map(({ name }) => name).sort()).toEqual(['Buyers', 'Readers']);
  });
});

describe('importstatus', () => {
  it('is polled from the acceptance on, and has no mapping before the end', async () => {
    const { asyncSessionId } = await addContacts(stack, { contacts: [contactWith('polled@example.com')] });

    const first = await importStatusOf(stack, asyncSessionId);
    const last = await importOver(stack, asyncSessionId);

    expect(['STARTED', 'IMPORTING', 'FINISHED']).toContain(first.status);
    expect(first.mapping === undefined).toBe(first.status !== 'FINISHED');
    expect(last.status).toBe('FINISHED');
  });

  it('maps duplicates of one request to one contact', async () => {
    const { ids, sessionId } = await imported(stack, {
      contacts: [
        contactWith('twice@example.com', { firstName: 'One' }),
        contactWith('once@example.com'),
        contactWith('TWICE@example.com ', { firstName: 'Two' }),
      ],
    });

    expect(ids).toHaveLength(2);
    expect(await contactOf(stack, ids[0])).toMatchObject({ firstName: 'Two' });
    expect((await rowsOf(stack, sessionId)).map(({ outcome }) => outcome)).toEqual(['created', 'created', 'updated']);
  });
});

describe('eventKeyForNewContacts', () => {
  it.each(['with space', 'кириця', 'a'.repeat(101), 'semi;colon'])('may not be %j', async (eventKeyForNewContacts) => {
    const body = { contacts: [contactWith('event@example.com')], eventKeyForNewContacts };

    const answer = await stack.request('POST', '/api/v1/contacts', { body });

    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ message: expect.stringContaining('eventKeyForNewContacts') });
  });

  it('gives contacts without e-mail an empty address and their phone as the key', async () => {
    const { ids } = await imported(stack, {
      contacts: [{ channels: [{ type: 'sms', value: '+38 (067) 123-45-67' }] }],
      dedupeOn: 'sms',
      eventKeyForNewContacts: 'byPhone',
    });

    const events = await waitFor('the event is logged', async () => {
      const logged = await stack.events({ keyValue: '380671234567' });
      return logged.length > 0 && logged;
    });

    expect(events).toMatchObject([
      { eventTypeKey: 'byPhone', params: { contactId: ids[0], EmailAddress: '', SMS: '380671234567' } },
    ]);
  });
});

describe('an import that is undone', () => {
  const undo = async (sessionId: string, body?: object) => {
    const path = `/admin/v1/imports/${sessionId}`;
    await stack.request('POST', `${path}/undo`, body ? { body } : {});
    return waitFor('the undo is over', async () => {
      const { json } = await stack.request('GET', path);
      const { undo: state } = json as { undo?: { state: string; dryRun?: true; counts: object } };
      return state?.state === 'FINISHED' && (state.dryRun ?? false) === (body !== undefined) && state.counts;
    });
  };

  it('gives known contacts their former values back and removes the new ones, as its dry run says', async () => {
    const known = contactWith('undo-known@example.com', { firstName: 'Ann' });
    const { ids } = await imported(stack, { contacts: [known] });
    const { sessionId, ids: both } = await imported(stack, {
      contacts: [{ ...known, firstName: 'Anna' }, contactWith('undo-new@example.com')],
      groupNames: ['Undone'],
    });

    const predicted = await undo(sessionId, { dryRun: true });
    const done = await undo(sessionId);
    const gone = await stack.request('GET', `/api/v1/contact/${both[1]}`);

    expect([predicted, done]).toEqual([
      { removed: 1, restored: 1, kept: 0, nothing: 0, skipped: 0 },
      { removed: 1, restored: 1, kept: 0, nothing: 0, skipped: 0 },
    ]);
    expect(await contactOf(stack, ids[0])).toMatchObject({ firstName: 'Ann', groups: [] });
    expect(gone.status).toBe(404);
  });
});
