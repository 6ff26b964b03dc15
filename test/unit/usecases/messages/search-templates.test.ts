import { expect, test } from 'vitest';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { createTemplate } from '#usecases/messages/manage-templates.ts';
import { searchTemplates } from '#usecases/messages/search-templates.ts';

const email = (subject: string) => ({ channel: 'email', from: {}, subject, text: 'hidden' }) as const;

test.each([
  ['email', '', 0, 500, ['Welcome', 'Order'], 2],
  ['email', 'ORDER', 0, 500, ['Order'], 1],
  ['email', 'good', 0, 500, ['Welcome'], 1],
  ['email', 'vip', 0, 500, ['Order'], 1],
  ['email', 'hidden', 0, 500, [], 0],
  ['email', '', 1, 1, ['Order'], 2],
  ['email', '', 2, 5, [], 2],
  ['sms', '', 0, 500, ['Code'], 1],
  ['sms', 'order', 0, 500, [], 0],
] as const)(
  'stored messages of %s that say %j, from %i at most %i, are %j of %i',
  async (channel, search, skip, take, names, total) => {
    const ports = memoryPorts();
    await createTemplate(ports, { name: 'Welcome', content: email('Good day') });
    await createTemplate(ports, { name: 'Code', content: { channel: 'sms', text: 'Hello' } });
    await createTemplate(ports, { name: 'Order', content: email('Thanks'), tags: ['VIP'] });

    const found = await searchTemplates(ports, { channel, search, skip, take });

    expect([found.rows.map(({ name }) => name), found.total]).toEqual([names, total]);
  },
);

test('more stored messages than are read at once are found, too', async () => {
  const ports = memoryPorts();
  for (let count = 0; count < 501; count++) await createTemplate(ports, { name: `No. ${count}`, content: email('x') });

  const { rows, total } = await searchTemplates(ports, { channel: 'email', search: '', skip: 500, take: 5 });

  expect([rows.map(({ name }) => name), total]).toEqual([['No. 500'], 501]);
});
