import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { createImport, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { type MemoryPorts, memoryPorts } from '#test/support/memory-ports.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';

const publishing = (): MemoryPorts => ({ ...memoryPorts(), publishesFieldChanges: true });

/** Imports rows as one chunk, and delivers the chunk as often as that. */
const importRows = async (ports: MemoryPorts, rows: ContactDraft[], deliveries = 1): Promise<void> => {
  const { eventKeyForNewContacts: _, ...settings } = importSettings({ customFieldsIDs: [2] });
  const [chunk] = await createImport(ports, [importRowsOf(rows, settings)], settings);
  for (let delivery = 0; chunk && delivery < deliveries; delivery++) await importChunk(ports, chunk);
};

const changes = ({ memory }: MemoryPorts) =>
  memory.published.map(({ eventTypeKey, contactId, params }) => [eventTypeKey, contactId, params]);

describe('an import, where updates are told', () => {
  it('tells each changed member of each known contact once, and nothing of new ones', async () => {
    const ports = publishing();
    await importRows(ports, [{ email: 'a@x.x', firstName: 'Ann', fields: [{ id: 2, value: 'F' }] }]);
    expect(changes(ports)).toEqual([]);

    await importRows(
      ports,
      [
        { email: 'a@x.x', firstName: 'Anna' },
        { email: 'b@x.x', firstName: 'Bo' },
      ],
      2,
    );

    expect(changes(ports)).toEqual([
      ['ContactFieldChanged', 1, { contactId: 1, field: 'firstName', old: 'Ann', new: 'Anna' }],
      ['ContactFieldChanged', 1, { contactId: 1, field: 'fields.2', old: 'F', new: '' }],
    ]);
  });

  it('tells of rows that mean one contact what they came to together', async () => {
    const ports = publishing();
    await importRows(ports, [{ email: 'a@x.x', firstName: 'Ann' }]);

    await importRows(ports, [
      { email: 'a@x.x', firstName: 'Bea' },
      { email: 'a@x.x', firstName: 'Cleo', lastName: 'Smith' },
    ]);

    expect(changes(ports)).toEqual([
      ['ContactFieldChanged', 1, { contactId: 1, field: 'firstName', old: 'Ann', new: 'Cleo' }],
      ['ContactFieldChanged', 1, { contactId: 1, field: 'lastName', old: '', new: 'Smith' }],
    ]);
  });

  it('tells nothing where nothing changes, nor where the stage does not want to know', async () => {
    const ports = publishing();
    await importRows(ports, [{ email: 'a@x.x', firstName: 'Ann' }]);
    await importRows(ports, [{ email: 'a@x.x', firstName: 'Ann' }]);
    await importRows({ ...ports, publishesFieldChanges: false }, [{ email: 'a@x.x', firstName: 'Bea' }]);

    expect(changes(ports)).toEqual([]);
  });
});
