import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addContacts, contactOf, contactWith, imported, importOver, startFlowStack } from '#test/support/flow-stack.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-data-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('a stack that keeps its data', () => {
  it('knows its contacts, segments, events and imports after a restart, and goes on with what was queued', async () => {
    const first = await startFlowStack({ dataDir });
    const body = { contacts: [contactWith('kept@example.com')], groupNames: ['Kept'], eventKeyForNewContacts: 'kept' };
    const { ids, sessionId } = await imported(first, body);
    const contacts = Array.from({ length: 1500 }, (_, index) => contactWith(`queued-${index}@example.com`));
    const { asyncSessionId: queued } = await addContacts(first, { contacts });
    await first.stop();

    const second = await startFlowStack({ dataDir });
    try {
      const contact = await contactOf(second, ids[0]);
      const status = await importOver(second, sessionId);
      const again = await imported(second, body);
      const late = await importOver(second, queued);

      expect(contact.groups.map(({ name }) => name)).toEqual(['Kept']);
      expect(status.mapping).toEqual([{ dedupeValue: 'kept@example.com', contactId: ids[0] }]);
      expect(again.ids).toEqual(ids);
      expect([late.status, late.mapping?.length]).toEqual(['FINISHED', 1500]);
    } finally {
      await second.stop();
    }
  });
});
