import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionEngines, single, startFunctionEngines, warmFunction } from '#test/support/warm-function.ts';
import { addContact } from '#usecases/contacts/add-contact.ts';
import { updateContact } from '#usecases/contacts/update-contact.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

let engines: FunctionEngines;
beforeAll(async () => {
  engines = await startFunctionEngines();
});
afterAll(() => engines.stop());

const john = {
  email: 'mail@example.com',
  sms: '380942583691',
  firstName: 'John',
  fields: [{ id: 12345, value: '...' }],
};

describe('a warm function follows one call by another', () => {
  test('four times for a new subscriber: claims, claiming, the contact, event and segment', async () => {
    const { ports, trips } = await warmFunction(engines);

    await subscribeContact(ports, single({ ...john, fields: [{ id: 2, value: 'M' }] }));

    expect(trips.waves).toEqual([
      ['BatchGetItem', 'BatchGetItem', 'BatchGetItem'],
      ['BatchExecuteStatement', 'SendMessageBatch'],
      ['BatchExecuteStatement'],
      ['BatchWriteItem', 'PutEvents'],
    ]);
  });

  test('four times where a custom field is looked for that does not exist', async () => {
    const { ports, trips } = await warmFunction(engines);

    await subscribeContact(ports, single(john));

    expect(trips.sequential).toBe(4);
    expect(trips.waves[0]).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'Query']);
  });

  test('four times for a known subscriber who changes, three where nothing changes', async () => {
    const { ports, trips } = await warmFunction(engines);
    await subscribeContact(ports, single(john));

    trips.reset();
    await subscribeContact(ports, single({ ...john, firstName: 'Ann' }));
    expect(trips.waves).toEqual([
      ['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'Query'],
      ['BatchGetItem'],
      ['PutItem'],
      ['PutEvents'],
    ]);

    trips.reset();
    await subscribeContact(ports, single({ ...john, firstName: 'Ann' }));
    expect(trips.sequential).toBe(3);
  });

  test('four times for a known subscriber who gains a phone number', async () => {
    const { ports, trips } = await warmFunction(engines);
    await subscribeContact(ports, single({ email: 'mail@example.com' }));

    trips.reset();
    await subscribeContact(ports, single(john));

    expect(trips.sequential).toBe(4);
  });

  test('five times for one whose phone number is replaced: the claim that it loses is read, too', async () => {
    const { ports, trips } = await warmFunction(engines);
    await subscribeContact(ports, single(john));

    trips.reset();
    await subscribeContact(ports, single({ ...john, sms: '380671234567' }));

    expect(trips.waves.map(([first]) => first)).toEqual([
      'BatchGetItem',
      'BatchGetItem',
      'BatchGetItem',
      'TransactWriteItems',
      'PutEvents',
    ]);
  });

  test('five times for a new one whose address others have under other ids: they are read, too', async () => {
    const { ports, trips } = await warmFunction(engines);
    await subscribeContact(ports, single({ ...john, externalCustomerId: 'A' }));

    trips.reset();
    await subscribeContact(ports, single({ email: john.email, externalCustomerId: 'B' }));

    expect(trips.sequential).toBe(5);
  });

  test('four times for a contact that is added, three for one that is updated', async () => {
    const { ports, trips } = await warmFunction(engines);

    const { id } = await addContact(ports, single(john));
    expect(trips.sequential).toBe(4);

    trips.reset();
    await updateContact(ports, id, { ...single({ firstName: 'Ann' }), groupNames: [] });
    expect(trips.waves).toEqual([['BatchGetItem'], ['PutItem'], ['PutEvents']]);
  });
});
