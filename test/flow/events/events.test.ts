import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, waitFor } from '#test/support/local-stack.ts';
import { openStackStore, type StackStore } from '#test/support/stack-store.ts';
import { everythingIn } from '#test/support/stack-traces.ts';

const strictParams = [{ name: 'email', required: true }];
const lines: string[] = [];
let stack: TestStack;
let store: StackStore;
beforeAll(async () => {
  stack = await startFlowStack({
    settings: { deletePastEvents: true },
    logLevel: 'DEBUG',
    writeLog: (line) => lines.push(line),
  });
  store = openStackStore(stack);
  // A function remembers for a minute which types there are.
  await stack.request('PUT', '/admin/v1/event-types/strict%20type', { body: { params: strictParams } });
});
afterAll(async () => {
  store?.close();
  await stack?.stop();
});

const raise = (body: unknown, version = 2, key?: string) =>
  stack.request('POST', `/api/v${version}/event`, { body, ...(key !== undefined && { key }) });

const eventWith = (eventTypeKey: string, params: object, keyValue?: string) => ({
  eventTypeKey,
  ...(keyValue !== undefined && { keyValue }),
  params: Object.entries(params).map(([name, value]) => ({ name, value })),
});

const publishedAs = (type: string, count = 1) =>
  waitFor(`${count} events ${type} are in the log`, async () => {
    const events = await stack.events({ type });
    return events.length >= count && events;
  });

describe('an event that a caller raises', () => {
  it('is answered with an empty 200 and is in the log a moment later, about the contact that it names', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('known@example.com')] });

    const answer = await raise(eventWith('cartAbandoned', { Email: 'Known@Example.com', cart: { items: [1] } }));
    const [event] = await publishedAs('cartAbandoned');

    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('content-length')).toBe('0');
    expect(event).toEqual({
      eventId: expect.any(String),
      eventTypeKey: 'cartAbandoned',
      keyValue: 'known@example.com',
      contactId: ids[0],
      params: { Email: 'Known@Example.com', cart: { items: [1] } },
      occurredAt: expect.any(String),
      origin: 'caller',
    });
  });

  it('of nobody who is known is told, too, and adds nobody', async () => {
    const before = (await store.holdings()).contacts.length;

    await raise(eventWith('viewed', { email: 'nobody@example.com' }));
    const [event] = await publishedAs('viewed');

    expect(event).not.toHaveProperty('contactId');
    expect((await store.holdings()).contacts.length).toBe(before);
  });

  it('is an event of its own however often it comes', async () => {
    const body = eventWith('clicked', {}, 'button');

    await Promise.all([raise(body), raise(body), raise(body, 1)]);

    expect(new Set((await publishedAs('clicked', 3)).map(({ eventId }) => eventId)).size).toBe(3);
  });

  it('is no subscription, whatever it is called', async () => {
    const { ids } = await imported(stack, { contacts: [contactWith('forged@example.com')] });

    await raise(eventWith('subscribeFromApi', { ContactId: ids[0], EmailAddress: 'forged@example.com' }));
    await publishedAs('subscribeFromApi');
    await stack.request('POST', '/api/v1/contact/subscribe', { body: { contact: contactWith('real@example.com') } });
    const messages = await waitFor('the real subscriber is asked', async () => {
      const { json } = await stack.request('GET', '/admin/v1/mailbox');
      const text = JSON.stringify(json);
      return text.includes('real@example.com') && text;
    });

    expect(messages).not.toContain('forged@example.com');
  });

  it('has at most 20 KB', async () => {
    const large = eventWith('large', { text: 'a'.repeat(20 * 1024) }, 'k');

    const answer = await raise(large);

    expect(answer).toMatchObject({ status: 413, json: { status: 413, error: 'Payload Too Large' } });
  });

  it('is refused by version 2 for characters that version 1 takes with a line in the log', async () => {
    const body = eventWith('what?', {}, 'k');

    const [refused, taken] = [await raise(body), await raise(body, 1)];

    expect(refused).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('eventTypeKey must have') },
    });
    expect([taken.status, taken.text]).toEqual([200, '']);
    await publishedAs('what?');
    expect(lines.some((line) => line.includes('An event was taken with members that are not valid'))).toBe(true);
  });

  it('is refused in plain text where its type asks for other parameters', async () => {
    const answer = await raise(eventWith('strict type', { town: 'London' }, 'k'), 1);
    const listed = await stack.request('GET', '/admin/v1/event-types');
    const removed = await stack.request('DELETE', '/admin/v1/event-types/strict%20type');
    const again = await stack.request('DELETE', '/admin/v1/event-types/strict%20type');

    expect(listed.json).toEqual({ items: [{ key: 'strict type', validate: true, params: strictParams }] });
    expect([answer.status, answer.text]).toEqual([
      400,
      'The event should have the following params: [{"name":"email","required":true}]',
    ]);
    expect(answer.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
    expect([removed.status, removed.text]).toEqual([200, '']);
    expect(again).toMatchObject({ status: 404, json: { message: "Event type 'strict type' not found" } });
  });

  it('is refused by version 2 for a contactJson that is not valid', async () => {
    const body = eventWith('form', { email: 'a@b.co', contactJson: { sms: '12' } });

    expect((await raise(body)).json).toMatchObject({
      status: 400,
      message: "contactJson is not valid: sms: '12' is not valid phone number",
    });
  });

  it.each([
    ['events', 200],
    ['events+contacts', 200],
    ['events+contacts-write', 200],
    ['messages', 403],
    ['subscribe', 403],
  ])('may be raised by a key of scope %s: %i', async (scope, status) => {
    await store.addKey(`key-${scope}`, { scope });

    const answer = await raise(eventWith('scoped', {}, 'k'), 2, `key-${scope}`);

    expect(answer.status).toBe(status);
  });
});

describe('past events', () => {
  const pastOn = (day: string, type = 'bought') => ({
    ...eventWith(type, { email: 'past@example.com' }),
    occurred: day,
  });
  const tell = (...events: object[]) => stack.request('POST', '/api/v2/past_events', { body: { events } });

  it('are in the log under their own time and launch nothing, and are deleted by their time', async () => {
    const answer = await tell(pastOn('2020-01-01'), pastOn('2020-01-02T10:00:00+02:00'), pastOn('2020-01-03'));
    await tell(pastOn('2020-01-01'));
    const published = await stack.events({ type: 'bought' });

    const range = { from: '2020-01-02', to: '2020-01-02' };
    const deleted = await stack.request('DELETE', '/api/v1/past_events', { body: range });

    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(published.map(({ occurredAt, origin }) => [occurredAt, origin])).toEqual([
      ['2020-01-03T00:00:00.000Z', 'history'],
      ['2020-01-02T08:00:00.000Z', 'history'],
      ['2020-01-01T00:00:00.000Z', 'history'],
    ]);
    expect([deleted.status, deleted.text]).toEqual([200, '']);
    expect((await stack.events({ type: 'bought' })).map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual([
      '2020-01-03',
      '2020-01-01',
    ]);
  });

  it('are up to 500 in a request', async () => {
    const events = Array.from({ length: 500 }, (_, index) =>
      pastOn(new Date(Date.UTC(2021, 0, 1, 0, index)).toISOString(), 'many'),
    );

    const answers = [await tell(...events), await tell(...events, pastOn('2021-01-01'))];

    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expect(await stack.events({ type: 'many' })).toHaveLength(500);
  });
});

describe('a person who is erased', () => {
  it('is gone from events that came before anybody knew whom they were about', async () => {
    const params = { email: 'Later@Example.com', phone: '380501112233' };
    await raise(eventWith('before', params, 'cart-7'));
    await stack.request('POST', '/api/v2/past_events', {
      body: { events: [{ ...eventWith('before', { email: 'later@example.com' }), occurred: '2020-01-01' }] },
    });
    await publishedAs('before', 2);
    const { ids } = await imported(stack, { contacts: [contactWith('later@example.com')] });
    await raise(eventWith('before', params, 'cart-8'));
    await publishedAs('before', 3);

    await stack.request('DELETE', `/api/v1/contact/${ids[0]}?erase=true`);

    await waitFor('every trace is wiped', async () => !/later@example\.com/i.test(await everythingIn(stack)));
    expect(await stack.events({ type: 'before' })).toEqual([]);
  });
});
