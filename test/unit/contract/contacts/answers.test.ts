import { describe, expect, it } from 'vitest';
import { addressBooksBody } from '#contract/account/address-books.ts';
import { adminContactBody, contactBody } from '#contract/contacts/contact-response.ts';
import { contactEvent } from '#contract/events/events.ts';
import { importBody, importRowBody } from '#contract/imports/import-response.ts';
import { rowsCsv } from '#contract/imports/rows-csv.ts';
import { nextPage, pageBody, parsePage } from '#contract/page.ts';
import { RollcallError } from '#domain/error.ts';
import { personalFields } from '#domain/fields/personal-fields.ts';
import { countOutcomes } from '#domain/imports/counts.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';

const shownGroup = { id: 5, name: 'Customers', type: 'Static' as const };
const group = { ...shownGroup, epoch: 1 };

describe('a contact on the wire', () => {
  it('has the members of the contract and no other', () => {
    const contact = contactOf({ lastName: 'Smith', sms: '380942583691', externalCustomerId: '17', tokens: [] });

    expect(contactBody(contact, [group, { id: 6, name: 'Buyers', type: 'Dynamic', epoch: 1 }])).toEqual({
      id: 7,
      addressBookId: 1,
      externalCustomerId: '17',
      firstName: 'John',
      lastName: 'Smith',
      channels: [
        { type: 'email', value: 'john@example.com' },
        { type: 'sms', value: '380942583691' },
      ],
      fields: [{ id: 1, value: '1990-01-31' }],
      groups: [shownGroup],
    });
  });

  it('leaves out what is empty, but its channels', () => {
    const { id, confirmed, source, state, createdAt, updatedAt, version, createdBy, updatedBy } = contactOf();
    const bare = { id, confirmed, source, state, createdAt, updatedAt, version, createdBy, updatedBy, fields: [] };

    expect(JSON.parse(JSON.stringify(contactBody(bare)))).toEqual({ id: 7, addressBookId: 1, channels: [] });
  });

  it('has all four parts of an address, and both of its orders', () => {
    const contact = contactOf({ address: { town: 'London' }, ordersInfo: { count: 2 } });

    expect(contactBody(contact)).toMatchObject({
      address: { region: '', town: 'London', address: '', postcode: '' },
      ordersInfo: { lastDate: '', count: 2 },
    });
  });

  it('shows people where it came from on our own routes', () => {
    const body = adminContactBody(contactOf(), { segments: [group] });

    expect(body).toMatchObject({
      source: 'IMPORT',
      sourceLabel: 'contact import',
      confirmed: true,
      state: 'active',
      createdAt: '2026-01-05T09:00:00.000Z',
      segments: [shownGroup],
    });
    expect(body).not.toHaveProperty('createdBy');
    expect(body).not.toHaveProperty('createdBy');
    expect(body).not.toHaveProperty('email');
  });
});

describe('other answers', () => {
  it('show custom fields in their lists', () => {
    expect(addressBooksBody(personalFields)).toEqual({
      addressBook: {
        addressBookId: 1,
        name: 'Main',
        fieldGroups: [
          {
            name: 'Personal',
            profileKey: 'PERSONAL',
            fields: [
              {
                id: 1,
                name: 'Birthday',
                fieldKey: 'BIRTHDAY',
                description: { type: 'date', required: false, readonly: false },
              },
              {
                id: 2,
                name: 'Gender',
                fieldKey: 'GENDER',
                description: {
                  type: 'combobox',
                  required: false,
                  readonly: false,
                  allowedValues: { possibleValues: ['M', 'F'] },
                },
              },
            ],
          },
        ],
      },
    });
  });

  it('show an import without what is ours', () => {
    const session = {
      sessionId: 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90',
      settings: {
        dedupeOn: 'email' as const,
        customFieldsIDs: [],
        groupNames: [],
        groupNamesExclude: [],
        restoreDeleted: false,
      },
      state: 'IMPORTING' as const,
      total: 10,
      chunkCount: 1,
      createdAt: '2026-01-05T09:00:00.000Z',
    };
    const named = {
      outcome: 'created',
      warnings: [{ code: 'INVALID_NAME', field: 'Name', message: 'no' }],
    } as const;

    expect(importBody({ session, counts: { ...countOutcomes([named, named]), read: 4, created: 4 } })).toEqual({
      sessionId: session.sessionId,
      state: 'IMPORTING',
      total: 10,
      read: 4,
      created: 4,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      failed: 0,
      settings: session.settings,
      warnings: { INVALID_NAME: 2 },
      columnWarnings: [{ column: 'Name', code: 'INVALID_NAME', count: 2 }],
      warned: 2,
      createdAt: '2026-01-05T09:00:00.000Z',
    });
  });

  it('show a row with the code of its error beside it', () => {
    const error = { code: 'CONTACT_DELETED', field: 'contact', message: 'The contact is deleted' } as const;

    expect(importRowBody({ row: 3, outcome: 'skipped', dedupeValue: 'x@y.co', error })).toEqual({
      row: 3,
      outcome: 'skipped',
      ...error,
    });
  });

  it('show an event without what the store knows of it', () => {
    const event = {
      eventId: 'e',
      eventTypeKey: 'newContact',
      keyValue: 'k',
      contactId: 7,
      params: { contactId: 7 },
      occurredAt: '2026-01-05T09:00:00.000Z',
    };

    expect(contactEvent.parse({ ...event, ttl: 1, pk: 'x' })).toEqual(event);
  });
});

describe('pages', () => {
  it('are asked for with a limit and the cursor of the page before', () => {
    const { cursor } = pageBody({ name: 'imports' }, { items: [1], cursor: '2026#a' }, (item) => item);

    expect(parsePage({ name: 'imports' }, { cursor })).toEqual({ limit: 50, cursor: '2026#a' });
    expect(parsePage({ name: 'imports' }, { limit: '500', cursor: '' })).toEqual({ limit: 500 });
  });

  it.each([
    [{ limit: '0' }],
    [{ limit: '501' }],
    [{ limit: '1.5' }],
    [{ limit: 'x' }],
    [{ cursor: 'x' }],
    [{ cursor: btoa('["imports"]') }],
    [{ cursor: btoa('{"__proto__":null}') }],
    [{ cursor: 'ї' }],
    [{ cursor: btoa('["imports",""]') }],
    [{ cursor: btoa('["imports","\\ufffe"]') }],
    [{ cursor: btoa(JSON.stringify(['imports', 'x'.repeat(1025)])) }],
  ])('are refused with %j', (query) => {
    expect(() => parsePage({ name: 'imports' }, query)).toThrow(RollcallError);
  });

  it('have cursors for their own list only', () => {
    const { cursor } = pageBody({ name: 'events' }, { items: [], cursor: 'c' }, (item) => item);

    expect(() => parsePage({ name: 'imports' }, { cursor })).toThrow(/cursor must be/);
  });

  it('lead on with the parameters of the page before', () => {
    const next = nextPage({ name: 'rows' }, { path: '/rows.csv', query: { outcome: 'failed', cursor: 'old' } }, '1.5');

    const url = new URL(next, 'http://localhost');
    expect(url.searchParams.get('outcome')).toBe('failed');
    expect(parsePage({ name: 'rows' }, { cursor: url.searchParams.get('cursor') ?? '' })).toMatchObject({
      cursor: '1.5',
    });
  });
});

describe('rows as a file', () => {
  const failed = {
    row: 1,
    outcome: 'failed',
    error: { code: 'INVALID_EMAIL', field: 'email', message: "'x' is not valid email" },
  } as const;

  it('have the canonical columns, those of the fields that occur, and the error', () => {
    const row = { row: 1, errors: [failed.error], values: { email: 'x', '17': 'a,"b"', '9': 'z' } };

    const [header, line, rest] = rowsCsv([{ row, outcome: failed }]).split('\r\n');

    expect(header).toBe(
      'id,externalCustomerId,email,sms,firstName,lastName,contactKey,region,town,address,postcode,countryCode,languageCode,timeZone,viber,telegram,mobilepush,webpush,9,17,error',
    );
    expect(line).toBe(`,,x,,,,,,,,,,,,,,,,z,"a,""b""",INVALID_EMAIL: 'x' is not valid email`);
    expect(rest).toBe('');
  });

  it('show drafts too', () => {
    const draft = { email: 'a@b.co', sms: '380942583691', lastName: null, tokens: [token('t'), token('u')] };

    const text = rowsCsv([{ row: { row: 1, draft }, outcome: { row: 1, outcome: 'created' } }]);

    expect(text.split('\r\n')[1]).toBe(',,a@b.co,380942583691,, ,,,,,,,,,,,"t,u",,');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('are no formulas: %j', (firstName) => {
    const row = { row: 1, errors: [failed.error], values: { firstName } };

    expect(rowsCsv([{ row, outcome: failed }])).toContain(`'${firstName}`);
  });
});

function token(value: string) {
  return { type: 'mobilepush' as const, value };
}
