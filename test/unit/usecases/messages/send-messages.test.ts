import { describe, expect, test } from 'vitest';
import { bulkReach, type MessageContent, transactionalReach } from '#domain/messages/message.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import type { MessageRecipient } from '#usecases/messages/reach-recipients.ts';
import { type MessageRequest, sendMessages } from '#usecases/messages/send-messages.ts';

const email: MessageContent = { channel: 'email', from: {}, subject: 'Your order', text: 'Thank you, ${name}' };
const sms: MessageContent = { channel: 'sms', text: 'Your code is ${code}' };

const to = (address: string, about: Partial<MessageRecipient> = {}): MessageRecipient => ({
  locator: address,
  to: { address },
  params: {},
  ...about,
});

const requestOf = (about: Partial<MessageRequest>): MessageRequest => ({
  content: email,
  recipients: [],
  reach: transactionalReach,
  isPersonal: true,
  ...about,
});

const since = '2026-01-01T00:00:00.000Z';

describe('whoever is unknown', () => {
  test('becomes a contact with that one channel, confirmed, in no segment, without any event', async () => {
    const ports = memoryPorts();

    const mail = await sendMessages(ports, requestOf({ recipients: [to('new@example.com')] }));
    const text = await sendMessages(ports, requestOf({ content: sms, recipients: [to('380942583691')] }));

    expect([mail, text]).toEqual([
      [{ locator: 'new@example.com', requestId: expect.any(String), contactId: 1 }],
      [{ locator: '380942583691', requestId: expect.any(String), contactId: 2 }],
    ]);
    const about = { confirmed: true, source: 'I_MESSAGE', state: 'active', version: 1 };
    expect([...ports.memory.contacts.values()]).toEqual([
      expect.objectContaining({ id: 1, email: 'new@example.com', ...about }),
      expect.objectContaining({ id: 2, sms: '380942583691', ...about }),
    ]);
    expect(ports.memory.contacts.get(1)).not.toHaveProperty('sms');
    expect(ports.memory.memberships.size).toBe(0);
    expect(ports.memory.published).toEqual([]);
  });

  test('is queued with what is needed to send, before the queue hears of it', async () => {
    const ports = memoryPorts();

    const [result] = await sendMessages(
      ports,
      requestOf({ recipients: [to('new@example.com', { params: { name: 'Ann' } })], fromName: 'Shop' }),
    );

    expect(ports.memory.queuedMessages.map(({ requestId }) => requestId)).toEqual([result?.requestId]);
    expect(ports.memory.messages.get(result?.requestId ?? '')).toMatchObject({
      contactId: 1,
      channel: 'email',
      status: 'QUEUED',
      task: { to: 'new@example.com', params: { name: 'Ann' }, fromName: 'Shop', isPersonal: true },
    });
    expect([...ports.memory.contents.values()]).toEqual([email]);
  });

  test('of many, nobody is lost and each is one', async () => {
    const ports = memoryPorts();
    const recipients = Array.from({ length: 300 }, (_, index) => to(`reader-${index}@example.com`));

    const results = await sendMessages(ports, requestOf({ recipients }));

    expect(new Set(results.map(({ contactId }) => contactId)).size).toBe(300);
    expect(ports.memory.queuedMessages.map(({ requestId }) => requestId)).toEqual(
      results.map(({ requestId }) => requestId),
    );
  });
});

describe('whoever is known', () => {
  test.each([
    ['active', {}],
    ['unconfirmed', { confirmed: false }],
    ['deleted', { state: 'deleted' }],
  ] as const)('stays as it is, if it is %s', async (_, about) => {
    const ports = memoryPorts();
    const known = contactOf({ id: 7, email: 'john@example.com', version: 4, ...about });
    await ports.contacts.insertContacts([known]);
    await ports.contacts.writeClaims([
      { identity: { type: 'EMAIL', value: 'john@example.com' }, contactIds: [7], stamp: '7.1' },
    ]);

    const results = await sendMessages(ports, requestOf({ recipients: [to('john@example.com')] }));

    expect(results).toEqual([{ locator: 'john@example.com', requestId: expect.any(String), contactId: 7 }]);
    expect([...ports.memory.contacts.values()]).toEqual([known]);
  });

  test('is named by its id, and nobody is added by one', async () => {
    const ports = memoryPorts();
    const { email: _, ...withoutEmail } = contactOf({ id: 9, sms: '380942583691' });
    await ports.contacts.insertContacts([
      contactOf({ id: 7, email: 'john@example.com' }),
      contactOf({ id: 8, email: 'gone@example.com', state: 'deleted' }),
      withoutEmail,
    ]);
    const recipients = [7, 8, 9, 10].map((contactId) => to(String(contactId), { to: { contactId } }));

    const results = await sendMessages(ports, requestOf({ recipients }));

    expect(results.map(({ contactId, error }) => contactId ?? error)).toEqual([
      7,
      "Contact with id='8' not found",
      "Contact with id='9' has no e-mail address",
      "Contact with id='10' not found",
    ]);
    expect(ports.memory.contacts.size).toBe(3);
    expect(ports.memory.queuedMessages).toHaveLength(1);
  });
});

describe('a recipient with an error', () => {
  test('creates nothing and is not queued, and the others are', async () => {
    const ports = memoryPorts();
    const wrong = to('x', { to: { error: "'x' is not valid email" } });

    const results = await sendMessages(ports, requestOf({ recipients: [wrong, to('new@example.com')] }));

    expect(results).toEqual([
      { locator: 'x', requestId: expect.any(String), error: "'x' is not valid email" },
      { locator: 'new@example.com', requestId: expect.any(String), contactId: 1 },
    ]);
    expect(ports.memory.contacts.size).toBe(1);
    expect(ports.memory.queuedMessages.map(({ requestId }) => requestId)).toEqual([results[1]?.requestId]);
  });

  test('is everybody where the stage lacks the channel', async () => {
    const ports = { ...memoryPorts(), messageChannels: { missing: () => 'SMS is not set up' } };

    const results = await sendMessages(ports, requestOf({ content: sms, recipients: [to('380942583691')] }));

    expect(results).toMatchObject([{ error: 'SMS is not set up' }]);
    expect([ports.memory.contacts.size, ports.memory.contents.size]).toEqual([0, 0]);
  });

  test('is whoever is blacklisted, however transactional the message is', async () => {
    const ports = memoryPorts();
    await ports.suppressions.add([{ address: 'bad@example.com', reason: 'blacklisted', since }]);

    const results = await sendMessages(ports, requestOf({ recipients: [to('bad@example.com')] }));

    expect(results).toMatchObject([{ error: 'The address is blacklisted' }]);
    expect(ports.memory.contacts.size).toBe(0);
  });
});

describe('whom a message reaches', () => {
  const people = [
    ['unconfirmed@example.com', 'The address is not confirmed'],
    ['unsubscribed@example.com', 'The address has unsubscribed'],
    ['spam@example.com', 'The address has complained about messages'],
    ['confirmed@example.com', undefined],
  ] as const;
  const open = async () => {
    const ports = memoryPorts();
    await ports.contacts.insertContacts(
      people.map(([address], index) => contactOf({ id: index + 1, email: address, confirmed: index > 0 })),
    );
    await ports.contacts.writeClaims(
      people.map(([value], index) => ({
        identity: { type: 'EMAIL', value },
        contactIds: [index + 1],
        stamp: `${index + 1}.1`,
      })),
    );
    await ports.suppressions.add([
      { address: 'unsubscribed@example.com', reason: 'unsubscribed', since },
      { address: 'spam@example.com', reason: 'spam', since },
    ]);
    return ports;
  };
  const recipients = people.map(([address]) => to(address));

  test('is everybody, if it is transactional', async () => {
    const results = await sendMessages(await open(), requestOf({ recipients }));

    expect(results.map(({ error }) => error)).toEqual(people.map(() => undefined));
  });

  test('is confirmed subscribers alone, if it goes to many', async () => {
    const results = await sendMessages(await open(), requestOf({ recipients, reach: bulkReach }));

    expect(results.map(({ error }) => error)).toEqual(people.map(([, error]) => error));
  });
});

describe('the same message', () => {
  test('to the same address is one, and another one with other parameters', async () => {
    const ports = memoryPorts();
    const recipients = [to('a@example.com'), to('a@example.com'), to('a@example.com', { params: { name: 'Ann' } })];

    const results = await sendMessages(ports, requestOf({ recipients }));

    expect(results[1]?.requestId).toBe(results[0]?.requestId);
    expect(ports.memory.queuedMessages.map(({ requestId }) => requestId)).toEqual([
      results[0]?.requestId,
      results[2]?.requestId,
    ]);
  });

  test('asked for again under its own id stays as it is', async () => {
    const ports = memoryPorts();
    const recipients = [to('a@example.com', { requestId: 'mine' })];
    await sendMessages(ports, requestOf({ recipients }));
    await ports.messages.note('mine', { status: 'SENT', statusAt: since });

    await sendMessages(ports, requestOf({ recipients }));

    expect(ports.memory.messages.get('mine')).toMatchObject({ status: 'SENT' });
  });

  test('of a stored message names its version and is not kept once more', async () => {
    const ports = memoryPorts();
    const template = { templateId: 3, version: 2 };

    const [result] = await sendMessages(ports, requestOf({ template, recipients: [to('a@example.com')] }));

    expect(ports.memory.messages.get(result?.requestId ?? '')?.task?.content).toEqual(template);
    expect(ports.memory.contents.size).toBe(0);
  });
});
