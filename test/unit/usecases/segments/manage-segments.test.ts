import { describe, expect, it } from 'vitest';
import { bareContact } from '#test/support/contacts/bare-contact.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { getContact } from '#usecases/contacts/get-contact.ts';
import { attachContacts } from '#usecases/segments/attach-contacts.ts';
import { listGroups } from '#usecases/segments/list-groups.ts';
import { createSegment, deleteSegment, listSegments, renameSegment } from '#usecases/segments/manage-segments.ts';
import { removeLeftovers } from '#usecases/segments/remove-leftovers.ts';
import { getSubscriptions, setSubscriptions } from '#usecases/subscriptions/contact-subscriptions.ts';
import { defineCategory, listCategories, removeCategory } from '#usecases/subscriptions/manage-categories.ts';
import { subscribeContact } from '#usecases/subscriptions/subscribe-contact.ts';

const withContact = () => {
  const ports = memoryPorts();
  ports.memory.contacts.set(1, bareContact({ id: 1 }));
  return ports;
};

describe('segments', () => {
  it('are listed page by page with the number of their contacts', async () => {
    const ports = withContact();
    const [first] = await ports.segments.ensure(['A', 'B', 'C']);
    await attachContacts(ports, first?.id ?? 0, { contactIds: [1] });

    const { items, cursor } = await listSegments(ports, { limit: 2 });
    const rest = await listSegments(ports, { limit: 2, ...(cursor && { cursor }) });

    expect(items.map(({ name, memberCount }) => [name, memberCount])).toEqual([
      ['A', 1],
      ['B', 0],
    ]);
    expect(rest.items.map(({ name }) => name)).toEqual(['C']);
    expect(rest).not.toHaveProperty('cursor');
  });

  it('have names that are taken whatever the case of their letters', async () => {
    const ports = memoryPorts();
    const created = await createSegment(ports, 'Customers');
    await createSegment(ports, 'Buyers');

    await expect(createSegment(ports, 'CUSTOMERS')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    await expect(renameSegment(ports, created.id, 'buyers')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(await renameSegment(ports, created.id, 'CUSTOMERS')).toMatchObject({ id: created.id, name: 'CUSTOMERS' });
  });

  it('free their name by another one, and keep their contacts', async () => {
    const ports = withContact();
    const { id } = await createSegment(ports, 'Customers');
    await attachContacts(ports, id, { contactIds: [1] });

    await renameSegment(ports, id, 'Buyers');
    const [again] = await ports.segments.ensure(['customers']);

    expect(again?.id).not.toBe(id);
    expect((await getContact(ports, 1)).segments.map(({ name }) => name)).toEqual(['Buyers']);
  });

  it('that are deleted are gone at once with their memberships, and their id never comes back', async () => {
    const ports = withContact();
    const { id } = await createSegment(ports, 'Customers');
    await attachContacts(ports, id, { contactIds: [1] });

    await deleteSegment(ports, id);
    const shown = await getContact(ports, 1);
    for (const leftovers of ports.memory.sentLeftovers) await removeLeftovers(ports, leftovers);
    const again = await createSegment(ports, 'Customers');

    expect(shown.segments).toEqual([]);
    expect(ports.memory.memberships.size).toBe(0);
    expect(again.id).not.toBe(id);
    await expect(deleteSegment(ports, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are found by a part of their name, from any place on', async () => {
    const ports = memoryPorts();
    await ports.segments.ensure(['Customers', 'Buyers', 'New customers']);

    const found = await listGroups(ports, { name: 'CUSTOM', skip: 0, take: 500 });
    const second = await listGroups(ports, { skip: 1, take: 1 });

    expect(found.map(({ name }) => name)).toEqual(['Customers', 'New customers']);
    expect(second.map(({ name }) => name)).toEqual(['Buyers']);
  });
});

describe('subscription categories', () => {
  it('are mirrored by the segment of their name, which they take with its contacts', async () => {
    const ports = withContact();
    const [segment] = await ports.segments.ensure(['newsletter']);
    await attachContacts(ports, segment?.id ?? 0, { contactIds: [1] });

    await defineCategory(ports, 'news', 'Newsletter');
    await defineCategory(ports, 'tips', 'Tips');

    expect((await listCategories(ports)).map(({ key, segment: { name } }) => [key, name])).toEqual([
      ['news', 'newsletter'],
      ['tips', 'Tips'],
    ]);
    expect(await getSubscriptions(ports, 1)).toEqual(['news']);
  });

  it('keep their segments from being renamed and deleted, until they are removed', async () => {
    const ports = memoryPorts();
    const { segment } = await defineCategory(ports, 'news', 'Newsletter');

    await expect(renameSegment(ports, segment.id, 'Other')).rejects.toMatchObject({ code: 'SEGMENT_PROTECTED' });
    await expect(deleteSegment(ports, segment.id)).rejects.toMatchObject({ code: 'SEGMENT_PROTECTED' });

    await removeCategory(ports, 'news');
    expect(await deleteSegment(ports, segment.id)).toMatchObject({ id: segment.id });
    await expect(removeCategory(ports, 'news')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('take their segment to another name, and no name of another one', async () => {
    const ports = memoryPorts();
    const { segment } = await defineCategory(ports, 'news', 'Newsletter');
    await defineCategory(ports, 'tips', 'Tips');

    const renamed = await defineCategory(ports, 'news', 'Weekly');

    expect(renamed.segment).toMatchObject({ id: segment.id, name: 'Weekly' });
    await expect(defineCategory(ports, 'news', 'tips')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    await expect(defineCategory(ports, 'other', 'TIPS')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  it('are set for a contact as a whole', async () => {
    const ports = withContact();
    for (const key of ['a', 'b', 'c']) await defineCategory(ports, key, key.toUpperCase());

    await setSubscriptions(ports, 1, ['a', 'b']);
    await setSubscriptions(ports, 1, ['b', 'c']);
    const subscribed = await getSubscriptions(ports, 1);
    await setSubscriptions(ports, 1, []);

    expect(subscribed).toEqual(['b', 'c']);
    expect(await getSubscriptions(ports, 1)).toEqual([]);
  });

  it('are joined by a subscription by their keys; a key that nobody defined names a segment', async () => {
    const ports = memoryPorts();
    await defineCategory(ports, 'news', 'Newsletter');

    const { id } = await subscribeContact(ports, {
      draft: { email: 'john@example.com' },
      groupNames: ['Subscribers'],
      groupIds: [],
      categoryKeys: ['news', 'tips'],
      warnings: [],
    });

    const { segments } = await getContact(ports, id);
    expect(segments.map(({ name }) => name).sort()).toEqual(['Newsletter', 'Subscribers', 'tips']);
    expect(await getSubscriptions(ports, id)).toEqual(['news']);
  });

  it('are refused where nobody defined them, and for contacts that are not there', async () => {
    const ports = withContact();

    await expect(setSubscriptions(ports, 1, ['none'])).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(setSubscriptions(ports, 2, [])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getSubscriptions(ports, 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
