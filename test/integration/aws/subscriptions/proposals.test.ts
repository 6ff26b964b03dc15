import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { proposalsOn } from '#aws/subscriptions/proposals.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import { addressHashOf } from '#domain/subscriptions/confirmation-token.ts';
import type { Proposals } from '#domain/subscriptions/ports.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { memorySigner } from '#test/support/memory/memory-confirmations.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

interface Subject {
  readonly proposals: Proposals;
  readonly contacts: Pick<ContactStore, 'insertContacts' | 'replaceContacts'>;
}

const clock = { now: Date.parse('2026-11-05T12:00:00.000Z') };

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  const tableName = await createTable(client);
  return {
    client,
    tableName,
    contacts: contactStore(client, tableName),
    proposals: proposalsOn(client, tableName, () => clock.now),
  };
};

const subjects: Record<string, () => Promise<Subject>> = {
  memory: async () => memoryPorts(),
  DynamoDB: openTable,
};

const until = '2026-11-12T12:00:00.000Z';
const contact = contactOf({ id: 7, email: 'jane@example.com' });

const keyOf = async (contactId = 7) => ({
  contactId,
  addressHash: await addressHashOf(memorySigner(), 'jane@example.com'),
});

const proposal = { members: { firstName: 'Janet' }, segmentIds: [3], restores: false, revision: 'one' };

describe.each(Object.entries(subjects))('proposals in %s', (_, open) => {
  test('are laid over one another, member by member', async () => {
    const { proposals, contacts } = await open();
    await contacts.insertContacts([contact]);
    const key = await keyOf();

    const isKept = [
      await proposals.add(key, proposal, until),
      await proposals.add(
        key,
        { members: { lastName: 'Doe', 'address.town': null }, segmentIds: [4], restores: true, revision: 'two' },
        until,
      ),
    ];

    expect(isKept).toEqual([true, true]);
    expect(await proposals.find(key)).toEqual({
      members: { firstName: 'Janet', lastName: 'Doe', 'address.town': null },
      segmentIds: [3, 4],
      restores: true,
      revision: 'two',
    });
  });

  test('are kept of nobody who is erased or was never there', async () => {
    const { proposals, contacts } = await open();
    await contacts.insertContacts([contact]);
    await contacts.replaceContacts([
      { contact: { ...contact, state: 'erased', version: 2 }, expectedVersion: contact.version },
    ]);

    expect(await proposals.add(await keyOf(), proposal, until)).toBe(false);
    expect(await proposals.add(await keyOf(8), proposal, until)).toBe(false);
    expect(await proposals.find(await keyOf())).toBeUndefined();
  });

  test('are removed as they were read, or all of a contact at once', async () => {
    const { proposals, contacts } = await open();
    await contacts.insertContacts([contact]);
    const key = await keyOf();
    await proposals.add(key, proposal, until);

    await proposals.remove(key, 'another');
    const kept = await proposals.find(key);
    await proposals.remove(key, 'one');
    const removed = await proposals.find(key);
    await proposals.add(key, proposal, until);
    await proposals.forget(7);
    await proposals.forget(7);

    expect([kept?.revision, removed]).toEqual(['one', undefined]);
    expect(await proposals.find(key)).toBeUndefined();
  });
});

test('a proposal whose time is over is gone, and the next one begins anew', async () => {
  const { proposals, contacts, client, tableName } = await openTable();
  await contacts.insertContacts([contact]);
  const key = await keyOf();
  await proposals.add(key, proposal, until);

  clock.now = Date.parse('2026-11-12T12:00:01.000Z');
  const over = await proposals.find(key);
  const isKept = await proposals.add(
    key,
    { members: { lastName: 'Doe' }, segmentIds: [], restores: false, revision: 'two' },
    '2026-11-19T12:00:00.000Z',
  );

  expect([over, isKept]).toEqual([undefined, true]);
  expect(await proposals.find(key)).toEqual({
    members: { lastName: 'Doe' },
    segmentIds: [],
    restores: false,
    revision: 'two',
  });
  const Key = { pk: { S: 'PROPOSAL#7' }, sk: { S: `ADDRESS#${key.addressHash}` } };
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
  expect(JSON.stringify(Item)).not.toContain('jane@example.com');
});
