import { describe, expect, test } from 'vitest';
import type { QueuedMessage } from '#domain/messages/message.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { findRecipients } from '#usecases/messages/find-recipients.ts';
import { listActivity, listMessagesTo } from '#usecases/messages/list-activity.ts';
import { createTemplate } from '#usecases/messages/manage-templates.ts';

const at = (hour: number) => `2026-01-05T${String(hour).padStart(2, '0')}:00:00.000Z`;
const day = { from: at(0), until: at(23) };

/** Two contacts, and four messages to them: three were sent, of which one is of a stored message. */
const arranged = async () => {
  const ports = memoryPorts();
  const found = await findRecipients(ports, 'email', ['ann@b.co', 'bob@b.co']);
  const [ann = 0, bob = 0] = found.map((one) => ('contact' in one ? one.contact.id : 0));
  const { id: templateId } = await createTemplate(ports, { name: 'Order', content: { channel: 'sms', text: 'x' } });
  const messageTo = (contactId: number, hour: number): QueuedMessage => ({
    requestId: `m-${hour}`,
    contactId,
    channel: 'email',
    status: 'QUEUED',
    createdAt: at(hour),
    statusAt: at(hour),
    task: {
      to: 'x',
      content: { contentId: 'x' },
      params: {},
      reach: { unconfirmed: true, unsubscribed: true },
      isPersonal: true,
    },
  });
  await ports.messages.create(
    [{ ...messageTo(ann, 1), templateId }, messageTo(bob, 2), messageTo(ann, 3), messageTo(ann, 4)],
    false,
  );
  for (const hour of [1, 2, 3]) await ports.messages.note(`m-${hour}`, { status: 'SENT', statusAt: at(hour + 10) });
  return { ports, ann, bob };
};

describe('what became of messages', () => {
  test('is told of those that were sent, with their contacts and names', async () => {
    const { ports, ann, bob } = await arranged();

    const activities = await listActivity(ports, { ...day, limit: 10 });

    expect(activities.map(({ message, contact, name }) => [message.requestId, contact.id, name])).toEqual([
      ['m-1', ann, 'Order'],
      ['m-2', bob, undefined],
      ['m-3', ann, undefined],
    ]);
    expect(await listActivity(ports, { ...day, until: at(5), limit: 10 })).toEqual([]);
  });

  test('is not told of a contact that was erased', async () => {
    const { ports, bob } = await arranged();
    const contact = ports.memory.contacts.get(bob);
    if (contact) ports.memory.contacts.set(bob, { ...contact, state: 'erased' });

    const activities = await listActivity(ports, { ...day, limit: 10 });

    expect(activities.map(({ message }) => message.requestId)).toEqual(['m-1', 'm-3']);
  });

  test('is told of one contact, the newest first', async () => {
    const { ports } = await arranged();
    const listed = async (about: object) => {
      const search = { ...day, named: { email: 'ann@b.co' }, skip: 0, take: 10, ...about };
      return (await listMessagesTo(ports, search)).map(({ message }) => message.requestId);
    };

    expect(await listed({})).toEqual(['m-3', 'm-1']);
    expect(await listed({ skip: 1, take: 1 })).toEqual(['m-1']);
    expect(await listed({ skip: 5 })).toEqual([]);
    expect(await listed({ from: at(12) })).toEqual(['m-3']);
    await expect(listed({ named: { email: 'nobody@b.co' } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(listed({ named: {} })).rejects.toMatchObject({ code: 'NOT_FOUND', message: /not found/ });
  });
});
