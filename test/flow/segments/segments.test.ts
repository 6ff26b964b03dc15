import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contactOf, contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestAnswer, type TestStack, waitFor } from '#test/support/local-stack.ts';

let stack: TestStack;
/** Five contacts, whose own ids are `C-1` to `C-5`. */
let ids: number[];
/** Whom everybody has left at once: that is told only when no request can be at work on it any more. */
let leftId: number;
beforeAll(async () => {
  stack = await startFlowStack({ segmentEvents: true });
  const contacts = [1, 2, 3, 4, 5].map((number) =>
    contactWith(`${number}@example.com`, { externalCustomerId: `C-${number}` }),
  );
  ({ ids } = await imported(stack, { contacts }));
  leftId = await createSegment('Left');
  await attach(leftId, { contactIds: ids });
  await detach(leftId);
});
afterAll(() => stack.stop());

const ok = ({ status, text, json }: TestAnswer): unknown => {
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  return json;
};

const segment = z.object({ id: z.int(), name: z.string(), type: z.literal('Static') });
const createSegment = async (name: string): Promise<number> =>
  segment.parse(ok(await stack.request('POST', '/admin/v1/segments', { body: { name } }))).id;

const attach = (id: number | string, body: unknown) =>
  stack.request('POST', `/api/v1/group/${id}/contacts/attach`, { body });
const detach = (id: number | string, body?: unknown) =>
  stack.request('POST', `/api/v1/group/${id}/contacts/detach`, { body });

const rows = z.array(z.looseObject({ id: z.int() }));
const contactsOf = async (id: number, query = '') => {
  const answer = await stack.request('GET', `/api/v1/group/${id}/contacts${query}`);
  return {
    ids: rows.parse(ok(answer)).map((row) => row.id),
    rows: rows.parse(answer.json),
    total: Number(answer.headers.get('TotalCount')),
  };
};

const groups = async (query = ''): Promise<string[]> =>
  z
    .array(z.strictObject(segment.shape))
    .parse(ok(await stack.request('GET', `/api/v1/groups${query}`)))
    .map(({ name }) => name);

describe('contacts of a segment', () => {
  it('are attached and detached with the sentences of the contract, by either kind of id', async () => {
    const id = await createSegment('Attached');

    const attached = await attach(id, { contactIds: [ids[0], String(ids[1])] });
    const again = await attach(`${id}`, { externalCustomerId: 'C-3' });
    const before = await contactsOf(id);
    const detached = await detach(id, { externalCustomerIds: ['C-1', 'nobody'] });
    const after = await contactsOf(id);

    expect([attached.text, again.text, detached.text]).toEqual([
      'Contacts were attached',
      'Contacts were attached',
      'Contacts were detached',
    ]);
    expect(attached.headers.get('content-type')).toMatch(/^application\/json/);
    expect(before).toMatchObject({ ids: ids.slice(0, 3), total: 3 });
    expect(after).toMatchObject({ ids: ids.slice(1, 3), total: 2 });
    expect((await contactOf(stack, ids[1])).groups).toContainEqual({ id, name: 'Attached', type: 'Static' });
    expect(after.rows[0]).not.toHaveProperty('groups');
  });

  it('leave all at once by a request without a body, and who is attached afterwards stays', async () => {
    const id = await createSegment('Emptied');
    await attach(id, { contactIds: ids });

    const emptied = await detach(id);
    const atOnce = await contactsOf(id);
    await attach(id, { contactIds: [ids[4]] });
    const bare = await detach(id, {});
    await attach(id, { contactIds: [ids[2]] });

    expect([emptied.text, bare.text]).toEqual(['Contacts were detached', 'Contacts were detached']);
    expect(atOnce).toMatchObject({ ids: [], total: 0 });
    expect(await contactsOf(id)).toMatchObject({ ids: [ids[2]], total: 1 });
    expect((await contactOf(stack, ids[0])).groups).not.toContainEqual(expect.objectContaining({ id }));
  });

  it('page by page come once, while others join before and behind them', async () => {
    const id = await createSegment('Paged');
    await attach(id, { contactIds: [ids[1], ids[2], ids[3]] });

    const first = await contactsOf(id, '?maxrows=2');
    await attach(id, { contactIds: [ids[0], ids[4]] });
    const second = await contactsOf(id, '?startindex=3&maxrows=2');
    const third = await contactsOf(id, '?startindex=5&maxrows=2');

    expect([...first.ids, ...second.ids, ...third.ids]).toEqual([ids[1], ids[2], ids[3], ids[4]]);
    expect((await contactsOf(id)).total).toBe(5);
    expect((await contactsOf(id, '?asc=false')).ids).toEqual(ids.toReversed());
  });

  it('are ordered by when they were updated, where that is asked for', async () => {
    const id = await createSegment('Ordered');
    await attach(id, { contactIds: ids });
    await stack.request('PUT', `/api/v1/contact/${ids[2]}`, { body: { firstName: 'Ann' } });

    expect((await contactsOf(id, '?orderByTs=true&maxrows=1')).ids).toEqual([ids[2]]);
    expect((await contactsOf(id, '?orderByTs=true&asc=true')).ids.at(-1)).toBe(ids[2]);
  });

  it('are not counted while they are deleted, and are there again when they are restored', async () => {
    const id = await createSegment('Deleted');
    const { ids: created } = await imported(stack, {
      contacts: [contactWith('deleted@example.com')],
      groupNames: ['Deleted'],
    });

    await stack.request('DELETE', `/api/v1/contact/${created[0]}`);
    const deleted = await contactsOf(id);
    await imported(stack, { contacts: [contactWith('deleted@example.com')], restoreDeleted: true });

    expect(deleted).toMatchObject({ ids: [], total: 0 });
    expect(await contactsOf(id)).toMatchObject({ ids: created, total: 1 });
  });

  it.each([
    ['an empty list to attach', 400, () => attach(1, { contactIds: [] })],
    ['an empty list to detach', 400, () => detach(1, { contactIds: [] })],
    ['nothing to attach', 400, () => attach(1, {})],
    ['both kinds of ids', 400, () => attach(1, { contactIds: [1], externalCustomerIds: ['a'] })],
    ['501 ids', 400, () => attach(1, { contactIds: Array.from({ length: 501 }, (_, index) => index + 1) })],
    ['a body that is no JSON', 400, () => detach(1, '{')],
    ['an unknown segment', 404, () => attach(999_999, { contactIds: [1] })],
    ['an unknown segment to empty', 404, () => detach(999_999)],
    ['a segment that is no number', 404, () => detach('all')],
    ['an unknown segment to list', 404, () => stack.request('GET', '/api/v1/group/999999/contacts')],
  ])('are refused by %s with %s', async (_, status, send) => {
    const answer = await send();

    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ status });
    if (status === 404) expect(answer.text).toContain('not found');
  });
});

describe('segments', () => {
  it('are listed to callers by a part of their name, right after an import made them', async () => {
    await imported(stack, { contacts: [contactWith('new@example.com')], groupNames: ['Listed by imports'] });

    expect(await groups()).toContain('Listed by imports');
    expect(await groups('?name=LISTED BY')).toEqual(['Listed by imports']);
    expect(await groups('?startindex=1000')).toEqual([]);
  });

  it('are created, renamed and deleted by people, with names that are unique whatever their case', async () => {
    const id = await createSegment('Managed');
    await attach(id, { contactIds: [ids[0]] });

    const taken = await stack.request('POST', '/admin/v1/segments', { body: { name: 'MANAGED' } });
    const renamed = await stack.request('PUT', `/admin/v1/segments/${id}`, { body: { name: 'Renamed' } });
    const listed = await stack.request('GET', '/admin/v1/segments?limit=100');
    const again = await createSegment('Managed');
    const deleted = await stack.request('DELETE', `/admin/v1/segments/${id}`);

    expect(taken).toMatchObject({ status: 409 });
    expect(ok(renamed)).toEqual({ id, name: 'Renamed', type: 'Static' });
    expect(ok(listed)).toMatchObject({
      items: expect.arrayContaining([{ id, name: 'Renamed', type: 'Static', memberCount: 1 }]),
    });
    expect(again).not.toBe(id);
    expect([deleted.status, deleted.text]).toEqual([200, '']);
    expect(await groups('?name=Renamed')).toEqual([]);
    expect((await contactOf(stack, ids[0])).groups).not.toContainEqual(expect.objectContaining({ id }));
  });
});

describe('subscription categories', () => {
  const define = (key: string, name: string) =>
    stack.request('PUT', `/admin/v1/subscriptions/${key}`, { body: { name } });
  const subscriptionsOf = async (id: number | undefined) =>
    ok(await stack.request('GET', `/api/v1/contact/${id}/subscriptions`));

  it('are joined by subscribing and by setting them, and show as segments of their names', async () => {
    const defined = z.object({ segmentId: z.int() }).parse(ok(await define('news', 'Newsletter')));
    ok(await define('tips', 'Tips'));

    const body = { contact: contactWith('1@example.com'), subscriptions: ['news'] };
    ok(await stack.request('POST', '/api/v1/contact/subscribe', { body }));
    const subscribed = await subscriptionsOf(ids[0]);
    const shown = await contactOf(stack, ids[0]);
    const set = await stack.request('PUT', `/api/v1/contact/${ids[0]}/subscriptions`, {
      body: { subscriptions: ['tips'] },
    });

    expect(subscribed).toEqual({ subscriptions: ['news'] });
    expect(shown.groups).toContainEqual({ id: defined.segmentId, name: 'Newsletter', type: 'Static' });
    expect([set.status, set.text]).toEqual([200, '']);
    expect(await subscriptionsOf(ids[0])).toEqual({ subscriptions: ['tips'] });
    expect(ok(await stack.request('GET', '/api/v1/subscriptions'))).toEqual([
      { key: 'news', name: 'Newsletter' },
      { key: 'tips', name: 'Tips' },
    ]);
  });

  it('keep their segments from being changed by themselves, until they are gone', async () => {
    await define('kept', 'Kept for now');
    const { segmentId, name } = z
      .object({ segmentId: z.int(), name: z.string() })
      .parse(ok(await define('kept', 'Kept')));

    const renamed = await stack.request('PUT', `/admin/v1/segments/${segmentId}`, { body: { name: 'Other' } });
    const deleted = await stack.request('DELETE', `/admin/v1/segments/${segmentId}`);
    const removed = await stack.request('DELETE', '/admin/v1/subscriptions/kept');
    const deletedNow = await stack.request('DELETE', `/admin/v1/segments/${segmentId}`);

    expect(name).toBe('Kept');
    expect([renamed.status, deleted.status, removed.status, deletedNow.status]).toEqual([409, 409, 200, 200]);
  });
});

describe('events of segments', () => {
  it('tell of whoever an import, a subscription and an attaching put into one, where the stage asks for it', async () => {
    const { ids: created } = await imported(stack, {
      contacts: [contactWith('told@example.com')],
      groupNames: ['Told'],
    });
    const body = { contact: contactWith('2@example.com'), groups: ['Told'] };
    ok(await stack.request('POST', '/api/v1/contact/subscribe', { body }));
    const [published] = await stack
      .request('GET', '/api/v1/groups?name=Told')
      .then((answer) => z.array(segment).parse(ok(answer)));
    await attach(published?.id ?? 0, { contactIds: [ids[2]] });

    const events = await waitFor('three are told', async () => {
      const all = await stack.events({ type: 'contactAddedToSegment' });
      const own = all.filter(({ params }) => params.segmentName === 'Told');
      return own.length >= 3 && own;
    });

    expect(events.map(({ contactId }) => contactId).sort()).toEqual([...created, ids[1], ids[2]].sort());
    expect(events[0]).toMatchObject({ keyValue: String(events[0]?.contactId), params: { segmentId: published?.id } });
  });

  it('tell of all who left at once, some twenty seconds later', async () => {
    const left = await waitFor(
      'all are told to have left',
      async () => {
        const events = await stack.events({ type: 'contactRemovedFromSegment' });
        const published = events.filter(({ params }) => params.segmentId === leftId);
        return published.length >= ids.length && published;
      },
      60,
    );

    expect(left.map(({ contactId }) => contactId).sort()).toEqual([...ids].sort());
  });
});
