import { describe, expect, test } from 'vitest';
import type { MessageContent } from '#domain/messages/message.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import {
  createTemplate,
  readTemplate,
  readTemplateOf,
  removeTemplate,
  removeTemplateOf,
  replaceTemplate,
  updateTemplate,
} from '#usecases/messages/manage-templates.ts';

const email: MessageContent = { channel: 'email', from: {}, subject: 'Hello', text: 'Hello' };
const sms: MessageContent = { channel: 'sms', text: 'Hello' };

describe('a stored message', () => {
  test('is made, replaced by a next version, and removed', async () => {
    const ports = memoryPorts();

    const created = await createTemplate(ports, { name: 'Greeting', content: email });
    const replaced = await replaceTemplate(ports, created.id, { name: 'Code', content: sms });

    expect(created).toMatchObject({ id: 1, version: 1, channel: 'email' });
    expect(replaced).toMatchObject({ id: 1, version: 2, channel: 'sms', name: 'Code', createdAt: created.createdAt });
    expect(await readTemplate(ports, 1)).toEqual(replaced);
    await removeTemplate(ports, 1);
    await expect(readTemplate(ports, 1)).rejects.toMatchObject({ code: 'NOT_FOUND', message: /not found/ });
  });

  test('that two replace at once has both versions one after the other', async () => {
    const ports = memoryPorts();
    await createTemplate(ports, { name: 'Greeting', content: email });

    const versions = await Promise.all(
      [email, sms].map(async (content) => (await replaceTemplate(ports, 1, { name: 'Greeting', content })).version),
    );

    expect(versions.toSorted()).toEqual([2, 3]);
  });

  test('keeps its tags until others are named', async () => {
    const ports = memoryPorts();
    await createTemplate(ports, { name: 'Greeting', content: email, tags: ['a'] });

    const replaced = await replaceTemplate(ports, 1, { name: 'Hello', content: email });
    const tagged = await updateTemplate(ports, { id: 1, channel: 'email' }, (template) => ({
      ...template,
      tags: ['b'],
    }));

    expect(replaced.tags).toEqual(['a']);
    expect([tagged.tags, tagged.version, (await readTemplate(ports, 1)).tags]).toEqual([['b'], 3, ['b']]);
  });

  test('of another channel is not found by a channel', async () => {
    const ports = memoryPorts();
    await createTemplate(ports, { name: 'Code', content: sms });
    const named = { id: 1, channel: 'email' } as const;

    await expect(readTemplateOf(ports, named)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(updateTemplate(ports, named, (template) => template)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(removeTemplateOf(ports, named)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await removeTemplateOf(ports, { id: 1, channel: 'sms' })).toMatchObject({ id: 1, name: 'Code' });
  });

  test.each([readTemplate, removeTemplate])('that nobody made is not found', async (work) => {
    await expect(work(memoryPorts(), 9)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
