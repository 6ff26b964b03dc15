import { describe, expect, it } from 'vitest';
import { segmentChangedEvent } from '#contract/events/events.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import { epochOf } from '#domain/segments/segment.ts';
import { bareContact } from '#test/support/contacts/bare-contact.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { getContact } from '#usecases/contacts/get-contact.ts';
import { attachContacts, detachContacts } from '#usecases/segments/attach-contacts.ts';
import { emptySegment } from '#usecases/segments/empty-segment.ts';
import { removeLeftovers } from '#usecases/segments/remove-leftovers.ts';

/** A segment, and contacts 1 to 5, of which 4 is deleted and 5 erased; `C-1` to `C-5` are their own ids. */
const arranged = async () => {
  const ports = memoryPorts();
  const [segment] = await ports.segments.ensure(['Customers']);
  if (!segment) throw new Error('There is no segment');
  const states: Record<number, Contact['state']> = { 4: 'deleted', 5: 'erased' };
  for (const id of [1, 2, 3, 4, 5]) {
    const externalCustomerId = `C-${id}`;
    const contact = bareContact({ id, state: states[id] ?? 'active', externalCustomerId });
    ports.memory.contacts.set(id, contact);
    await ports.contacts.writeClaims([
      { identity: { type: 'EXT', value: externalCustomerId }, contactIds: [id], stamp: `${id}.1` },
    ]);
  }
  const members = async () => {
    const [now] = await ports.segments.findByIds([segment.id]);
    if (!now) throw new Error('The segment is gone');
    return ports.segmentMembers.list(epochOf(now), { limit: 100, isAscending: true });
  };
  return { ports, segment, members };
};

describe('contacts that are attached', () => {
  it.each([
    ['ids', { contactIds: [2, 1, 2] }],
    ["the caller's own ids", { externalCustomerIds: ['C-2', 'C-1', 'C-2'] }],
  ])('are in the segment, each once, by %s', async (_, names) => {
    const { ports, segment, members } = await arranged();

    const attached = await attachContacts(ports, segment.id, names);

    expect(attached).toEqual({ segmentId: segment.id, changed: 2, unknown: 0, unknownIds: [] });
    expect(await members()).toEqual([1, 2]);
  });

  it.each([
    ['ids', { contactIds: [1, 4, 5, 99] }, [4, 5, 99]],
    ["the caller's own ids", { externalCustomerIds: ['C-1', 'C-4', 'C-5', 'nobody'] }, []],
  ])('leave out whoever is deleted, erased or unknown, and say so, by %s', async (_, names, unknownIds) => {
    const { ports, segment, members } = await arranged();

    const attached = await attachContacts(ports, segment.id, names);

    expect(attached).toEqual({ segmentId: segment.id, changed: 1, unknown: 3, unknownIds });
    expect(await members()).toEqual([1]);
  });

  it('are not written again where they are in the segment already', async () => {
    const { ports, segment } = await arranged();
    await attachContacts(ports, segment.id, { contactIds: [1, 2] });

    const again = await attachContacts(ports, segment.id, { contactIds: [1, 2, 3] });

    expect(again.changed).toBe(1);
  });

  it('are refused by a segment that is unknown or not static', async () => {
    const { ports, segment } = await arranged();
    ports.memory.segments.set('customers', { ...segment, type: 'Dynamic' });

    const dynamic = attachContacts(ports, segment.id, { contactIds: [1] });
    const unknown = attachContacts(ports, 99, { contactIds: [1] });

    await expect(dynamic).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND', message: "Group with id='99' not found" });
  });

  it('stay in the segment where it was emptied after it had been read for them', async () => {
    const { ports, segment, members } = await arranged();
    const late = {
      ...ports,
      contacts: {
        ...ports.contacts,
        readContacts: async (...asked: Parameters<typeof ports.contacts.readContacts>) => {
          const read = await ports.contacts.readContacts(...asked);
          await emptySegment(ports, segment.id);
          return read;
        },
      },
    };

    await attachContacts(late, segment.id, { contactIds: [1, 2] });

    expect(await members()).toEqual([1, 2]);
  });
});

describe('contacts that are detached', () => {
  it('leave the segment and no other, and those that were not in it are not counted', async () => {
    const { ports, segment, members } = await arranged();
    const [other] = await ports.segments.ensure(['Others']);
    await attachContacts(ports, segment.id, { contactIds: [1, 2] });
    await attachContacts(ports, other?.id ?? 0, { contactIds: [1] });

    const detached = await detachContacts(ports, segment.id, { externalCustomerIds: ['C-1', 'C-3', 'nobody'] });

    expect(detached).toEqual({ segmentId: segment.id, changed: 1, unknown: 1, unknownIds: [] });
    expect(await members()).toEqual([2]);
    expect((await getContact(ports, 1)).segments.map(({ name }) => name)).toEqual(['Others']);
  });
});

describe('a segment that is emptied', () => {
  it('has no members at once, and none that a contact shows', async () => {
    const { ports, segment, members } = await arranged();
    await attachContacts(ports, segment.id, { contactIds: [1, 2, 3] });

    await emptySegment(ports, segment.id);

    expect(await members()).toEqual([]);
    expect((await getContact(ports, 1)).segments).toEqual([]);
    expect(ports.memory.memberships.size).toBe(3);
  });

  it('keeps whoever is attached afterwards, also while the rest is removed', async () => {
    const { ports, segment, members } = await arranged();
    await attachContacts(ports, segment.id, { contactIds: [1, 2] });
    await emptySegment(ports, segment.id);
    await attachContacts(ports, segment.id, { contactIds: [2, 3] });

    for (const leftovers of ports.memory.sentLeftovers) await removeLeftovers(ports, leftovers);

    expect(await members()).toEqual([2, 3]);
    expect([...ports.memory.memberships.values()].map(({ contactId, epoch }) => [contactId, epoch])).toEqual([
      [2, 2],
      [3, 2],
    ]);
  });

  it('has its leftovers promised before, so that a request that dies leaves none behind', async () => {
    const { ports, segment } = await arranged();

    await emptySegment({ ...ports, segments: { ...ports.segments, endEpoch: async () => {} } }, segment.id);

    expect(ports.memory.sentLeftovers).toEqual([
      { segmentId: segment.id, segmentName: 'Customers', epoch: 1, delaySeconds: 20 },
    ]);
  });

  it('is left alone by a promise that was not kept', async () => {
    const { ports, segment, members } = await arranged();
    await attachContacts(ports, segment.id, { contactIds: [1] });

    await removeLeftovers(ports, { segmentId: segment.id, segmentName: 'Customers', epoch: 1 });

    expect(await members()).toEqual([1]);
    expect(ports.memory.sentLeftovers).toEqual([]);
  });
});

describe('leftovers', () => {
  /** A clock that runs out after so many looks. */
  const shortOfTime = (looks: number) => {
    let left = looks;
    return () => new Date(left-- > 0 ? 0 : 3_600_000).toISOString();
  };

  const emptied = async () => {
    const { ports, segment } = await arranged();
    for (let id = 1; id <= 2_500; id++) {
      await ports.contacts.changeMemberships({ add: [{ contactId: id, segmentId: segment.id, epoch: 1 }], remove: [] });
    }
    await emptySegment(ports, segment.id);
    ports.memory.sentLeftovers.length = 0;
    return { ports, leftovers: { segmentId: segment.id, segmentName: 'Customers', epoch: 1 } };
  };

  it('are handed on with their place when time is short, until none is left', async () => {
    const { ports, leftovers } = await emptied();
    const { memory } = ports;

    await removeLeftovers({ ...ports, now: shortOfTime(1) }, leftovers);
    const left = memory.memberships.size;
    const [rest] = memory.sentLeftovers.splice(0);
    await removeLeftovers(ports, rest ?? leftovers);

    expect(left).toBe(1_500);
    expect(rest).toEqual({ ...leftovers, cursor: '1000', delaySeconds: 0 });
    expect(memory.memberships.size).toBe(0);
  });

  it('are looked for once more after everybody who began before has ended', async () => {
    const { ports, leftovers } = await emptied();
    await removeLeftovers(ports, leftovers);
    const late = { contactId: 7, segmentId: leftovers.segmentId, epoch: 1 };
    await ports.contacts.changeMemberships({ add: [late], remove: [] });

    const [again] = ports.memory.sentLeftovers.splice(0);
    await removeLeftovers(ports, again ?? leftovers);

    expect(again).toEqual({ ...leftovers, isLast: true, delaySeconds: 900 });
    expect(ports.memory.memberships.size).toBe(0);
    expect(ports.memory.sentLeftovers).toEqual([]);
  });
});

describe('events of segments', () => {
  it('are told of whoever joins and leaves, once for each change, where the stage asks for them', async () => {
    const { ports, segment } = await arranged();
    const publishing = { ...ports, publishesSegmentChanges: true };

    await attachContacts(publishing, segment.id, { contactIds: [1, 2] });
    await attachContacts(publishing, segment.id, { contactIds: [1, 2] });
    await detachContacts(publishing, segment.id, { contactIds: [1, 3] });
    await emptySegment(publishing, segment.id);
    for (const leftovers of ports.memory.sentLeftovers) await removeLeftovers(publishing, leftovers);

    const published = ports.memory.published.map(({ eventTypeKey, contactId }) => [eventTypeKey, contactId]);
    expect(published).toEqual([
      ['contactAddedToSegment', 1],
      ['contactAddedToSegment', 2],
      ['contactRemovedFromSegment', 1],
      ['contactRemovedFromSegment', 2],
    ]);
    expect(ports.memory.published[0]).toMatchObject({
      keyValue: '1',
      params: { contactId: 1, segmentId: segment.id, segmentName: 'Customers' },
    });
    expect(new Set(ports.memory.published.map(({ eventId }) => eventId)).size).toBe(4);
    for (const event of ports.memory.published) expect(segmentChangedEvent.parse(event)).toEqual(event);
  });

  it('are not told by default', async () => {
    const { ports, segment } = await arranged();

    await attachContacts(ports, segment.id, { contactIds: [1] });

    expect(ports.memory.published).toEqual([]);
  });
});
