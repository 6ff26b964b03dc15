import { describe, expect, test } from 'vitest';
import type { MessageContent } from '#domain/messages/message.ts';
import { contactOf } from '#test/support/contacts/contact-makers.ts';
import { emptyMemory, type Memory, memoryPorts, type Step } from '#test/support/memory-ports.ts';
import { dispatchMessage } from '#usecases/messages/dispatch-message.ts';
import { sendToSegment } from '#usecases/messages/send-to-segment.ts';

const content: MessageContent = { channel: 'email', from: {}, subject: 'News ${name}', text: 'News' };
const members = 60;

const portsOn = (memory: Memory, step?: Step) => memoryPorts({ memory, ...(step && { step }) });

/** A segment of contacts, the first of which are not to get bulk mail, and a message to it that was accepted. */
const open = async (about: { allowUnconfirmed?: boolean } = {}) => {
  const memory = emptyMemory();
  const ports = portsOn(memory);
  const [segment] = await ports.segments.ensure(['Readers']);
  const segmentId = segment?.id ?? 0;
  const ids = Array.from({ length: members }, (_, index) => index + 1);
  await ports.contacts.insertContacts(
    ids.map((id) => contactOf({ id, email: `reader-${id}@example.com`, confirmed: id !== 1 })),
  );
  await ports.contacts.changeMemberships({
    add: ids.map((contactId) => ({ contactId, segmentId, epoch: 1 })),
    remove: [],
  });
  await ports.suppressions.add([
    { address: 'reader-2@example.com', reason: 'unsubscribed', since: '2026-01-01T00:00:00.000Z' },
  ]);
  const reach = { unconfirmed: about.allowUnconfirmed ?? false, unsubscribed: true };
  const [accepted] = await dispatchMessage(ports, {
    content,
    audience: { segmentId },
    reach,
    isPersonal: true,
    params: { name: 'all' },
  });
  return { memory, ports, segmentId, requestId: accepted?.requestId ?? '' };
};

/** Works on the queue until it is empty; what fails comes again. */
const drain = async (memory: Memory, step?: Step): Promise<number> => {
  let failures = 0;
  for (let work = memory.sentSendings.shift(); work && failures < 200; work = memory.sentSendings.shift()) {
    try {
      await sendToSegment(portsOn(memory, step), work);
    } catch {
      failures += 1;
      memory.sentSendings.push(work);
      // The minute is over for which a dead attempt holds its message.
      for (const [id, { heldUntil: _, ...message }] of memory.messages) memory.messages.set(id, message);
    }
  }
  return failures;
};

const addressed = ({ carried }: Memory) => carried.map(({ to }) => to);

describe('a message to a segment', () => {
  test('is one result, and goes to everybody who may get bulk mail, once', async () => {
    const { memory, requestId } = await open();

    await drain(memory);

    expect(new Set(addressed(memory)).size).toBe(members - 2);
    expect(addressed(memory)).toHaveLength(members - 2);
    expect(addressed(memory)).not.toContain('reader-1@example.com');
    expect(addressed(memory)).not.toContain('reader-2@example.com');
    expect(memory.carried[0]).toMatchObject({ subject: 'News all' });
    expect(memory.messages.get(requestId)).toMatchObject({ status: 'SENT' });
  });

  test('goes to unconfirmed addresses where that is asked for, and never to those who unsubscribed', async () => {
    const { memory } = await open({ allowUnconfirmed: true });

    await drain(memory);

    expect(addressed(memory)).toContain('reader-1@example.com');
    expect(addressed(memory)).not.toContain('reader-2@example.com');
  });

  test('to a shared address is one, however many members have it', async () => {
    const { memory, ports } = await open();
    const { contacts } = await ports.contacts.readContacts([3, 40], []);
    for (const contact of contacts) memory.contacts.set(contact.id, { ...contact, email: 'shared@example.com' });

    await drain(memory);

    expect(addressed(memory).filter((to) => to === 'shared@example.com')).toHaveLength(1);
  });

  test('is sent to each of them once, whichever operation kills its function', async () => {
    const whole = await open();
    const names: string[] = [];
    await drain(whole.memory, async (name) => void names.push(name));

    for (let dying = 0; dying < names.length; dying += 7) {
      const { memory, requestId } = await open();
      let operations = 0;
      const failures = await drain(memory, async () => {
        operations += 1;
        if (operations === dying + 1) throw new Error('Killed');
      });

      const twice = addressed(memory).length - new Set(addressed(memory)).size;
      expect(failures, names[dying]).toBe(1);
      expect(new Set(addressed(memory)).size, names[dying]).toBe(members - 2);
      // Only a message that was handed over and not noted may go out once more.
      expect(twice, names[dying]).toBe(
        names[dying]?.startsWith('noteMessage') && names[dying] !== `noteMessage ${requestId}` ? 1 : 0,
      );
      expect(memory.messages.get(requestId)).toMatchObject({ status: 'SENT' });
    }
  });

  test('goes on with the others where one fails for the moment', async () => {
    const { memory } = await open();
    let calls = 0;
    const ports = portsOn(memory, async (name) => {
      if (name.startsWith('carry')) calls += 1;
      if (name.startsWith('carry') && calls === 4) throw new Error('Throttled');
    });

    const [work] = memory.sentSendings.splice(0);
    await expect(sendToSegment(ports, work ?? { requestId: '' })).rejects.toThrow('Throttled');

    expect([calls, memory.carried.length]).toEqual([23, 22]);
    expect(memory.sentSendings).toEqual([]);
  });

  test('that is not kept any more is over', async () => {
    const { memory, ports } = await open();
    memory.sendings.clear();

    expect(await sendToSegment(ports, { requestId: 'gone' })).toEqual({ sent: 0, leftOut: 0 });
    expect(memory.carried).toEqual([]);
  });

  test('is refused where there is no such segment, and where the stage lacks the channel', async () => {
    const { ports, segmentId } = await open();
    const request = {
      content,
      audience: { segmentId: 99 },
      reach: { unconfirmed: false, unsubscribed: false },
      isPersonal: true,
      params: {},
    };

    await expect(dispatchMessage(ports, request)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const lacking = { ...ports, messageChannels: { missing: () => 'no SMS' } };
    await expect(dispatchMessage(lacking, { ...request, audience: { segmentId } })).rejects.toMatchObject({
      code: 'NO_SENDER',
      message: 'no SMS',
    });
  });
});
