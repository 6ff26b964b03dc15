import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageStoreOn } from '#aws/messages/message-store.ts';
import { segmentSendingsOn } from '#aws/messages/segment-sendings.ts';
import { templateStoreOn } from '#aws/messages/template-store.ts';
import { placeOf } from '#domain/messages/activity.ts';
import {
  bulkReach,
  type Message,
  type MessageContent,
  queuedMessage,
  transactionalReach,
} from '#domain/messages/message.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { clientFor, createTable, type Engine, startDynamoDb } from '#test/support/engines.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const noon = '2026-11-05T12:00:00.000Z';

const openTable = async (now = () => Date.parse(noon)) => {
  const client = new DynamoDBClient(clientFor(engine));
  const tableName = await createTable(client);
  const settings = { retentionDays: 30, now };
  return {
    messages: messageStoreOn(client, tableName, settings),
    templates: templateStoreOn(client, tableName, settings),
    segmentSendings: segmentSendingsOn(client, tableName, settings),
  };
};

const subjects = Object.entries({ memory: async () => memoryPorts(), DynamoDB: () => openTable() });

const content: MessageContent = { channel: 'email', from: { name: 'Shop' }, subject: 'Hello', html: '<p>Hello</p>' };
const contentName = { contentId: 'content' };

/** A message to somebody, with parameters that the table could mistake for its own. */
const messageOf = (requestId: string, contactId = 7) =>
  queuedMessage(
    { requestId, contactId, to: 'john@example.com', params: { pk: 'x', ttl: 1, order: { lines: [1.5, null, 'ů'] } } },
    { channel: 'email', content: contentName, reach: transactionalReach, isPersonal: true },
    noon,
  );

const attempt = (attemptId: string, now = noon) => ({
  requestId: 'a',
  attemptId,
  now,
  until: hoursAfter(now, 1 / 60),
});

describe.each(subjects)('messages, in %s', (_, open) => {
  test('are found without how to send them, each once, and unknown ones are left out', async () => {
    const { messages } = await open();
    const created = Array.from({ length: 60 }, (_, index) => messageOf(`request-${index}`, index + 1));
    await messages.create(created, false);

    const found = await messages.find([...created.map(({ requestId }) => requestId), 'request-1', 'unknown']);

    const byId = new Map(found.map((message) => [message.requestId, message]));
    expect(found).toHaveLength(60);
    expect(byId.get('request-5')).toEqual({
      requestId: 'request-5',
      contactId: 6,
      channel: 'email',
      status: 'QUEUED',
      createdAt: noon,
      statusAt: noon,
    });
  });

  test('stay as they are where they are created again', async () => {
    const { messages } = await open();
    await messages.create([messageOf('a')], false);
    await messages.note('a', { status: 'SENT', statusAt: noon });

    await messages.create([messageOf('a'), messageOf('b')], false);

    const found = await messages.find(['a', 'b']);
    expect(found.map(({ status }) => status).toSorted()).toEqual(['QUEUED', 'SENT']);
  });

  test('are held by one attempt at a time, until it gives them back or its time is over', async () => {
    const { messages } = await open();
    await messages.create([messageOf('a')], false);

    const first = await messages.begin(attempt('1'));
    const verdicts = [await messages.begin(attempt('2'))];
    await messages.abandon({ requestId: 'a', attemptId: '2' });
    verdicts.push(await messages.begin(attempt('3')));
    await messages.abandon({ requestId: 'a', attemptId: '1' });
    const second = await messages.begin(attempt('4'));
    const third = await messages.begin(attempt('5', hoursAfter(noon, 1 / 60)));

    expect(verdicts).toEqual(['busy', 'busy']);
    expect([first, second, third]).toEqual([messageOf('a'), messageOf('a'), messageOf('a')]);
  });

  test('are begun by one of many attempts at once, and never once they are over', async () => {
    const { messages } = await open();
    await messages.create([messageOf('a')], false);

    const verdicts = await Promise.all(Array.from({ length: 20 }, (_, id) => messages.begin(attempt(String(id)))));
    await messages.note('a', { status: 'SENT', statusAt: noon });

    expect(verdicts.filter((verdict) => verdict !== 'busy')).toHaveLength(1);
    expect(await messages.begin(attempt('later', hoursAfter(noon, 1)))).toBe('over');
    expect(await messages.begin({ ...attempt('1'), requestId: 'unknown' })).toBe('over');
  });

  test('have the status that comes last, in whatever order it is heard', async () => {
    const { messages } = await open();
    await messages.create([messageOf('a')], false);
    const noted: boolean[] = [];

    for (const status of ['DELIVERED', 'SENT', 'UNDELIVERED', 'DELIVERED', 'SPAM'] as const) {
      noted.push(
        await messages.note('a', { status, statusAt: noon, ...(status === 'UNDELIVERED' && { reason: 'bounced' }) }),
      );
    }

    expect(noted).toEqual([true, false, true, false, true]);
    expect(await messages.note('unknown', { status: 'SENT', statusAt: noon })).toBe(false);
    const [message] = await messages.find(['a']);
    expect(message).toMatchObject({ status: 'SPAM' });
    expect(message).not.toHaveProperty('reason');
  });

  test('are listed by when something was heard of them, once it was, page by page', async () => {
    const { messages } = await open();
    const names = Array.from({ length: 40 }, (_, index) => `m-${String(index).padStart(2, '0')}`);
    // Now, as the list leaves out what is expired by the clock of the machine.
    const createdAt = new Date().toISOString();
    await messages.create(
      [...names, 'queued'].map((name) => ({ ...messageOf(name), createdAt, templateId: 3 })),
      false,
    );
    await messages.create([{ ...messageOf('to a segment', 0), createdAt }], false);
    for (const [index, name] of names.entries()) {
      await messages.note(name, { status: 'SENT', statusAt: hoursAfter(noon, index) });
    }
    await messages.note('to a segment', { status: 'SENT', statusAt: hoursAfter(noon, 5) });
    await messages.note('m-03', { status: 'DELIVERED', statusAt: hoursAfter(noon, 10) });
    const range = { from: hoursAfter(noon, 2), until: hoursAfter(noon, 35) };

    const pages: Message[][] = [];
    for (let last: Message | undefined; pages.at(-1)?.length !== 0; last = pages.at(-1)?.at(-1)) {
      pages.push(await messages.listHeard({ ...range, limit: 7, ...(last && { after: placeOf(last) }) }));
    }

    const listed = pages.flat();
    const [first, second, ...rest] = names.slice(2, 36);
    expect(listed.map(({ requestId }) => requestId)).toEqual([first, ...rest.slice(0, 6), second, ...rest.slice(6)]);
    expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 7, 6, 0]);
    expect(listed.find(({ requestId }) => requestId === 'm-03')).toEqual({
      requestId: 'm-03',
      contactId: 7,
      channel: 'email',
      status: 'DELIVERED',
      createdAt,
      statusAt: hoursAfter(noon, 10),
      templateId: 3,
    });
  });

  test('are forgotten with their contact, and their content where it went to nobody else', async () => {
    const { messages } = await open();
    await messages.putContent('content', content);
    await messages.putContent('shared', content);
    await messages.create([messageOf('own')], true);
    const shared = [messageOf('one'), messageOf('other', 8)].map((message) => ({
      ...message,
      task: { ...message.task, content: { contentId: 'shared' } },
    }));
    await messages.create(shared, false);
    await messages.note('own', { status: 'SENT', statusAt: noon });

    const before = [await messages.findOneOf(7), await messages.findOneOf(99)];

    await messages.forget(7);
    await messages.forget(7);

    expect(before).toEqual([{ requestId: expect.stringMatching(/^(own|one)$/), createdAt: noon }, undefined]);
    expect(await messages.findOneOf(7)).toBeUndefined();

    expect((await messages.find(['own', 'one', 'other'])).map(({ requestId }) => requestId)).toEqual(['other']);
    expect(await messages.readContent(contentName)).toBeUndefined();
    expect(await messages.readContent({ contentId: 'shared' })).toEqual(content);
    expect(await messages.begin({ ...attempt('1'), requestId: 'one' })).toBe('over');
  });
});

describe.each(subjects)('stored messages, in %s', (_, open) => {
  const draft = { name: 'Order', content, createdAt: noon };
  const sms: MessageContent = { channel: 'sms', text: 'Hello' };
  const later = hoursAfter(noon, 1);

  test('have ids of their own and are listed by them', async () => {
    const { templates } = await open();
    const created = [];
    for (let index = 0; index < 12; index++) created.push(await templates.create({ ...draft, name: `No. ${index}` }));

    const first = await templates.list({ limit: 5 });
    const rest = await templates.list({ limit: 50, ...(first.cursor !== undefined && { cursor: first.cursor }) });

    const heads = created.map(({ content: _, ...head }) => head);
    expect([...first.items, ...rest.items]).toEqual(heads);
    expect(rest.cursor).toBeUndefined();
    expect(new Set(created.map(({ id }) => id)).size).toBe(12);
  });

  test('keep what they said before, for messages that were accepted with it', async () => {
    const { messages, templates } = await open();
    const first = await templates.create(draft);

    const isReplaced = await templates.replace(first, { name: 'Code', content: sms, updatedAt: later });

    const times = { createdAt: noon, updatedAt: later };
    const head = { id: first.id, name: 'Code', channel: 'sms', summary: sms, version: 2, ...times };
    expect(isReplaced).toBe(true);
    expect(await templates.find(first.id)).toEqual({ ...head, content: sms });
    expect(await messages.readContent({ templateId: first.id, version: 1 })).toEqual(content);
    expect(await messages.readContent({ templateId: first.id, version: 2 })).toEqual(sms);
  });

  test('are changed by nobody who read them before another did', async () => {
    const { templates } = await open();
    const first = await templates.create(draft);
    await templates.replace(first, { name: 'Code', content: sms, updatedAt: later });

    expect(await templates.replace(first, { name: 'Lost', content, updatedAt: later })).toBe(false);
    expect(await templates.remove(first)).toBe(false);
    expect(await templates.find(first.id)).toMatchObject({ name: 'Code' });
  });

  test('are gone once they are removed, while what was accepted is still read', async () => {
    const { messages, templates } = await open();
    const first = await templates.create(draft);

    expect(await templates.remove(first)).toBe(true);
    expect(await templates.find(first.id)).toBeUndefined();
    expect((await templates.list({ limit: 5 })).items).toEqual([]);
    expect(await messages.readContent({ templateId: first.id, version: 1 })).toEqual(content);
  });
});

describe.each(subjects)('sendings to segments, in %s', (_, open) => {
  test('are found by their id, and their status like that of a message', async () => {
    const { messages, segmentSendings } = await open();
    const sending = {
      requestId: 'sending',
      channel: 'email',
      content: contentName,
      segment: { segmentId: 3, epoch: 1 },
      reach: bulkReach,
      params: { name: 'ů' },
      isPersonal: true,
      createdAt: noon,
    } as const;
    await segmentSendings.create(sending);

    expect(await segmentSendings.find('sending')).toEqual(sending);
    expect(await segmentSendings.find('unknown')).toBeUndefined();
    expect(await messages.find(['sending'])).toMatchObject([{ requestId: 'sending', status: 'QUEUED' }]);
    await messages.note('sending', { status: 'SENT', statusAt: noon });
    expect(await messages.find(['sending'])).toMatchObject([{ status: 'SENT' }]);
    expect(await segmentSendings.find('sending')).toEqual(sending);
  });
});

test('messages and their content are forgotten in time, even before DynamoDB has deleted them', async () => {
  let now = Date.parse(noon);
  const { messages } = await openTable(() => now);
  await messages.putContent('content', content);
  await messages.create([messageOf('a')], true);

  now += 15 * 86_400_000;
  expect(await messages.readContent(contentName)).toBeUndefined();
  expect(await messages.find(['a'])).toHaveLength(1);
  now += 15 * 86_400_000;
  expect(await messages.find(['a'])).toEqual([]);
});
