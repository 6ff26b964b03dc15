import { describe, expect, it } from 'vitest';
import type { ImportRow } from '#domain/imports/import-session.ts';
import type { Suppression } from '#domain/subscriptions/suppression.ts';
import { createImport, deliver, importSettings } from '#test/support/imports/import-runs.ts';
import { emptyMemory, type Memory, memoryPorts } from '#test/support/memory-ports.ts';

const unsubscribed = { email: { reason: 'unsubscribed', since: '2023-02-03T08:00:00.000Z' } } as const;

const imported = async (rows: readonly ImportRow[], memory = emptyMemory()): Promise<Memory> => {
  const settings = importSettings({ dedupeOn: 'email_or_sms' });
  const [chunk] = await createImport(memoryPorts({ memory }), [rows], settings);
  if (chunk) await deliver(memory, chunk);
  return memory;
};

const suppressed = ({ suppressions }: Memory): Suppression[] => [...suppressions.values()];

const contactsIn = ({ contacts }: Memory) => [...contacts.values()];

describe('a row that says no', () => {
  it('makes a contact whose addresses are suppressed with the reason and since when', async () => {
    const memory = await imported([
      {
        row: 1,
        draft: { email: 'a@x.x', sms: '380501112233' },
        refusals: { ...unsubscribed, sms: { reason: 'blacklisted' } },
      },
    ]);

    expect(contactsIn(memory)).toMatchObject([{ email: 'a@x.x', sms: '380501112233' }]);
    expect(suppressed(memory)).toMatchObject([
      { address: 'a@x.x', ...unsubscribed.email },
      { address: '380501112233', reason: 'blacklisted', since: expect.any(String) },
    ]);
  });

  it('is heard where the row itself fails, and at every address of the person', async () => {
    const memory = await imported([
      {
        row: 1,
        errors: [{ code: 'EXTERNAL_ID_CONFLICT', field: 'x', message: 'x' }],
        values: {},
        refusals: unsubscribed,
        addresses: ['a@x.x', 'b@x.x'],
      },
    ]);

    expect(suppressed(memory).map(({ address }) => address)).toEqual(['a@x.x', 'b@x.x']);
  });

  it('is heard at the addresses of a contact that is known by something else', async () => {
    const memory = await imported([{ row: 1, draft: { email: 'a@x.x', externalCustomerId: 'C-1' } }]);

    await imported(
      [{ row: 1, draft: { externalCustomerId: 'C-1', firstName: 'Ann' }, refusals: unsubscribed }],
      memory,
    );

    expect(suppressed(memory)).toMatchObject([{ address: 'a@x.x', ...unsubscribed.email }]);
  });

  it('wins over another row of the same person, in whatever order', async () => {
    const yes: ImportRow = { row: 1, draft: { email: 'a@x.x' } };
    const no: ImportRow = { row: 2, draft: { email: 'a@x.x', confirmed: false }, refusals: unsubscribed };

    for (const rows of [
      [yes, no],
      [no, yes],
    ]) {
      const memory = await imported(rows);

      expect(suppressed(memory)).toHaveLength(1);
      expect(contactsIn(memory)).toMatchObject([{ confirmed: false }]);
    }
  });
});

describe('an import', () => {
  it('never lifts a suppression', async () => {
    const memory = await imported([
      { row: 1, draft: { email: 'a@x.x' }, refusals: { email: { reason: 'blacklisted' } } },
    ]);

    await imported([{ row: 1, draft: { email: 'a@x.x', firstName: 'Ann' } }], memory);
    await imported([{ row: 1, draft: { email: 'a@x.x' }, refusals: unsubscribed }], memory);

    expect(suppressed(memory)).toMatchObject([{ address: 'a@x.x', reason: 'blacklisted' }]);
  });

  it('takes an unconfirmed address back from nobody who confirmed it here', async () => {
    const memory = await imported([
      { row: 1, draft: { email: 'a@x.x' } },
      { row: 2, draft: { email: 'b@x.x' } },
    ]);
    const [own] = contactsIn(memory);
    if (own) memory.contacts.set(own.id, { ...own, confirmedAt: '2026-01-05T09:00:00.000Z' });

    await imported(
      [
        { row: 1, draft: { email: 'a@x.x', confirmed: false } },
        { row: 2, draft: { email: 'b@x.x', confirmed: false } },
      ],
      memory,
    );

    expect(contactsIn(memory).map(({ email, confirmed }) => [email, confirmed])).toEqual([
      ['a@x.x', true],
      ['b@x.x', false],
    ]);
  });
});
