import { describe, expect, test } from 'vitest';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { FieldChange, WorkflowStep } from '#domain/workflows/workflow.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { arranged, john, segmentsOf, stored } from '#test/support/workflows/workflow-arrangement.ts';
import { eventOf, noon, play, strangersEvent } from '#test/support/workflows/workflow-ports.ts';

const create: WorkflowStep = { id: 'create', type: 'createContact' };
const update: WorkflowStep = { id: 'update', type: 'updateContact' };

const line = (members: object) => ({ json: JSON.stringify(members) });

describe('the task Create contact', () => {
  test('creates whoever the event describes, confirmed, in no segment, with the source CAMPAIGN', async () => {
    const ports = await arranged([create]);
    const about = line({ firstname: 'Jane', sms: '+380942583691', town: 'Kyiv' });

    const run = await play(ports, strangersEvent({ email: 'Jane@Example.com', ...about }));

    expect(run).toMatchObject({
      state: 'done',
      steps: [{ id: 'create', outcome: 'done', result: { contact: 'created' } }],
    });
    expect(await stored(ports, run?.contactId)).toMatchObject({
      email: 'jane@example.com',
      sms: '380942583691',
      firstName: 'Jane',
      address: { town: 'Kyiv' },
      confirmed: true,
      source: 'CAMPAIGN',
    });
    expect(await segmentsOf(ports, run?.contactId)).toEqual([]);
    expect(ports.memory.published).toEqual([]);
  });

  test('leaves them unconfirmed where the line says so', async () => {
    const ports = await arranged([create]);

    const run = await play(ports, strangersEvent({ email: 'jane@example.com', ...line({ confirmed: false }) }));

    expect(await stored(ports, run?.contactId)).toMatchObject({ confirmed: false });
  });

  test('takes the line as an object, too, under whatever name the step gives it', async () => {
    const ports = await arranged([{ ...create, json: 'profile' } as WorkflowStep]);

    const run = await play(ports, strangersEvent({ Phone: '+380942583691', PROFILE: { firstname: 'Jane' } }));

    expect(await stored(ports, run?.contactId)).toMatchObject({ firstName: 'Jane', sms: '380942583691' });
  });

  test('updates whoever is known by the event, with what the line says and no more', async () => {
    const ports = await arranged([create]);
    const params = { email: 'john@example.com', phone: '+380942583691', ...line({ lastname: 'Smith' }) };

    const run = await play(ports, strangersEvent(params));

    expect(run).toMatchObject({ contactId: 7, steps: [{ result: { contact: 'updated' } }] });
    const { sms, ...contact } = (await stored(ports)) ?? {};
    expect(contact).toMatchObject({ firstName: 'John', lastName: 'Smith', source: 'IMPORT', confirmed: false });
    expect(sms).toBeUndefined();
    expect(ports.memory.contacts.size).toBe(1);
  });

  test.each([
    ['a name of 61 letters', { firstname: 'a'.repeat(61) }, 'firstname (INVALID_NAME)'],
    ['a field that does not exist', { profileInputs: [{ profileInputId: 999, value: 'x' }] }, 'UNKNOWN_FIELD'],
    ['a value that its field cannot hold', { profileInputs: [{ profileInputId: 20, value: 'x' }] }, 'INVALID_FIELD'],
  ])('writes nothing for a line with %s, ends the run there and says which member it was', async (_, members, said) => {
    const ports = await arranged([create, { id: 'file', type: 'addToSegment', segment: 'Welcomed' }]);

    const run = await play(ports, strangersEvent({ email: 'jane@example.com', ...line(members) }));

    expect(run).toMatchObject({
      state: 'stopped',
      problem: { code: 'INVALID_CONTACT_JSON' },
      steps: [{ outcome: 'stopped' }],
    });
    expect(run?.problem?.message).toContain(said);
    expect(ports.memory.contacts.size).toBe(1);
    expect(ports.memory.segments.size).toBe(0);
  });

  test.each([create, update])('leaves a phone that is none out of a contact, and says so: %j', async (step) => {
    const ports = await arranged([step]);
    const params = { email: 'john@example.com', ...line({ sms: '0942583691', lastname: 'Smith' }) };

    const run = await play(ports, strangersEvent(params));

    expect(await stored(ports)).toMatchObject({ lastName: 'Smith' });
    expect(run).toMatchObject({ state: 'done', steps: [{ result: { leftOut: 'sms (INVALID_PHONE)' } }] });
  });

  test('writes nothing for a phone that is none if nothing else says whose it is', async () => {
    const ports = await arranged([create]);

    const run = await play(ports, strangersEvent(line({ sms: '0942583691', firstname: 'Jane' }), { keyValue: 'x' }));

    expect(run).toMatchObject({ state: 'stopped', problem: { code: 'INVALID_CONTACT_JSON' } });
    expect(run?.problem?.message).not.toContain('0942583691');
  });

  test('creates nobody of whom the event says nothing to find them by', async () => {
    const ports = await arranged([create]);

    const run = await play(ports, strangersEvent(line({ firstname: 'Jane' }), { keyValue: 'x' }));

    expect(run).toMatchObject({ state: 'stopped', problem: { code: 'NO_IDENTIFIER' } });
    expect(ports.memory.contacts.size).toBe(1);
  });

  test('ends the run where another contact has the externalCustomerId of the line', async () => {
    const ports = await arranged([create]);
    await play(ports, strangersEvent({ email: 'jane@example.com', ...line({ externalCustomerId: 'C-1' }) }));

    const run = await play(ports, eventOf({ eventId: 'event-2', params: line({ externalCustomerId: 'C-1' }) }));

    expect(run).toMatchObject({ state: 'stopped', problem: { code: 'CONTACT_NOT_SAVED' } });
    expect((await stored(ports))?.externalCustomerId).toBeUndefined();
  });
});

test.each([
  ['Create contact', create],
  ['Add to segment', { id: 'add', type: 'addToSegment', segment: 'Welcomed' }],
] as const)('%s brings nobody back who was deleted since the event', async (_, step) => {
  const ports = await arranged([step], { contact: contactOf({ state: 'deleted' }) });

  const run = await play(ports);

  expect(run).toMatchObject({ state: 'done', steps: [{ outcome: 'skipped', problem: { code: 'NO_CONTACT' } }] });
  expect(await stored(ports)).toMatchObject({ state: 'deleted' });
});

describe('the task Update contact', () => {
  test('updates whoever the event names, and takes no word on whether they are confirmed', async () => {
    const ports = await arranged([update]);

    const run = await play(ports, eventOf({ params: line({ lastname: 'Smith', confirmed: true }) }));

    expect(run).toMatchObject({ state: 'done', contactId: 7 });
    expect(await stored(ports)).toMatchObject({ lastName: 'Smith', confirmed: false });
  });

  test('leaves out whoever is not known, and goes on', async () => {
    const ports = await arranged([update, { id: 'wait', type: 'wait', for: { hours: 1 } }]);

    const run = await play(ports, strangersEvent({ email: 'jane@example.com', ...line({ lastname: 'Smith' }) }));

    expect(run).toMatchObject({
      state: 'done',
      steps: [{ outcome: 'skipped', problem: { code: 'NO_CONTACT' } }, { outcome: 'done' }],
    });
    expect(ports.memory.contacts.size).toBe(1);
  });
});

describe('the task Update custom fields', () => {
  const change = (...fields: FieldChange[]): WorkflowStep => ({ id: 'change', type: 'updateFields', fields });

  test.each([
    ['=', 20, '${points}', '12'],
    ['+', 20, '${points}', '17'],
    ['-', 20, '12', '-7'],
    ['-', 20, '-12', '17'],
    ['+', 20, '2147483647', '2147483647'],
    ['-', 20, '9999999999', '-2147483648'],
    ['+', 21, '0,5', '0.5'],
    ['=', 22, 'card-${points}', 'card-12'],
  ] as const)('makes %s of field %i with %s to %s', async (operation, id, value, result) => {
    const ports = await arranged([change({ id, operation, value })]);

    const run = await play(ports, eventOf({ params: { Points: 12 } }));

    expect(run?.state).toBe('done');
    expect((await stored(ports))?.fields?.find((field) => field.id === id)?.value).toBe(result);
  });

  test('clears a field by a blank value, and keeps the others', async () => {
    const ports = await arranged([change({ id: 20, operation: '=', value: '${nothing}' })], {
      contact: {
        ...john,
        fields: [
          { id: 20, value: '5' },
          { id: 21, value: '1' },
        ],
      },
    });

    await play(ports);

    expect((await stored(ports))?.fields).toEqual([{ id: 21, value: '1' }]);
  });

  test.each([
    [{ id: 999, operation: '=', value: '1' }, 'UNKNOWN_FIELD'],
    [{ id: 20, operation: '=', value: 'many' }, 'INVALID_VALUE'],
    [{ id: 20, operation: '+', value: '1.5' }, 'INVALID_VALUE'],
    [{ id: 22, operation: '+', value: '1' }, 'FIELD_NOT_NUMERIC'],
  ] as const)('fails for %j with %s, and writes none of its changes', async (bad, code) => {
    const ports = await arranged([change({ id: 21, operation: '=', value: '1' }, bad)]);

    const run = await play(ports);

    expect(run).toMatchObject({ state: 'failed', problem: { code } });
    expect(await stored(ports)).toEqual(john);
  });
});

describe('the task Confirm contact', () => {
  const confirm: WorkflowStep = { id: 'confirm', type: 'confirmContact', segment: 'Subscribers' };

  test('confirms the address and joins the segment, without an event of its own', async () => {
    const ports = await arranged([confirm]);

    await play(ports);

    expect(await stored(ports)).toMatchObject({ confirmed: true });
    expect(await segmentsOf(ports)).toEqual(['Subscribers']);
    expect(ports.memory.published).toEqual([]);
  });

  test.each([
    ['unsubscribed', hoursAfter(noon, -1), false],
    ['unsubscribed', hoursAfter(noon, 1), true],
    ['spam', hoursAfter(noon, -1), true],
  ] as const)('finds the address %s since %s, and then it is so still: %s', async (reason, since, isKept) => {
    const ports = await arranged([confirm]);
    await ports.suppressions.add([{ address: 'john@example.com', reason, since }]);

    await play(ports);

    expect(ports.memory.suppressions.has('john@example.com')).toBe(isKept);
  });
});

describe('segments', () => {
  const add: WorkflowStep = { id: 'add', type: 'addToSegment', segment: 'Welcomed' };
  const remove: WorkflowStep = { id: 'remove', type: 'removeFromSegment', segment: 'welcomed' };

  test('are joined and left', async () => {
    const joining = await arranged([add]);
    await play(joining);
    const leaving = await arranged([add, remove]);
    await play(leaving);

    expect(await segmentsOf(joining)).toEqual(['Welcomed']);
    expect(await segmentsOf(leaving)).toEqual([]);
  });

  test('are told of once, however often somebody is put into them', async () => {
    const ports = {
      ...(await arranged([add, { ...add, id: 'again' } as WorkflowStep])),
      publishesSegmentChanges: true,
    };

    await play(ports);

    expect(ports.memory.published.map(({ eventTypeKey }) => eventTypeKey)).toEqual(['contactAddedToSegment']);
  });

  test('make a contact of whoever the event names and nobody knows', async () => {
    const ports = await arranged([add]);

    const run = await play(ports, strangersEvent({ email: 'jane@example.com' }));

    expect(await stored(ports, run?.contactId)).toMatchObject({ source: 'CAMPAIGN', email: 'jane@example.com' });
    expect(await segmentsOf(ports, run?.contactId)).toEqual(['Welcomed']);
  });

  test('are joined by nobody of whom only a deleted contact is known', async () => {
    const ports = await arranged([add], { contact: contactOf({ state: 'deleted' }) });

    const run = await play(ports, strangersEvent({ email: 'john@example.com' }));

    expect(run).toMatchObject({ state: 'done', steps: [{ outcome: 'skipped' }] });
    expect(await stored(ports)).toMatchObject({ state: 'deleted' });
  });
});
