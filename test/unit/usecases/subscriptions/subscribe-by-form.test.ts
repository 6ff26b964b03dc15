import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { findBreaches } from '#domain/contacts/invariants.ts';
import { sized } from '#test/support/soak.ts';
import { type ConfirmationTestPorts, confirmationPorts } from '#test/support/subscriptions/confirmation-ports.ts';
import { knownContact, sendForm } from '#test/support/subscriptions/form-ports.ts';
import { deleteContact } from '#usecases/contacts/delete-contact.ts';

const stored = ({ memory }: ConfirmationTestPorts, id: number) => memory.contacts.get(id);

const segmentsOf = ({ memory }: ConfirmationTestPorts, id: number): string[] => {
  const names = new Map([...memory.segments.values()].map((segment) => [segment.id, segment.name]));
  const joined = [...memory.memberships.values()].filter(({ contactId }) => contactId === id);
  return joined.map(({ segmentId }) => names.get(segmentId) ?? '').sort();
};

const victim: ContactDraft = {
  externalCustomerId: 'C-17',
  firstName: 'Jane',
  email: 'victim@example.com',
  sms: '380501112233',
  contactKey: 'K1',
  address: { town: 'Kyiv' },
  ordersInfo: { count: 2 },
};

describe('a form about somebody known', () => {
  test('changes nothing that was said about them, and no way in which they are found', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);
    const before = stored(ports, id);

    const draft: ContactDraft = {
      email: 'victim@example.com',
      externalCustomerId: 'MINE',
      contactKey: 'HACK',
      sms: '380509999999',
      firstName: 'Hacked',
      address: { town: 'Moon' },
      ordersInfo: { count: 99 },
      origin: { createdAt: '2001-01-01T00:00:00.000Z' },
      tokens: [{ type: 'webpush', value: 'attacker' }],
    };
    const answer = await sendForm(ports, draft, { namesId: true });

    expect(answer).toMatchObject({ id, emailStatus: 'ALREADY_SUBSCRIBED' });
    expect(stored(ports, id)).toEqual(before);
    expect([...ports.memory.claims.keys()].sort()).toEqual([
      'EMAIL#victim@example.com',
      'EXT#C-17',
      'SMS#380501112233',
    ]);
    expect(answer.warnings.map(({ code, field }) => `${code} ${field}`)).toEqual([
      'NOT_PERMITTED id',
      'NOT_PERMITTED externalCustomerId',
      'NOT_PERMITTED contactKey',
      'NOT_PERMITTED ordersInfo',
      'NOT_PERMITTED origin',
    ]);
  });

  test('fills in what nobody had said', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);

    await sendForm(ports, {
      email: 'victim@example.com',
      lastName: 'Doe',
      languageCode: 'uk',
      address: { town: 'Moon', postcode: '01001' },
    });

    expect(stored(ports, id)).toMatchObject({
      lastName: 'Doe',
      languageCode: 'uk',
      address: { town: 'Kyiv', postcode: '01001' },
    });
  });

  test('blanks nothing', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);

    await sendForm(ports, { email: 'victim@example.com', firstName: null, address: { town: null } });

    expect(stored(ports, id)).toMatchObject({ firstName: 'Jane', address: { town: 'Kyiv' } });
  });

  test('restores nobody who was deleted', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);
    await deleteContact(ports, { id });
    const before = stored(ports, id);

    const answer = await sendForm(ports, { email: 'victim@example.com', lastName: 'Doe' });

    expect(answer).toMatchObject({ id, emailStatus: 'NEED_CONFIRMATION' });
    expect(stored(ports, id)).toEqual(before);
    expect(await sendForm(ports, { sms: '380501112233' })).not.toMatchObject({ id });
    expect(stored(ports, id)).toEqual(before);
  });

  test('joins them to no segment', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);
    await ports.segments.ensure(['News']);

    await sendForm(
      ports,
      { email: 'victim@example.com' },
      { groupNames: ['News'], permit: { groups: ['News'], fields: [] } },
    );

    expect(segmentsOf(ports, id)).toEqual([]);
  });

  test('tells the workflows once, as any subscription', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);

    await sendForm(ports, { email: 'victim@example.com', firstName: 'Other' }, { formType: 'abc' });

    expect(ports.memory.published).toMatchObject([
      { eventTypeKey: 'subscribeUpdateFromApi-abc', params: { ContactId: id, EmailAddress: 'victim@example.com' } },
    ]);
  });
});

describe('whom a form means', () => {
  test('is nobody who has another e-mail address, by a phone', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);

    const both = await sendForm(ports, { email: 'attacker@example.com', sms: '380501112233' });
    const phone = await sendForm(ports, { sms: '380501112233' });
    const again = await sendForm(ports, { sms: '380501112233' });

    expect(new Set([id, both.id, phone.id]).size).toBe(3);
    expect(again.id).toBe(phone.id);
    expect(stored(ports, id)).toMatchObject({ email: 'victim@example.com', version: 1 });
  });

  test('is nobody without an address, by a phone beside an address: it would be given one', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, { sms: '380501112233' });

    const answer = await sendForm(ports, { email: 'attacker@example.com', sms: '380501112233' });

    expect(answer.id).not.toBe(id);
    expect(stored(ports, id)).not.toHaveProperty('email');
  });

  test('is never told by what a form may not send', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, victim);

    const answer = await sendForm(ports, { id, externalCustomerId: 'C-17', email: 'attacker@example.com' });

    expect(answer.id).not.toBe(id);
    await expect(
      sendForm(ports, { externalCustomerId: 'C-17', tokens: [{ type: 'viber', value: 'v' }] }),
    ).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('takes no token from anybody', async () => {
    const ports = confirmationPorts();
    const id = await knownContact(ports, { ...victim, tokens: [{ type: 'webpush', value: 't' }] });

    const tokens = [
      { type: 'webpush', value: 't' },
      { type: 'webpush', value: 'own' },
    ] as const;
    const answer = await sendForm(ports, { email: 'attacker@example.com', tokens });

    expect(stored(ports, id)?.tokens).toEqual([{ type: 'webpush', value: 't' }]);
    expect(stored(ports, answer.id)?.tokens).toEqual([{ type: 'webpush', value: 'own' }]);
  });

  test('is told nothing about by a token alone, unless nothing but tokens is known of them', async () => {
    const ports = confirmationPorts();
    const tokens = [{ type: 'mobilepush', value: 't' }] as const;
    const id = await knownContact(ports, { email: 'victim@example.com', tokens });
    const before = stored(ports, id);

    await sendForm(ports, { tokens, firstName: 'Hacked' });

    expect(stored(ports, id)).toEqual(before);
    expect([...ports.memory.contacts.keys()]).toEqual([id]);
    expect(ports.memory.proposals.size).toBe(0);

    const own = [{ type: 'mobilepush', value: 'own' }] as const;
    const { id: newcomer } = await sendForm(ports, { tokens: own });
    await sendForm(ports, { tokens: own, firstName: 'John' });

    expect(stored(ports, newcomer)).toMatchObject({ firstName: 'John', tokens: own });
  });
});

describe('a form about somebody new', () => {
  test('stores them unconfirmed, with what they say and without what only the company may set', async () => {
    const ports = confirmationPorts();

    const { id } = await sendForm(ports, { ...victim, lastName: 'Doe', languageCode: 'uk' });

    const { externalCustomerId: _, contactKey: __, ordersInfo: ___, ...said } = victim;
    expect(stored(ports, id)).toMatchObject({ ...said, lastName: 'Doe', confirmed: false, source: 'SUBSCRIPTION' });
    for (const name of ['externalCustomerId', 'contactKey', 'ordersInfo']) {
      expect(stored(ports, id)).not.toHaveProperty(name);
    }
  });

  test('joins segments that the key names, makes none, and leaves that of confirmed ones for later', async () => {
    const ports = confirmationPorts();
    await ports.segments.ensure(['News', 'VIP', 'Subscribers']);
    const groupNames = ['news', 'VIP', 'Made up', 'Subscribers'];

    const { id, warnings } = await sendForm(
      ports,
      { email: 'new@example.com' },
      { groupNames, permit: { groups: ['News', 'Subscribers', 'Made up'], fields: [] } },
    );

    expect(segmentsOf(ports, id)).toEqual(['News']);
    expect([...ports.memory.segments.values()].map(({ name }) => name)).toEqual(['News', 'VIP', 'Subscribers']);
    expect(warnings).toMatchObject([{ code: 'NOT_PERMITTED', field: 'groups' }]);
  });

  test('fills in only the custom fields that the key names', async () => {
    const ports = confirmationPorts();
    const named = await ports.fields.create({ group: 'S', name: 'A', key: 'A', type: 'textfield', identifier: false });
    const other = await ports.fields.create({ group: 'S', name: 'B', key: 'B', type: 'textfield', identifier: false });
    const fields = [
      { id: named?.id ?? 0, value: 'yes' },
      { id: other?.id ?? 0, value: 'no' },
    ];

    const permit = { groups: [], fields: [named?.id ?? 0] };
    const { id, warnings } = await sendForm(ports, { email: 'new@example.com', fields }, { permit });

    expect(stored(ports, id)?.fields).toEqual([fields[0]]);
    expect(warnings).toMatchObject([{ code: 'NOT_PERMITTED', field: `fields.${other?.id}` }]);
  });
});

describe('any sequence of forms', () => {
  const text = fc.constantFrom('A', 'B', null);
  const address = fc.constantFrom('a@x.x', 'b@x.x', 'c@x.x');
  const token = fc.record({
    type: fc.constantFrom('webpush', 'mobilepush', 'viber'),
    value: fc.constantFrom('1', '2'),
  });
  const field = fc.record({ id: fc.constantFrom(101, 102), value: fc.constantFrom('x', 'y', '') });
  const given = fc
    .record(
      {
        email: address,
        sms: fc.constantFrom('1', '2'),
        externalCustomerId: fc.constantFrom('X', 'Y'),
        tokens: fc.array(token, { maxLength: 2 }),
        id: fc.constantFrom(1, 2),
        firstName: text,
        contactKey: text,
        address: fc.record({ town: text }),
        fields: fc.uniqueArray(field, { selector: ({ id }) => id, maxLength: 2 }),
      },
      { requiredKeys: [] },
    )
    .map((draft) => draft as ContactDraft);
  const known = given.filter(({ email, sms, externalCustomerId }) => Boolean(email ?? sms ?? externalCustomerId));
  const everyField = { groups: ['News'], fields: [101, 102] };

  test('changes neither an identity nor anything that was said of whoever was there before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(known, { minLength: 1, maxLength: 3 }),
        fc.array(given, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (people, forms, isOneDeleted) => {
          const ports = confirmationPorts();
          for (const key of ['A', 'B']) {
            await ports.fields.create({ group: 'S', name: key, key, type: 'textfield', identifier: key === 'A' });
          }
          await ports.segments.ensure(['News']);
          for (const { id: _, ...person } of people) await knownContact(ports, person);
          if (isOneDeleted) await deleteContact(ports, { id: 1 });
          const before = structuredClone(ports.memory);

          for (const form of forms) {
            await sendForm(ports, form, { groupNames: ['News', 'VIP'], permit: everyField }).catch(() => undefined);
          }

          for (const [id, contact] of before.contacts) {
            const { fields = [], address = {}, version: _, updatedAt: __, updatedBy: ___, ...rest } = contact;
            const now = ports.memory.contacts.get(id);
            const { email, sms, externalCustomerId, contactKey, tokens, state, confirmed } = now ?? {};
            expect(now).toMatchObject(rest);
            expect({ email, sms, externalCustomerId, contactKey, tokens, state, confirmed }).toEqual({
              ...{ email: contact.email, sms: contact.sms, externalCustomerId: contact.externalCustomerId },
              ...{ contactKey: contact.contactKey, tokens: contact.tokens },
              ...{ state: contact.state, confirmed: contact.confirmed },
            });
            expect(now?.address ?? {}).toMatchObject(address);
            expect(now?.fields ?? []).toEqual(expect.arrayContaining([...fields]));
            expect(now?.fields?.find(({ id }) => id === 101)).toEqual(fields.find(({ id }) => id === 101));
            expect(segmentsOf(ports, id)).toEqual([]);
          }
          for (const [key, claim] of before.claims) {
            expect(ports.memory.claims.get(key)?.contactIds).toEqual(expect.arrayContaining([...claim.contactIds]));
          }
          expect([...ports.memory.segments.keys()]).toEqual([...before.segments.keys()]);
          const contacts = ports.memory.contacts.values();
          expect(findBreaches({ claims: ports.memory.claims.values(), contacts })).toEqual([]);
        },
      ),
      { numRuns: sized(200, 5000) },
    );
  });
});
