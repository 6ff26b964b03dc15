import { describe, expect, it } from 'vitest';
import type { Contact, ContactDraft } from '#domain/contacts/contact.ts';
import { planRows, type SaveRule } from '#domain/contacts/plan.ts';
import { maxIdentities, maxOwners } from '#domain/contacts/working-state.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import type { Membership } from '#domain/segments/ports.ts';
import { bareContact, onDay } from '#test/support/contacts/bare-contact.ts';
import { viewOf } from '#test/support/contacts/save-views.ts';
import { saveRule, segmentOf } from '#test/support/makers.ts';

const card: CustomField = { id: 101, group: 'Shop', name: 'Card', key: 'CARD', type: 'number', identifier: true };
const colour: CustomField = {
  id: 102,
  group: 'Shop',
  name: 'Colour',
  key: 'COLOUR',
  type: 'textfield',
  identifier: false,
};
const definitions = new Map([card, colour].map((field) => [field.id, field]));

const plan = (
  contacts: readonly Contact[],
  drafts: readonly ContactDraft[],
  about: Partial<SaveRule> = {},
  memberships: Membership[] = [],
) => {
  const view = viewOf(contacts, { memberships, identifyingFields: [card.id] });
  return planRows(drafts, view, saveRule({ definitions, ...about })).map((row) => {
    if (!row) throw new Error('The row was left waiting');
    return row;
  });
};

/** One planned row; throws where there are more. */
const planOne = (
  contacts: readonly Contact[],
  draft: ContactDraft,
  about?: Partial<SaveRule>,
  memberships?: Membership[],
) => {
  const [row] = plan(contacts, [draft], about, memberships);
  if (!row) throw new Error('No row was planned');
  return row;
};

describe('a row ends', () => {
  const stored = bareContact({ id: 1, email: 'x@x.x', firstName: 'John' });
  const deleted = bareContact({ id: 1, email: 'x@x.x', state: 'deleted' });

  it.each<{ title: string; contacts: Contact[]; draft: ContactDraft; about?: Partial<SaveRule>; expected: object }>([
    {
      title: 'created where nobody matches',
      contacts: [],
      draft: { email: 'x@x.x' },
      expected: { outcome: 'created' },
    },
    {
      title: 'skipped where it is known and only new contacts are wanted',
      contacts: [stored],
      draft: { email: 'x@x.x', firstName: 'Jane' },
      about: { only: 'create' },
      expected: { outcome: 'skipped', error: { code: 'CONTACT_EXISTS' } },
    },
    {
      title: 'created where only new contacts are wanted',
      contacts: [],
      draft: { email: 'x@x.x' },
      about: { only: 'create' },
      expected: { outcome: 'created' },
    },
    {
      title: 'skipped where nobody matches and only known contacts are wanted',
      contacts: [],
      draft: { email: 'x@x.x' },
      about: { only: 'update' },
      expected: { outcome: 'skipped', error: { code: 'CONTACT_UNKNOWN' } },
    },
    {
      title: 'updated where only known contacts are wanted',
      contacts: [stored],
      draft: { email: 'x@x.x', firstName: 'Jane' },
      about: { only: 'update' },
      expected: { outcome: 'updated' },
    },
    {
      title: 'updated where it says something new',
      contacts: [stored],
      draft: { email: 'x@x.x', firstName: 'Jane' },
      expected: { outcome: 'updated' },
    },
    {
      title: 'unchanged where it says nothing new',
      contacts: [stored],
      draft: { email: 'x@x.x', firstName: 'John' },
      expected: { outcome: 'unchanged' },
    },
    {
      title: 'skipped where the contact is deleted',
      contacts: [deleted],
      draft: { email: 'x@x.x' },
      expected: { outcome: 'skipped', error: { code: 'CONTACT_DELETED' } },
    },
    {
      title: 'updated where the contact is restored',
      contacts: [deleted],
      draft: { email: 'x@x.x' },
      about: { restoreDeleted: true },
      expected: { outcome: 'updated' },
    },
    {
      title: 'failed where the id is unknown',
      contacts: [stored],
      draft: { id: 9 },
      about: { dedupeOn: 'id' },
      expected: { outcome: 'failed', error: { code: 'UNKNOWN_ID' } },
    },
    {
      title: 'failed where the contact of the id has another externalCustomerId',
      contacts: [bareContact({ id: 1, externalCustomerId: 'X' })],
      draft: { id: 1, externalCustomerId: 'Y' },
      about: { dedupeOn: 'id' },
      expected: { outcome: 'failed', error: { code: 'EXTERNAL_ID_CONFLICT' } },
    },
    {
      title: 'failed where the dedupe value does not suit its field',
      contacts: [],
      draft: { fields: [{ id: card.id, value: 'not a number' }] },
      about: { dedupeOn: 'fieldId', fieldId: card.id },
      expected: { outcome: 'failed', error: { code: 'MISSING_DEDUPE_VALUE' } },
    },
  ])('$title', ({ contacts, draft, about, expected }) => {
    const row = planOne(contacts, draft, about);

    expect(row).toMatchObject(expected);
  });
});

describe('a skipped or failed row', () => {
  it('writes nothing, not even a segment', () => {
    const row = planOne(
      [bareContact({ email: 'x@x.x', state: 'deleted' })],
      { email: 'x@x.x', firstName: 'Jane' },
      { joins: [segmentOf(5)] },
    );

    expect(row.change).toBeUndefined();
  });
});

describe('a planned birth', () => {
  it('is active, confirmed, of the source and by the token of the request', () => {
    const { change } = planOne([], { email: 'x@x.x' }, { token: 'session#4', now: onDay(9) });

    expect(change?.contact).toEqual({
      id: -1,
      email: 'x@x.x',
      confirmed: true,
      source: 'IMPORT',
      state: 'active',
      createdAt: onDay(9),
      updatedAt: onDay(9),
      version: 1,
      createdBy: 'session#4',
      updatedBy: 'session#4',
    });
  });
});

describe('a planned update', () => {
  const stored = bareContact({ id: 1, email: 'x@x.x', source: 'SUBSCRIPTION', version: 7 });

  it('keeps source, creator and birth, and counts the version up', () => {
    const { change } = planOne([stored], { email: 'x@x.x', firstName: 'Jane' }, { now: onDay(9), token: 'session#4' });

    expect(change?.base).toBe(stored);
    expect(change?.contact).toEqual({
      ...stored,
      firstName: 'Jane',
      version: 8,
      updatedAt: onDay(9),
      updatedBy: 'session#4',
    });
  });

  it('writes no contact where nothing changes', () => {
    const { change } = planOne([stored], { email: 'x@x.x' });

    expect(change?.contact).toBe(stored);
  });

  it('restores with what it had, and says so in a new version', () => {
    const deleted = bareContact({ id: 1, email: 'x@x.x', firstName: 'John', state: 'deleted', version: 7 });

    const { change } = planOne([deleted], { email: 'x@x.x' }, { restoreDeleted: true });

    expect(change?.contact).toMatchObject({ firstName: 'John', state: 'active', version: 8 });
  });
});

describe('rows of one request that mean the same contact', () => {
  it('fold in order, the later one winning', () => {
    const rows = plan(
      [],
      [
        { email: 'x@x.x', firstName: 'One', lastName: 'First' },
        { email: 'y@x.x' },
        { email: 'x@x.x', firstName: 'Two' },
      ],
    );

    expect(rows.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'updated']);
    expect(rows[2]?.change).toBe(rows[0]?.change);
    expect(rows[0]?.change?.contact).toMatchObject({ firstName: 'Two', lastName: 'First', version: 1 });
  });

  it('see the e-mail address that a row before them gave', () => {
    const rows = plan(
      [bareContact({ id: 1, externalCustomerId: 'X', email: 'old@x.x' })],
      [{ externalCustomerId: 'X', email: 'new@x.x' }, { email: 'new@x.x', firstName: 'Jane' }, { email: 'old@x.x' }],
    );

    expect(rows.map(({ outcome }) => outcome)).toEqual(['updated', 'updated', 'created']);
    expect(rows[1]?.change).toBe(rows[0]?.change);
  });

  it('gain an externalCustomerId once (rules 2 and 5 of contract 3.3)', () => {
    const rows = plan(
      [bareContact({ id: 1, email: 'x@x.x' })],
      [
        { externalCustomerId: 'X', email: 'x@x.x' },
        { externalCustomerId: 'Y', email: 'x@x.x' },
      ],
    );

    expect(rows.map(({ outcome }) => outcome)).toEqual(['updated', 'created']);
    expect(rows[0]?.change?.contact).toMatchObject({ id: 1, externalCustomerId: 'X' });
  });

  it('leave one change where the last one undoes the first', () => {
    const stored = bareContact({ id: 1, email: 'x@x.x', firstName: 'John' });

    const rows = plan(
      [stored],
      [
        { email: 'x@x.x', firstName: 'Jane' },
        { email: 'x@x.x', firstName: 'John' },
      ],
    );

    expect(rows.map(({ outcome }) => outcome)).toEqual(['updated', 'updated']);
    expect(rows[1]?.change?.contact.firstName).toBe('John');
  });
});

describe('a token belongs to whoever names it last (contract 2.2)', () => {
  const token = { type: 'mobilepush', value: 't' } as const;
  const other = { type: 'webpush', value: 't' } as const;
  const owner = bareContact({ id: 1, email: 'x@x.x', tokens: [token, other] });

  it('so a birth takes it from its owner, who keeps the same value of another kind', () => {
    const { change } = planOne([owner], { email: 'y@x.x', tokens: [token] });

    expect(change?.contact.tokens).toEqual([token]);
    expect(change?.after.map(({ contact }) => [contact.id, contact.tokens])).toEqual([[1, [other]]]);
  });

  it('so of two births in one request the later one keeps it', () => {
    const rows = plan(
      [],
      [
        { email: 'x@x.x', tokens: [token] },
        { email: 'y@x.x', tokens: [token] },
      ],
    );

    expect(rows.map(({ change }) => change?.contact.tokens)).toEqual([undefined, [token]]);
  });

  it('and stays where its owner names it again', () => {
    const { outcome, change } = planOne([owner], { email: 'x@x.x', tokens: [token] });

    expect(outcome).toBe('unchanged');
    expect(change?.after).toEqual([]);
  });

  it('but viber and telegram values are shared', () => {
    const viber = { type: 'viber', value: 'v' } as const;
    const holder = bareContact({ id: 1, email: 'x@x.x', tokens: [viber] });

    const { change } = planOne([holder], { email: 'y@x.x', tokens: [viber] });

    expect(change?.after).toEqual([]);
  });
});

describe('segments', () => {
  const stored = bareContact({ id: 1, email: 'x@x.x' });
  const rule = { joins: [segmentOf(5), segmentOf(6)], leaves: [segmentOf(7)] };

  it('are joined and left only where that changes something', () => {
    const memberships = [
      { contactId: 1, segmentId: 5, epoch: 1 },
      { contactId: 1, segmentId: 7, epoch: 1 },
    ];

    const { change, outcome } = planOne([stored], { email: 'x@x.x' }, rule, memberships);

    expect(outcome).toBe('updated');
    expect(change).toMatchObject({ contact: stored, join: [{ id: 6 }], leave: [{ id: 7 }] });
  });

  it('leave a row unchanged where all is as asked', () => {
    const { outcome } = planOne([stored], { email: 'x@x.x' }, { joins: [segmentOf(5)] }, [
      { contactId: 1, segmentId: 5, epoch: 1 },
    ]);

    expect(outcome).toBe('unchanged');
  });

  it('that rows name themselves are joined beside them, of all rows of one contact, unless everybody leaves them', () => {
    const named = new Map([8, 9, 7].map((id) => [`tag ${id}`, segmentOf(id)]));
    const drafts = [
      { email: 'x@x.x', segmentNames: ['Tag 8', 'tag 7'] },
      { email: 'x@x.x', segmentNames: ['tag 9', 'unknown'] },
    ];

    const [first, second] = plan([stored], drafts, { ...rule, named }, [{ contactId: 1, segmentId: 8, epoch: 1 }]);

    expect([first?.outcome, second?.outcome]).toEqual(['updated', 'updated']);
    expect(second?.change?.join.map(({ id }) => id)).toEqual([5, 6, 9]);
  });

  it('are joined by one who loses a token in the same request, too', () => {
    const token = { type: 'mobilepush', value: 't' } as const;
    const owner = bareContact({ id: 1, email: 'x@x.x', tokens: [token] });

    const [, row] = plan([owner], [{ email: 'y@x.x', tokens: [token] }, { email: 'x@x.x' }], { joins: [segmentOf(5)] });

    expect(row?.change).toMatchObject({ contact: { id: 1 }, join: [{ id: 5 }] });
  });
});

describe('a value that does not suit its field', () => {
  const stored = bareContact({
    id: 1,
    email: 'x@x.x',
    fields: [
      { id: card.id, value: '7' },
      { id: colour.id, value: 'red' },
    ],
  });

  it.each<{ title: string; value: string; stays: string[] }>([
    { title: 'leaves the stored one', value: 'seven', stays: ['7', 'red'] },
    { title: 'unlike a blank one, which clears it', value: ' ', stays: ['red'] },
    { title: 'unlike a good one, which replaces it', value: '+8', stays: ['8', 'red'] },
  ])('$title, even where customFieldsIDs lists the field', ({ value, stays }) => {
    const draft = { email: 'x@x.x', fields: [{ id: card.id, value }] };

    const { change } = planOne([stored], draft, { customFieldIds: [card.id] });

    expect(change?.contact.fields?.map((field) => field.value)).toEqual(stays);
  });

  it('is warned of', () => {
    const { warnings } = planOne([], {
      email: 'x@x.x',
      fields: [
        { id: card.id, value: 'seven' },
        { id: 999, value: 'x' },
      ],
    });

    expect(warnings).toMatchObject([
      { code: 'INVALID_FIELD', field: `fields.${card.id}` },
      { code: 'UNKNOWN_FIELD', field: 'fields.999' },
    ]);
  });
});

describe('what the table cannot hold fails its row only', () => {
  const crowd = Array.from({ length: maxOwners }, (_, index) =>
    bareContact({ id: index + 1, externalCustomerId: `X${index}`, email: 'x@x.x' }),
  );

  it(`one e-mail address for more than ${maxOwners} contacts`, () => {
    const rows = plan(crowd, [
      { externalCustomerId: 'new', email: 'x@x.x' },
      { externalCustomerId: 'new', email: 'y@x.x' },
    ]);

    expect(rows.map(({ outcome }) => outcome)).toEqual(['failed', 'created']);
    expect(rows[0]?.error?.code).toBe('TOO_MANY_OWNERS');
  });

  it('but its owners can still be updated', () => {
    const { outcome } = planOne(crowd, { externalCustomerId: 'X7', email: 'x@x.x', firstName: 'Jane' });

    expect(outcome).toBe('updated');
  });

  it(`more than ${maxIdentities} identities`, () => {
    const tokens = Array.from({ length: maxIdentities }, (_, index) => ({
      type: 'mobilepush' as const,
      value: `t${index}`,
    }));

    const rows = plan(
      [],
      [
        { email: 'x@x.x', tokens },
        { email: 'y@x.x', tokens: tokens.slice(1) },
      ],
    );

    expect(rows.map(({ outcome, error }) => [outcome, error?.code])).toEqual([
      ['failed', 'TOO_LARGE'],
      ['created', undefined],
    ]);
  });

  it('a contact that grows beyond its item', () => {
    const token = (index: number) => ({ type: 'viber' as const, value: `${index}${'v'.repeat(990)}` });
    const full = bareContact({
      id: 1,
      email: 'x@x.x',
      tokens: Array.from({ length: 100 }, (_, index) => token(index)),
    });

    const row = planOne([full], {
      email: 'x@x.x',
      tokens: Array.from({ length: 100 }, (_, index) => token(100 + index)),
    });

    expect(row).toMatchObject({ outcome: 'failed', error: { code: 'TOO_LARGE' } });
  });
});
