import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contactStore } from '#aws/contacts/contact-store.ts';
import { listingPlacesOn } from '#aws/contacts/listing-places.ts';
import { segmentMembersOn } from '#aws/segments/segment-members.ts';
import { segmentStore } from '#aws/segments/segment-store.ts';
import { categoryStore } from '#aws/subscriptions/category-store.ts';
import type { ContactStore, ListingPlaces } from '#domain/contacts/ports.ts';
import type { SegmentMembers, SegmentStore } from '#domain/segments/ports.ts';
import { epochOf } from '#domain/segments/segment.ts';
import type { CategoryStore } from '#domain/subscriptions/ports.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { loseAnswers } from '#test/support/faults.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

interface Subject {
  readonly segments: SegmentStore;
  readonly segmentMembers: SegmentMembers;
  readonly categories: CategoryStore;
  readonly contacts: ContactStore;
  readonly listingPlaces: ListingPlaces;
}

const openTable = async () => {
  const client = new DynamoDBClient(clientFor(engine));
  const tableName = await createTable(client);
  return {
    client,
    tableName,
    segments: segmentStore(client, tableName),
    segmentMembers: segmentMembersOn(client, tableName),
    categories: categoryStore(client, tableName),
    contacts: contactStore(client, tableName),
    listingPlaces: listingPlacesOn(client, tableName),
  };
};

const subjects: Record<string, () => Promise<Subject>> = {
  memory: async () => memoryPorts(),
  DynamoDB: openTable,
};

const created = async ({ segments }: Pick<Subject, 'segments'>, name: string) => {
  const segment = await segments.create(name);
  if (!segment) throw new Error(`The name ${name} is taken`);
  return segment;
};

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe.each(Object.entries(subjects))('segments that people manage, in %s', (_, open) => {
  test('are made once for a name, and listed by id', async () => {
    const { segments } = await open();

    const made = await Promise.all(Array.from({ length: 10 }, () => segments.create('Customers')));
    const buyers = await segments.create(' Buyers ');

    const [customers, ...others] = made.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(await segments.create('BUYERS')).toBeUndefined();
    expect(buyers?.name).toBe('Buyers');
    expect(new Set(await segments.list())).toEqual(new Set([customers, buyers]));
  });

  test('take a free name and give theirs up', async () => {
    const subject = await open();
    const customers = await created(subject, 'Customers');
    const buyers = await created(subject, 'Buyers');

    const taken = await subject.segments.rename(customers, 'BUYERS');
    const renamed = await subject.segments.rename(customers, 'Clients');
    const stale = await subject.segments.rename(customers, 'Others');
    const recased = await subject.segments.rename({ ...customers, name: 'Clients' }, 'CLIENTS');
    const [again] = await subject.segments.ensure(['customers']);

    expect([taken, renamed, stale, recased]).toEqual([false, true, false, true]);
    expect(await subject.segments.findByNames(['clients', 'buyers'])).toEqual([
      { ...customers, name: 'CLIENTS' },
      buyers,
    ]);
    expect(again?.id).not.toBe(customers.id);
  });

  test('are gone once they are removed, and neither their id nor their members come back', async () => {
    const subject = await open();
    const customers = await created(subject, 'Customers');

    const inAnotherEpoch = await subject.segments.remove({ ...customers, epoch: 2 });
    const removed = await subject.segments.remove(customers);
    const twice = await subject.segments.remove(customers);
    const [again] = await subject.segments.ensure(['Customers']);

    expect([inAnotherEpoch, removed, twice]).toEqual([false, true, false]);
    expect(await subject.segments.findByIds([customers.id])).toEqual([]);
    expect(again?.id).not.toBe(customers.id);
    expect(await subject.segments.list()).toEqual([again]);
  });

  test('that are remembered by a writer are seen as others have left them', async () => {
    const subject = await open();
    const [customers] = await subject.segments.ensure(['Customers']);
    if (!customers) throw new Error('There is no segment');
    await subject.segments.endEpoch(epochOf(customers));

    const [emptied] = await subject.segments.ensure(['Customers']);
    await subject.segments.rename(customers, 'Clients');
    const [replaced] = await subject.segments.ensure(['Customers']);
    const found = await subject.segments.findByNames(['Clients', 'nobody']);

    expect(emptied).toEqual({ ...customers, epoch: 2 });
    expect(replaced?.id).not.toBe(customers.id);
    expect(found).toEqual([{ ...customers, name: 'Clients', epoch: 2 }]);
  });

  test('end an epoch once', async () => {
    const subject = await open();
    const customers = await created(subject, 'Customers');

    await Promise.all(idsUpTo(5).map(() => subject.segments.endEpoch(epochOf(customers))));
    await subject.segments.endEpoch({ segmentId: 99, epoch: 1 });

    expect(await subject.segments.list()).toEqual([{ ...customers, epoch: 2 }]);
  });
});

describe.each(Object.entries(subjects))('categories in %s', (_, open) => {
  test('are bound to a segment and freed from it', async () => {
    const subject = await open();
    const news = await created(subject, 'News');
    const tips = await created(subject, 'Tips');

    const bound = await subject.categories.create('news', news);
    const again = await subject.categories.create('news', tips);
    const other = await subject.categories.create('other', news);
    const [marked] = await subject.segments.findByIds([news.id]);
    const listed = await subject.categories.list();
    const [category] = listed;
    const freed = category && (await subject.categories.remove(category));
    const twice = category && (await subject.categories.remove(category));

    expect([bound, again, other, freed, twice]).toEqual([true, false, false, true, false]);
    expect(listed).toEqual([{ key: 'news', segmentId: news.id }]);
    expect(marked).toEqual({ ...news, categoryKey: 'news' });
    expect(await subject.segments.findByIds([news.id])).toEqual([news]);
    expect(await subject.categories.list()).toEqual([]);
  });

  test('hold the segment that they are bound to by the condition of whoever read it before', async () => {
    const subject = await open();
    const news = await created(subject, 'News');
    await subject.categories.create('news', news);

    expect(await subject.segments.rename(news, 'Other')).toBe(false);
    expect(await subject.segments.remove(news)).toBe(false);
    expect(await subject.segments.rename({ ...news, categoryKey: 'news' }, 'Other')).toBe(true);
  });
});

describe.each(Object.entries(subjects))('members in %s', (_, open) => {
  const arranged = async () => {
    const subject = await open();
    const segment = await created(subject, 'Customers');
    const ids = idsUpTo(130).map((id) => id * 3);
    const membershipOf = (contactId: number, epoch = 1) => ({ contactId, segmentId: segment.id, epoch });
    await subject.contacts.changeMemberships({ add: ids.map((id) => membershipOf(id)), remove: [] });
    await subject.contacts.changeMemberships({ add: [1, 2].map((id) => membershipOf(id, 2)), remove: [] });
    return { ...subject, epoch: epochOf(segment), ids, membershipOf };
  };

  test('are counted in their epoch', async () => {
    const { segmentMembers, epoch } = await arranged();

    expect(await segmentMembers.count(epoch)).toBe(130);
    expect(await segmentMembers.count({ ...epoch, epoch: 2 })).toBe(2);
    expect(await segmentMembers.count({ ...epoch, epoch: 3 })).toBe(0);
  });

  test.each([true, false])(
    'are listed in order, each once, however the pages fall (ascending: %s)',
    async (isAscending) => {
      const { segmentMembers, epoch, ids } = await arranged();

      const seen: number[] = [];
      for (let after: number | undefined; ; after = seen.at(-1)) {
        const page = await segmentMembers.list(epoch, { limit: 7, isAscending, ...(after !== undefined && { after }) });
        seen.push(...page);
        if (page.length < 7) break;
      }

      expect(seen).toEqual(isAscending ? ids : ids.toReversed());
    },
  );

  test('are walked through, each once', async () => {
    const { segmentMembers, epoch, ids } = await arranged();

    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await segmentMembers.walk(epoch, { limit: 9, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);

    expect(seen.toSorted((one, other) => one - other)).toEqual(ids);
  });

  test('that are hidden are neither listed nor counted, and stay with their contact', async () => {
    const { contacts, segmentMembers, epoch, membershipOf } = await arranged();

    await contacts.changeMemberships({ add: [{ ...membershipOf(3), isHidden: true }], remove: [] });

    expect(await segmentMembers.count(epoch)).toBe(129);
    expect(await segmentMembers.list(epoch, { limit: 1, isAscending: true })).toEqual([6]);
    expect(await contacts.readMemberships([3, 6])).toEqual([{ ...membershipOf(3), isHidden: true }, membershipOf(6)]);
  });
});

describe.each(Object.entries(subjects))('places of listings in %s', (_, open) => {
  test('are found where they were noted, as they were noted last', async () => {
    const { listingPlaces } = await open();
    const place = { after: 7, total: 3, countedAt: '2026-01-05T09:00:00.000Z' };

    await listingPlaces.note('listing', 500, place);
    await listingPlaces.note('listing', 500, { ...place, after: 8 });

    expect(await listingPlaces.find('listing', 500)).toEqual({ ...place, after: 8 });
    expect(await listingPlaces.find('listing', 1000)).toBeUndefined();
    expect(await listingPlaces.find('other', 500)).toBeUndefined();
  });
});

describe('segments in DynamoDB', () => {
  test('survive lost answers of what people do with them', async () => {
    const subject = await openTable();
    for (const command of ['BatchExecuteStatementCommand', 'TransactWriteItemsCommand', 'UpdateItemCommand']) {
      loseAnswers(subject.client, command);
    }

    const customers = await created(subject, 'Customers');
    const isRenamed = await subject.segments.rename(customers, 'Clients');
    await subject.segments.endEpoch(epochOf(customers));

    expect(isRenamed).toBe(true);
    expect(await subject.segments.list()).toEqual([{ ...customers, name: 'Clients', epoch: 2 }]);
  });

  test('forget a place after an hour', async () => {
    const { client, tableName } = await openTable();
    let now = Date.parse('2026-01-05T09:00:00.000Z');
    const places = listingPlacesOn(client, tableName, () => now);
    await places.note('listing', 500, { after: 7, total: 3, countedAt: '2026-01-05T09:00:00.000Z' });

    now += 3_601_000;

    expect(await places.find('listing', 500)).toBeUndefined();
  });
});
