import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { segmentMembersOn } from '#aws/segments/segment-members.ts';
import { segmentStore } from '#aws/segments/segment-store.ts';
import { epochOf } from '#domain/segments/segment.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { meter } from '#test/support/faults.ts';
import { createImport, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { sized } from '#test/support/soak.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';
import { attachContacts, type ContactNames, detachContacts } from '#usecases/segments/attach-contacts.ts';
import { emptySegment } from '#usecases/segments/empty-segment.ts';
import { removeLeftovers } from '#usecases/segments/remove-leftovers.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** A table, and functions on it: each remembers names by itself, and all share imports and queues, which are in memory. */
const openTable = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  const tableName = await createTable(client);
  const { memory } = memoryPorts();
  const functionOn = () => ({
    ...memoryPorts({ memory }),
    contacts: contactStore(client, tableName),
    segments: segmentStore(client, tableName),
    segmentMembers: segmentMembersOn(client, tableName),
  });
  return { client, memory, functionOn };
};

type Function = ReturnType<Awaited<ReturnType<typeof openTable>>['functionOn']>;

/** The engine takes some thousands of items a second; more members take as many times longer, and no other way. */
const crowdSize = sized(4_000, 100_000);

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const membersOf = async ({ segments, segmentMembers }: Function, name: string): Promise<number[]> => {
  const [segment] = await segments.findByNames([name]);
  return segment ? segmentMembers.list(epochOf(segment), { limit: 1_000_000, isAscending: true }) : [];
};

/** Imports new contacts into a segment by one chunk and returns their ids. */
const importInto = async (ports: Function, groupName: string, emails: readonly string[]): Promise<number[]> => {
  const settings = importSettings({ groupNames: [groupName] });
  const rows = importRowsOf(
    emails.map((email) => ({ email })),
    settings,
  );
  const [chunk] = await createImport(ports, [rows], settings);
  if (!chunk) throw new Error('There is no chunk');
  await importChunk(ports, chunk);
  const claims = await ports.contacts.readClaims(emails.map((value) => ({ type: 'EMAIL', value })));
  return claims.flatMap(({ contactIds }) => contactIds);
};

describe('five hundred contacts', () => {
  const ids = idsUpTo(500);
  const names: [string, ContactNames][] = [
    ['ids', { contactIds: ids }],
    ["the caller's own ids", { externalCustomerIds: ids.map((id) => `C-${id}`) }],
  ];

  test.each(names)('are attached by 40 requests at most, and detached, by %s', async (_, named) => {
    const { client, functionOn } = await openTable();
    const ports = functionOn();
    await ports.contacts.insertContacts(ids.map((id) => contactOf({ id, externalCustomerId: `C-${id}` })));
    await ports.contacts.writeClaims(
      ids.map((id) => ({ identity: { type: 'EXT', value: `C-${id}` }, contactIds: [id], stamp: `${id}.1` })),
    );
    const [segment] = await ports.segments.ensure(['Customers']);
    const used = meter(client);

    const attached = await attachContacts(ports, segment?.id ?? 0, named);
    const attaching = used.requests;
    used.reset();
    const again = await attachContacts(ports, segment?.id ?? 0, named);
    const attachingAgain = used.requests;
    used.reset();
    const detached = await detachContacts(ports, segment?.id ?? 0, named);

    expect([attached.changed, again.changed, detached.changed]).toEqual([500, 0, 500]);
    expect(attaching).toBeLessThanOrEqual(40);
    expect(attachingAgain).toBeLessThanOrEqual(20);
    expect(used.requests).toBeLessThanOrEqual(40);
    expect(await membersOf(ports, 'Customers')).toEqual([]);
  });
});

test('fifty imports at once that name one new segment make one segment with every member', async () => {
  const { functionOn } = await openTable();

  const imported = await Promise.all(
    idsUpTo(50).map((number) =>
      importInto(functionOn(), number % 2 ? 'Customers' : 'CUSTOMERS', [`${number}a@x.x`, `${number}b@x.x`]),
    ),
  );

  const ports = functionOn();
  expect(await ports.segments.list()).toHaveLength(1);
  expect(await membersOf(ports, 'customers')).toEqual(imported.flat().sort((one, other) => one - other));
});

test('a crowded segment reads as empty at once, and whoever an import adds after that stays while the rest leaves', async () => {
  const crowd = idsUpTo(crowdSize).map((id) => 1_000_000 + id);
  const { memory, functionOn } = await openTable();
  const [people, importer, sweeper] = [functionOn(), functionOn(), functionOn()];
  const [segment] = await people.segments.ensure(['Customers']);
  if (!segment) throw new Error('There is no segment');
  await people.contacts.changeMemberships({
    add: crowd.map((contactId) => ({ contactId, ...epochOf(segment) })),
    remove: [],
  });
  const before = await people.segmentMembers.count(epochOf(segment));
  let number = 0;
  const importSome = () =>
    importInto(
      importer,
      'Customers',
      idsUpTo(20).map(() => `${number++}@x.x`),
    );

  await importSome();
  const racing = importSome();
  await emptySegment(people, segment.id);
  const atOnce = await membersOf(people, 'Customers');
  const raced = await racing;
  const sweeping = removeLeftovers(sweeper, { ...epochOf(segment), segmentName: 'Customers' });
  const after: number[] = [];
  for (let chunk = 0; chunk < 10; chunk++) after.push(...(await importSome()));
  await sweeping;

  const members = await membersOf(people, 'Customers');
  expect(before).toBe(crowdSize);
  expect(atOnce.length).toBeLessThanOrEqual(20);
  expect(members.filter((id) => !raced.includes(id))).toEqual(after);
  expect(await people.segmentMembers.count(epochOf(segment))).toBe(0);
  expect(memory.sentLeftovers.filter(({ isLast }) => isLast)).toHaveLength(1);
}, 600_000);
