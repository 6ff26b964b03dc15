import { describe, expect, it } from 'vitest';
import { parseAddContacts } from '#contract/imports/add-contacts.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import { withoutSharedIds } from '#domain/imports/shared-ids.ts';
import { createImport, importRowsOf, importSettings } from '#test/support/imports/import-runs.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { importChunk } from '#usecases/imports/import-chunk.ts';

const ann = { externalCustomerId: 'WALK-IN', email: 'ann@example.com', sms: '380671230201' };
const bob = { externalCustomerId: 'WALK-IN', email: 'bob@example.com', sms: '380671230202' };
const cyd = { externalCustomerId: 'C-3', email: 'cyd@example.com', sms: '380671230203' };
const settings = importSettings();

const codesOf = (rows: readonly ImportRow[]) => rows.map((row) => ('errors' in row ? row.errors[0]?.code : 'saved'));

const asContact = ({ externalCustomerId, email, sms }: typeof ann) => ({
  externalCustomerId,
  channels: [
    { type: 'email', value: email },
    { type: 'sms', value: sms },
  ],
});

describe('one externalCustomerId beside several addresses and several phones', () => {
  it('fails all its rows and no other, in a request and in a file', () => {
    const { rows, failedContacts } = parseAddContacts(
      { contacts: [ann, bob, cyd].map(asContact) },
      { defaultCountry: 'UA' },
    );
    const ofFile = withoutSharedIds(importRowsOf([ann, bob, cyd], settings), settings);

    const expected = ['SHARED_EXTERNAL_ID', 'SHARED_EXTERNAL_ID', 'saved'];
    expect(codesOf(rows)).toEqual(expected);
    expect(codesOf(ofFile)).toEqual(expected);
    expect(failedContacts.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('is let through where it is asked for', () => {
    const contacts = [ann, bob].map(asContact);
    const { rows } = parseAddContacts({ contacts, allowSharedIds: true }, { defaultCountry: 'UA' });

    expect(codesOf(rows)).toEqual(['saved', 'saved']);
  });

  it.each([
    ['another address', { ...ann, email: 'ann@new.example' }],
    ['another phone', { ...ann, sms: '380671230299' }],
  ])('is one customer with %s', (_, later) => {
    expect(codesOf(withoutSharedIds(importRowsOf([ann, later], settings), settings))).toEqual(['saved', 'saved']);
  });

  it('keeps what such a row says against writing to the person', () => {
    const refusals = { email: { reason: 'unsubscribed' } } as const;
    const rows = importRowsOf([ann, bob], settings).map((row) => ({ ...row, refusals }));

    expect(withoutSharedIds(rows, settings)[1]).toMatchObject({ refusals, addresses: [bob.email, bob.sms] });
  });

  it('never overwrites what another part of the import saved, and lets another import update it', async () => {
    const ports = memoryPorts();
    const chunks = await createImport(ports, [importRowsOf([ann], settings), importRowsOf([bob], settings)], settings);
    for (const chunk of chunks) await importChunk(ports, chunk);
    const [first] = ports.memory.contacts.values();

    expect(first).toMatchObject(ann);
    expect(ports.memory.contacts.size).toBe(1);
    expect([...ports.memory.chunks.values()].map(({ counts }) => counts?.failed)).toEqual([0, 1]);

    const [later] = await createImport(ports, [importRowsOf([bob], settings)], settings);
    if (later) await importChunk(ports, later);
    expect([...ports.memory.contacts.values()][0]).toMatchObject(bob);
  });
});
