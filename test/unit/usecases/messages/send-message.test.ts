import { describe, expect, test } from 'vitest';
import type { Contact } from '#domain/contacts/contact.ts';
import {
  bulkReach,
  type MessageContent,
  type MessageTask,
  queuedMessage,
  transactionalReach,
} from '#domain/messages/message.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { readUnsubscribeToken } from '#domain/subscriptions/unsubscribe-token.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { emptyMemory, type Memory, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { noteDelivery } from '#usecases/messages/note-delivery.ts';
import { sendMessage } from '#usecases/messages/send-message.ts';

const noon = '2026-01-05T12:00:00.000Z';
const content: MessageContent = {
  channel: 'email',
  from: {},
  subject: 'Order ${order.number}',
  html: '<p>${contact.firstName} ${note}</p>',
};

/** Ports with one queued message to John, at a time that only the test moves on. */
const open = async ({ task = {}, contact = {} }: { task?: Partial<MessageTask>; contact?: Partial<Contact> } = {}) => {
  const memory = emptyMemory();
  const clock = { now: noon };
  const portsFor = (step?: Step) => ({
    ...memoryPorts({ memory, ...(step && { step }) }),
    now: () => clock.now,
  });
  const ports = portsFor();
  await ports.contacts.insertContacts([contactOf(contact)]);
  await ports.messages.putContent('content', content);
  const { to, params, ...rule } = {
    to: 'john@example.com',
    params: {},
    content: { contentId: 'content' },
    reach: transactionalReach,
    isPersonal: true,
    ...task,
  };
  const message = { requestId: 'request', contactId: 7, to, params };
  await ports.messages.create([queuedMessage(message, { channel: 'email', ...rule }, noon)], true);
  return { ports, portsFor, memory, clock };
};

const statusIn = ({ messages }: Memory) => messages.get('request');

describe('a queued message', () => {
  test('is sent with everything filled in, and then forgets how', async () => {
    const { ports, memory } = await open({
      task: { params: { order: { number: 7 }, note: '<b>' }, fromName: 'Shop' },
    });

    expect(await sendMessage(ports, 'request')).toBe('sent');

    expect(memory.carried).toEqual([
      {
        channel: 'email',
        from: { name: 'Shop' },
        subject: 'Order 7',
        html: '<p>John &#60;b&#62;</p>',
        requestId: 'request',
        to: 'john@example.com',
      },
    ]);
    expect(statusIn(memory)).toMatchObject({ status: 'SENT', statusAt: noon });
    expect(statusIn(memory)).not.toHaveProperty('task');
  });

  test('stays as it is where nothing is to be filled in', async () => {
    const { ports, memory } = await open({ task: { isPersonal: false } });

    await sendMessage(ports, 'request');

    expect(memory.carried).toMatchObject([{ subject: content.subject }]);
  });

  test('says how to unsubscribe, in its header and where its text asks for it, where it goes to many', async () => {
    const { ports, memory } = await open({ task: { reach: bulkReach }, contact: { languageCode: 'uk' } });
    await ports.messages.putContent('content', { ...content, text: 'Off: ${unsubscribeLink}' });

    await sendMessage(ports, 'request');

    const [mail] = memory.carried;
    const link = mail?.unsubscribeLink ?? '';
    expect(mail).toMatchObject({ text: `Off: ${link}`, html: '<p>John </p>' });
    expect(await readUnsubscribeToken(ports.sealer, link.split('?t=')[1] ?? '')).toEqual({
      contactId: 7,
      address: 'john@example.com',
      languageCode: 'uk',
    });
  });

  test('for one person alone has no such header, and its text still gets the link that it asks for', async () => {
    const { ports, memory } = await open({ task: { params: { unsubscribeLink: 'https://evil.example' } } });
    await ports.messages.putContent('content', { ...content, text: 'Off: ${unsubscribeLink}' });

    await sendMessage(ports, 'request');

    expect(memory.carried[0]).not.toHaveProperty('unsubscribeLink');
    expect(memory.carried[0]).toMatchObject({ text: expect.stringMatching(/^Off: https:\/\/contacts\.example\//) });
  });

  test('is sent once, however often it is delivered', async () => {
    const { ports, memory } = await open();

    await sendMessage(ports, 'request');

    expect(await sendMessage(ports, 'request')).toBe('over before');
    expect(await sendMessage(ports, 'unknown')).toBe('over before');
    expect(memory.carried).toHaveLength(1);
  });

  test('comes again after a failure', async () => {
    const { ports, portsFor, memory } = await open();
    const throttled = portsFor(async (name) => {
      if (name.startsWith('carry')) throw new Error('Throttled');
    });

    await expect(sendMessage(throttled, 'request')).rejects.toThrow('Throttled');

    expect(statusIn(memory)).toMatchObject({ status: 'QUEUED' });
    expect(await sendMessage(ports, 'request')).toBe('sent');
  });
});

describe('an attempt that died', () => {
  const dying = (at: string) => async (name: string) => {
    if (name.startsWith(at)) throw new Error('Killed');
  };
  /** Dies for good: not even its own clean-up is done. */
  const killedAt = (ports: ReturnType<Awaited<ReturnType<typeof open>>['portsFor']>) =>
    sendMessage({ ...ports, messages: { ...ports.messages, abandon: async () => {} } }, 'request').catch(
      () => 'killed',
    );

  test('before sending lets go after a minute, and the message is sent then', async () => {
    const { ports, portsFor, memory, clock } = await open();
    expect(await killedAt(portsFor(dying('carry')))).toBe('killed');

    await expect(sendMessage(ports, 'request')).rejects.toThrow('Another attempt');
    clock.now = hoursAfter(noon, 1 / 60);

    expect(await sendMessage(ports, 'request')).toBe('sent');
    expect(memory.carried).toHaveLength(1);
  });

  test('after sending does not make a second message once it was heard that the first is on its way', async () => {
    const { ports, portsFor, memory, clock } = await open();
    expect(await killedAt(portsFor(dying('noteMessage')))).toBe('killed');
    await noteDelivery(ports, { requestId: 'request', status: 'SENT', at: noon, suppress: [] });
    clock.now = hoursAfter(noon, 1);

    expect(await sendMessage(ports, 'request')).toBe('over before');
    expect(memory.carried).toHaveLength(1);
  });
});

describe('a message that must not be sent', () => {
  const suppression = (reason: Suppression['reason']): Suppression => ({
    address: 'john@example.com',
    reason,
    since: noon,
  });

  test.each([
    ['whose address was blacklisted meanwhile', {}, 'blacklisted', 'The address is blacklisted'],
    [
      'to many, whose address unsubscribed meanwhile',
      { reach: bulkReach },
      'unsubscribed',
      'The address has unsubscribed',
    ],
  ] as const)('is one %s', async (_, task, reason, said) => {
    const { ports, memory } = await open({ task });
    await ports.suppressions.add([suppression(reason)]);

    expect(await sendMessage(ports, 'request')).toBe('refused');
    expect(statusIn(memory)).toMatchObject({ status: 'UNDELIVERED', reason: said });
    expect(memory.carried).toEqual([]);
  });

  test('is one whose contact was erased', async () => {
    const { ports, memory } = await open({ contact: { state: 'erased' } });

    expect(await sendMessage(ports, 'request')).toBe('refused');
    expect(memory.carried).toEqual([]);
  });

  test('suppresses a phone number that has answered STOP to the service, for every later SMS', async () => {
    const { ports } = await open({ task: { to: '380942583691' } });
    const messageCarrier = { send: async () => ({ refused: 'It has answered STOP', hasStopped: true as const }) };

    expect(await sendMessage({ ...ports, messageCarrier }, 'request')).toBe('refused');

    expect(await ports.suppressions.find(['380942583691'])).toEqual([
      { address: '380942583691', reason: 'blacklisted', cause: 'stopped', since: noon },
    ]);
  });

  test('is one that the carrier refuses for good', async () => {
    const { ports, memory } = await open();
    const messageCarrier = { send: async () => ({ refused: 'malformed' }) };

    expect(await sendMessage({ ...ports, messageCarrier }, 'request')).toBe('refused');
    expect(statusIn(memory)).toMatchObject({ status: 'UNDELIVERED', reason: 'malformed' });
  });
});

describe('what is heard of a message', () => {
  const heard = (status: 'SENT' | 'DELIVERED' | 'UNDELIVERED' | 'SPAM') => ({
    requestId: 'request',
    status,
    at: noon,
    suppress: [],
  });

  test('counts by what comes later, in whatever order it is heard', async () => {
    const { ports, memory } = await open();

    const noted = [
      await noteDelivery(ports, heard('DELIVERED')),
      await noteDelivery(ports, heard('SENT')),
      await noteDelivery(ports, heard('DELIVERED')),
      await noteDelivery(ports, heard('SPAM')),
      await noteDelivery(ports, heard('UNDELIVERED')),
    ];

    expect(noted).toEqual([true, false, false, true, false]);
    expect(statusIn(memory)).toMatchObject({ status: 'SPAM' });
  });

  test('is overtaken by nothing that its own sender notes later', async () => {
    const { ports, memory } = await open();
    const messageCarrier = {
      send: async () => {
        await noteDelivery(ports, { ...heard('UNDELIVERED'), reason: 'bounced' });
        return 'accepted' as const;
      },
    };

    await sendMessage({ ...ports, messageCarrier }, 'request');

    expect(statusIn(memory)).toMatchObject({ status: 'UNDELIVERED', reason: 'bounced' });
  });

  test('suppresses addresses, also of messages that are not kept, and a stronger reason stays', async () => {
    const { ports, memory } = await open();
    const suppress = (reason: Suppression['reason']) => [{ address: 'john@example.com', reason }];

    await noteDelivery(ports, { at: noon, suppress: suppress('blacklisted') });
    await noteDelivery(ports, { ...heard('SPAM'), suppress: suppress('spam') });

    expect([...memory.suppressions.values()]).toEqual([
      { address: 'john@example.com', reason: 'blacklisted', since: noon },
    ]);
  });
});
