import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { RollcallError } from '#domain/error.ts';
import { claimWriteOf, contactOf, emailIdentity } from '#test/support/contacts/contact-makers.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { halveBatches, loseAnswers, meter, throttleAttempts } from '#test/support/faults.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const open = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  const tableName = await createTable(client);
  return { client, contacts: contactStore(client, tableName) };
};

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const claimsOf = (ids: readonly number[]) =>
  ids.map((id) => claimWriteOf({ identity: emailIdentity(`p${id}@example.com`), contactIds: [id], stamp: `${id}.1` }));

describe('a lost answer', () => {
  test('is not taken for a lost claim', async () => {
    const { client, contacts } = await open();
    loseAnswers(client, 'BatchExecuteStatementCommand');

    expect(await contacts.writeClaims(claimsOf(idsUpTo(30)))).toEqual(idsUpTo(30).map(() => true));
  });

  test('does not turn the claim of another into ours', async () => {
    const { client, contacts } = await open();
    await contacts.writeClaims([claimWriteOf({ contactIds: [8], stamp: '8.1' })]);
    loseAnswers(client, 'BatchExecuteStatementCommand');

    expect(await contacts.writeClaims([claimWriteOf()])).toEqual([false]);
  });

  test('is not taken for a contact that another inserted', async () => {
    const { client, contacts } = await open();
    await contacts.insertContacts([contactOf({ id: 8, createdBy: 'session#2' })]);
    loseAnswers(client, 'BatchExecuteStatementCommand');

    const inserted = await contacts.insertContacts([contactOf(), contactOf({ id: 8 })]);

    expect(inserted).toEqual([true, false]);
  });

  test('is not taken for a lost replacement, appended claim or removed claim', async () => {
    const { client, contacts } = await open();
    await contacts.insertContacts([contactOf()]);
    await contacts.writeClaims([claimWriteOf(), ...claimsOf([1])]);
    loseAnswers(client, 'PutItemCommand', 2);
    loseAnswers(client, 'DeleteItemCommand');

    const replaced = await contacts.replaceContacts([{ contact: contactOf({ version: 2 }), expectedVersion: 1 }]);
    const written = await contacts.writeClaims([
      claimWriteOf({ contactIds: [7, 9], stamp: '9.1', expectedStamp: '7.1' }),
      claimWriteOf({
        identity: emailIdentity('p1@example.com'),
        contactIds: [],
        stamp: '1.2',
        expectedStamp: '1.1',
      }),
    ]);

    expect([replaced, written]).toEqual([[true], [true, true]]);
  });

  test('does not fail a transaction that was carried out', async () => {
    const { client, contacts } = await open();
    loseAnswers(client, 'TransactWriteItemsCommand', 4);

    const isDone = await contacts.transact({
      contacts: [{ contact: contactOf(), expectedVersion: 0 }],
      claims: [claimWriteOf()],
    });

    expect(isDone).toBe(true);
  });

  test('leaves unused ids behind, never shared ones', async () => {
    const { client, contacts } = await open();
    loseAnswers(client, 'UpdateItemCommand');

    const leases = [await contacts.leaseIds(2), await contacts.leaseIds(2)].flat();

    expect(new Set(leases).size).toBe(4);
  });
});

describe('throttling', () => {
  test('of half of each batch delays reads and writes and loses nothing', async () => {
    const { client, contacts } = await open();
    halveBatches(client);
    const ids = idsUpTo(60);
    const memberships = ids.map((contactId) => ({ contactId, segmentId: 1, epoch: 1 }));

    const claimed = await contacts.writeClaims(claimsOf(ids));
    const inserted = await contacts.insertContacts(ids.map((id) => contactOf({ id })));
    await contacts.changeMemberships({ add: memberships, remove: [] });
    const read = await contacts.readContacts(ids, memberships);
    const claims = await contacts.readClaims(claimsOf(ids).map(({ identity }) => identity));

    expect([...claimed, ...inserted]).toEqual([...ids, ...ids].map(() => true));
    expect([read.contacts.length, read.memberships.length]).toEqual([60, 60]);
    expect(claims.map(({ contactIds }) => contactIds)).toEqual(ids.map((id) => [id]));
  });

  test('of most requests delays them and loses nothing', async () => {
    const { client, contacts } = await open();
    throttleAttempts(client, 0.6);
    const ids = idsUpTo(100);

    const claimed = await contacts.writeClaims(claimsOf(ids));
    const inserted = await contacts.insertContacts(ids.map((id) => contactOf({ id })));

    expect([...claimed, ...inserted]).toEqual([...ids, ...ids].map(() => true));
  });

  test('that never ends becomes a named error', async () => {
    const { client, contacts } = await open();
    throttleAttempts(client, 1);

    await expect(contacts.leaseIds(1)).rejects.toMatchObject({ name: 'RollcallError', code: 'THROTTLED' });
  });
});

test('a contact beyond the size of an item is an error, not a lost insert, and its neighbours are kept', async () => {
  const { contacts } = await open();
  const huge = contactOf({ id: 8, firstName: 'x'.repeat(420_000) });

  const attempt = contacts.insertContacts([contactOf(), huge]);

  await expect(attempt).rejects.toThrow(RollcallError);
  expect((await contacts.readContacts([7, 8], [])).contacts).toEqual([contactOf()]);
});

describe('cost', () => {
  test('a claim costs one write unit, a contact and a membership two with their index entries', async () => {
    const { client, contacts } = await open();
    const used = meter(client);
    const ids = idsUpTo(100);

    await contacts.writeClaims(claimsOf(ids));
    const claims = { ...used };
    used.reset();
    await contacts.insertContacts(ids.map((id) => contactOf({ id })));
    const inserts = { ...used };
    used.reset();
    await contacts.changeMemberships({
      add: ids.map((contactId) => ({ contactId, segmentId: 1, epoch: 1 })),
      remove: [],
    });

    expect(claims).toMatchObject({ capacityUnits: 100, requests: 4 });
    expect(inserts).toMatchObject({ capacityUnits: 200, requests: 4 });
    expect(used).toMatchObject({ capacityUnits: 200, requests: 4 });
  });

  test('claims are read a hundred a call, one read unit each', async () => {
    const { client, contacts } = await open();
    await contacts.writeClaims(claimsOf(idsUpTo(200)));
    const used = meter(client);

    await contacts.readClaims(claimsOf(idsUpTo(200)).map(({ identity }) => identity));

    expect(used).toMatchObject({ capacityUnits: 200, requests: 2 });
  });

  test('a replacement costs one write unit', async () => {
    const { client, contacts } = await open();
    await contacts.insertContacts([contactOf()]);
    const used = meter(client);

    await contacts.replaceContacts([{ contact: contactOf({ version: 2 }), expectedVersion: 1 }]);

    expect(used).toMatchObject({ capacityUnits: 1, requests: 1 });
  });
});
