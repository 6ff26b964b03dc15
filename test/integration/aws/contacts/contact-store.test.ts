import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactDirectoryOn } from '#aws/contacts/contact-directory.ts';
import { contactReaderOn } from '#aws/contacts/contact-reader.ts';
import { contactStore } from '#aws/contacts/contact-store.ts';
import type { ContactDirectory, ContactReader, ContactStore } from '#domain/contacts/ports.ts';
import { claimWriteOf, contactOf, emailIdentity } from '#test/support/contacts/contact-makers.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

interface Subject {
  readonly contacts: ContactStore;
  readonly contactReader: ContactReader;
  readonly contactDirectory: ContactDirectory;
}

const subjects: Record<string, () => Promise<Subject>> = {
  memory: async () => memoryPorts(),
  DynamoDB: async () => {
    const client = new DynamoDBClient(clientFor(engine));
    const tableName = await createTable(client);
    return {
      contacts: contactStore(client, tableName),
      contactReader: contactReaderOn(client, tableName),
      contactDirectory: contactDirectoryOn(client, tableName),
    };
  },
};

describe.each(Object.entries(subjects))('contacts in %s', (_, open) => {
  test('leased ids ascend and are never handed out twice', async () => {
    const { contacts } = await open();

    const leases = await Promise.all([contacts.leaseIds(3), contacts.leaseIds(1), contacts.leaseIds(2)]);

    const ids = leases.flat();
    expect(new Set(ids).size).toBe(6);
    for (const lease of leases) expect(lease).toEqual(lease.toSorted((one, other) => one - other));
    expect(await contacts.leaseIds(0)).toEqual([]);
  });

  test('claims come back in the order asked for, with no owners where nobody claimed', async () => {
    const { contacts } = await open();
    await contacts.writeClaims([claimWriteOf()]);

    const read = await contacts.readClaims([emailIdentity('nobody@example.com'), emailIdentity('john@example.com')]);

    expect(read).toEqual([
      { identity: emailIdentity('nobody@example.com'), contactIds: [] },
      { identity: emailIdentity('john@example.com'), contactIds: [7], stamp: '7.1' },
    ]);
  });

  test('the same identity twice in one read is answered twice', async () => {
    const { contacts } = await open();
    await contacts.writeClaims([claimWriteOf()]);

    const read = await contacts.readClaims([emailIdentity('john@example.com'), emailIdentity('john@example.com')]);

    expect(read.map(({ contactIds }) => contactIds)).toEqual([[7], [7]]);
  });

  test('a claim is written only while its stamp is as expected, each by itself', async () => {
    const { contacts } = await open();
    await contacts.writeClaims([claimWriteOf()]);

    const verdicts = await contacts.writeClaims([
      claimWriteOf({ contactIds: [8], stamp: '8.1' }),
      claimWriteOf({ identity: emailIdentity('free@example.com'), contactIds: [8], stamp: '8.1' }),
    ]);
    const appended = await contacts.writeClaims([
      claimWriteOf({ contactIds: [7, 9], stamp: '9.1', expectedStamp: '7.1' }),
      claimWriteOf({
        identity: emailIdentity('free@example.com'),
        contactIds: [9],
        stamp: '9.1',
        expectedStamp: '1.1',
      }),
    ]);

    expect(verdicts).toEqual([false, true]);
    expect(appended).toEqual([true, false]);
    expect(await contacts.readClaims([emailIdentity('john@example.com')])).toMatchObject([{ contactIds: [7, 9] }]);
  });

  test('a claim without owners is removed, on the same condition', async () => {
    const { contacts } = await open();
    await contacts.writeClaims([claimWriteOf()]);

    const early = await contacts.writeClaims([claimWriteOf({ contactIds: [], stamp: '7.2', expectedStamp: '7.0' })]);
    const onTime = await contacts.writeClaims([claimWriteOf({ contactIds: [], stamp: '7.2', expectedStamp: '7.1' })]);
    const late = await contacts.writeClaims([claimWriteOf({ contactIds: [], stamp: '7.3', expectedStamp: '7.1' })]);

    expect([early, onTime, late]).toEqual([[false], [true], [false]]);
    expect(await contacts.readClaims([emailIdentity('john@example.com')])).toEqual([
      { identity: emailIdentity('john@example.com'), contactIds: [] },
    ]);
  });

  test('of a hundred writers who claim one identity at once, one wins', async () => {
    const { contacts } = await open();

    const verdicts = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        contacts.writeClaims([claimWriteOf({ contactIds: [index + 1], stamp: `${index + 1}.1` })]),
      ),
    );

    const winners = verdicts.flatMap(([isWinner], index) => (isWinner ? [index + 1] : []));
    expect(winners).toHaveLength(1);
    expect(await contacts.readClaims([emailIdentity('john@example.com')])).toMatchObject([{ contactIds: winners }]);
  });

  test('a contact is inserted once and comes back whole', async () => {
    const { contacts } = await open();

    const first = await contacts.insertContacts([contactOf(), contactOf({ id: 8 })]);
    const second = await contacts.insertContacts([contactOf({ createdBy: 'session#2' }), contactOf({ id: 9 })]);

    expect([first, second]).toEqual([
      [true, true],
      [false, true],
    ]);
    const read = await contacts.readContacts([7, 7, 10], []);
    expect(read).toEqual({ contacts: [contactOf()], memberships: [] });
  });

  test('contacts are replaced only in the version that was read', async () => {
    const { contacts } = await open();
    await contacts.insertContacts([contactOf(), contactOf({ id: 8 })]);
    const { firstName: _, ...nameless } = contactOf({ version: 2, updatedBy: 'session#2' });

    const verdicts = await contacts.replaceContacts([
      { contact: nameless, expectedVersion: 1 },
      { contact: contactOf({ id: 8, version: 3, updatedBy: 'session#2' }), expectedVersion: 2 },
    ]);

    expect(verdicts).toEqual([true, false]);
    const read = await contacts.readContacts([7, 8], []);
    expect(read.contacts.toSorted((one, other) => one.id - other.id)).toEqual([nameless, contactOf({ id: 8 })]);
  });

  test('a transaction changes everything or nothing', async () => {
    const { contacts } = await open();
    await contacts.insertContacts([contactOf()]);
    await contacts.writeClaims([claimWriteOf()]);
    const moved = contactOf({ email: 'new@example.com', version: 2 });
    const lost = claimWriteOf({ contactIds: [], stamp: '7.2', expectedStamp: '7.1' });
    const gained = claimWriteOf({ identity: emailIdentity('new@example.com'), stamp: '7.2' });

    const refused = await contacts.transact({
      contacts: [{ contact: moved, expectedVersion: 5 }],
      claims: [lost, gained],
    });
    const before = await contacts.readClaims([emailIdentity('john@example.com'), emailIdentity('new@example.com')]);
    const accepted = await contacts.transact({
      contacts: [{ contact: moved, expectedVersion: 1 }],
      claims: [lost, gained],
    });
    const after = await contacts.readClaims([emailIdentity('john@example.com'), emailIdentity('new@example.com')]);

    expect([refused, accepted]).toEqual([false, true]);
    expect(before.map(({ contactIds }) => contactIds)).toEqual([[7], []]);
    expect(after.map(({ contactIds }) => contactIds)).toEqual([[], [7]]);
  });

  test('memberships come and go, and repeating a change is harmless', async () => {
    const { contacts, contactReader } = await open();
    await contacts.insertContacts([contactOf()]);
    const join = (segmentId: number) => ({ contactId: 7, segmentId, epoch: 1 });
    const change = { add: [join(12), join(3), join(4)], remove: [join(4), join(5)] };

    await contacts.changeMemberships(change);
    await contacts.changeMemberships(change);

    const read = await contacts.readContacts([], [join(3), join(3), join(4)]);
    expect(read).toEqual({ contacts: [], memberships: [join(3)] });
    const found = await contactReader.find(7);
    expect(found?.contact).toEqual(contactOf());
    expect(new Set(found?.memberships)).toEqual(new Set([join(3), join(12)]));
  });

  test('a thousand ids are read in one go', async () => {
    const { contacts } = await open();
    const ids = Array.from({ length: 1_000 }, (_, index) => index + 1);
    await contacts.insertContacts(ids.map((id) => contactOf({ id })));
    await contacts.changeMemberships({
      add: ids.map((contactId) => ({ contactId, segmentId: 1, epoch: 1 })),
      remove: [],
    });

    const read = await contacts.readContacts(
      ids,
      ids.map((contactId) => ({ contactId, segmentId: 1, epoch: 1 })),
    );

    expect(new Set(read.contacts.map(({ id }) => id)).size).toBe(1_000);
    expect(read.memberships).toHaveLength(1_000);
  });

  test('the list shows each contact once, newest first, without gaps and erased ones', async () => {
    const { contacts, contactReader } = await open();
    const ids = await contacts.leaseIds(260);
    const created = ids.filter((id) => id % 3 !== 0);
    await contacts.insertContacts(created.map((id) => contactOf({ id, state: id % 5 === 0 ? 'erased' : 'active' })));

    const seen: number[] = [];
    let after: number | undefined;
    do {
      const page = await contactReader.walk({ limit: 7, isAscending: false, ...(after && { after }) });
      seen.push(...page.contacts.map(({ id }) => id));
      after = page.last;
    } while (after);

    expect(seen).toEqual(created.filter((id) => id % 5 !== 0).reverse());
  });

  test('a walk meets the contacts of wanted lines only, however rare they are, the lowest id first where that is asked for', async () => {
    const { contacts, contactReader } = await open();
    const ids = Array.from({ length: 300 }, (_, index) => index + 1);
    const isRare = (id: number) => id % 97 === 0;
    await contacts.insertContacts(ids.map((id) => contactOf({ id, source: isRare(id) ? 'SUBSCRIPTION' : 'IMPORT' })));

    const seen: number[] = [];
    let after: number | undefined;
    do {
      const place = { limit: 2, isAscending: true, ...(after && { after }) };
      const page = await contactReader.walk(place, ({ source, names }) => source === 'SUBSCRIPTION' && !names.lastName);
      seen.push(...page.contacts.map(({ id }) => id));
      after = page.last;
    } while (after);

    expect(seen).toEqual(ids.filter(isRare));
  });

  test('the directory has an entry for each contact that is neither deleted nor erased, as it is now', async () => {
    const { contacts, contactDirectory } = await open();
    const ids = Array.from({ length: 40 }, (_, index) => index + 1);
    await contacts.insertContacts(ids.map((id) => contactOf({ id, firstName: `Ålf ${id}`, lastName: 'Smith' })));
    const later = '2027-01-01T00:00:00.000Z';
    await contacts.replaceContacts([
      { contact: contactOf({ id: 1, state: 'deleted', version: 2 }), expectedVersion: 1 },
      { contact: contactOf({ id: 2, state: 'erased', version: 2 }), expectedVersion: 1 },
      { contact: contactOf({ id: 3, firstName: 'ÅLF', version: 2, updatedAt: later }), expectedVersion: 1 },
    ]);
    const created = contactOf().updatedAt;

    expect((await contactDirectory.collect({})).map(({ id }) => id)).toEqual(ids.slice(2));
    expect(await contactDirectory.collect({ firstName: 'ålf' }, ({ id }) => id < 5)).toEqual([
      { id: 3, updatedAt: later },
      { id: 4, updatedAt: created },
    ]);
    expect(await contactDirectory.collect({ firstName: 'ålf 4', lastName: 'smi' })).toEqual([
      { id: 4, updatedAt: created },
      { id: 40, updatedAt: created },
    ]);
    expect(await contactDirectory.collect({ lastName: 'mith' })).toEqual([]);
    expect(await contactDirectory.count()).toBe(38);
  });

  test('the directory lists ids in order, up and down, from any of them on', async () => {
    const { contacts, contactDirectory } = await open();
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    const isDeleted = (id: number) => id % 3 === 0;
    await contacts.insertContacts(ids.map((id) => contactOf({ id, state: isDeleted(id) ? 'deleted' : 'active' })));
    const active = ids.filter((id) => !isDeleted(id));

    const up = await contactDirectory.list({ limit: 30, isAscending: true });
    const rest = await contactDirectory.list({ limit: 99, isAscending: true, after: up.at(-1) ?? 0 });
    const down = await contactDirectory.list({ limit: 10, isAscending: false, after: 51 });

    expect([...up, ...rest]).toEqual(active);
    expect(down).toEqual(
      active
        .filter((id) => id < 51)
        .reverse()
        .slice(0, 10),
    );
  });

  test('an erased contact is not found, and its memberships still are', async () => {
    const { contacts, contactReader } = await open();
    const membership = { contactId: 7, segmentId: 3, epoch: 1 };
    await contacts.insertContacts([contactOf({ state: 'erased' })]);
    await contacts.changeMemberships({ add: [membership], remove: [] });

    expect(await contactReader.find(7)).toBeUndefined();
    expect(await contactReader.find(8)).toBeUndefined();
    expect(await contactReader.membershipsOf(7)).toEqual([membership]);
    expect(await contactReader.membershipsOf(8)).toEqual([]);
  });
});
