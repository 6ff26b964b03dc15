import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import { type ChunkRule, chunkRows, rowsPerChunk } from '#domain/imports/chunk-rows.ts';
import { dedupeKeys, type ImportRow } from '#domain/imports/import-session.ts';

const rowsOf = (drafts: readonly ContactDraft[]): ImportRow[] =>
  drafts.map((draft, index) => ({ row: index + 1, draft }));

/** The row numbers of each chunk. */
const chunksOf = (drafts: readonly ContactDraft[], rule: ChunkRule, size: number): number[][] =>
  chunkRows(rowsOf(drafts), rule, size).map((rows) => rows.map(({ row }) => row));

const byEmail = { dedupeOn: 'email' } as const;

describe('rows that may mean the same contact stay together and in order', () => {
  it.each<{ title: string; rule: ChunkRule; drafts: ContactDraft[]; expected: number[][] }>([
    {
      title: 'by e-mail',
      rule: byEmail,
      drafts: [{ email: 'x@x.x' }, { email: 'y@x.x' }, { email: 'x@x.x' }],
      expected: [[1, 3], [2]],
    },
    {
      title: 'by externalCustomerId',
      rule: byEmail,
      drafts: [{ externalCustomerId: 'X', email: 'a@x.x' }, { email: 'y@x.x' }, { externalCustomerId: 'X' }],
      expected: [[1, 3], [2]],
    },
    {
      title: 'over a chain of e-mail and externalCustomerId',
      rule: byEmail,
      drafts: [
        { email: 'x@x.x' },
        { email: 'other@x.x' },
        { externalCustomerId: 'X', email: 'y@x.x' },
        { externalCustomerId: 'X', email: 'x@x.x' },
        { email: 'y@x.x' },
      ],
      expected: [[1, 3, 4, 5], [2]],
    },
    {
      title: 'by phone or e-mail',
      rule: { dedupeOn: 'email_or_sms' },
      drafts: [{ email: 'x@x.x', sms: '1' }, { email: 'y@x.x' }, { email: 'z@x.x', sms: '1' }],
      expected: [[1, 3], [2]],
    },
    {
      title: 'by a token, which belongs to whoever names it last',
      rule: byEmail,
      drafts: [
        { email: 'x@x.x', tokens: [{ type: 'mobilepush', value: 't' }] },
        { email: 'y@x.x' },
        { email: 'z@x.x', tokens: [{ type: 'mobilepush', value: 't' }] },
      ],
      expected: [[1, 3], [2]],
    },
    { title: 'by id', rule: { dedupeOn: 'id' }, drafts: [{ id: 5 }, { id: 6 }, { id: 5 }], expected: [[1, 3], [2]] },
    {
      title: 'by a custom field, however its value is written',
      rule: {
        dedupeOn: 'fieldId',
        fieldId: 101,
        field: { id: 101, group: 'Shop', name: 'Card', key: 'CARD', type: 'number', identifier: true },
      },
      drafts: [
        { fields: [{ id: 101, value: '5' }] },
        { fields: [{ id: 101, value: '6' }] },
        { fields: [{ id: 101, value: '+5' }] },
      ],
      expected: [[1, 3], [2]],
    },
    {
      title: 'but not by a phone that nobody is matched by',
      rule: byEmail,
      drafts: [{ email: 'x@x.x', sms: '1' }, { email: 'y@x.x' }, { email: 'z@x.x', sms: '1' }],
      expected: [[1, 2], [3]],
    },
  ])('$title', ({ rule, drafts, expected }) => {
    expect(chunksOf(drafts, rule, 2)).toEqual(expected);
  });

  it('even where they are more than a chunk holds', () => {
    const drafts = Array.from({ length: 5 }, () => ({ email: 'x@x.x' }));

    expect(chunksOf(drafts, byEmail, 2)).toEqual([[1, 2, 3, 4, 5]]);
  });
});

describe('chunks', () => {
  it(`hold ${rowsPerChunk} unrelated rows`, () => {
    const drafts = Array.from({ length: 2 * rowsPerChunk + 1 }, (_, index) => ({ email: `${index}@x.x` }));

    expect(chunkRows(rowsOf(drafts), byEmail).map((rows) => rows.length)).toEqual([rowsPerChunk, rowsPerChunk, 1]);
  });

  it('take refused rows along', () => {
    const refused: ImportRow = { row: 2, errors: [], values: {} };
    const [first, third] = rowsOf([{ email: 'x@x.x' }, { email: 'y@x.x' }]);

    const chunks = chunkRows([...(first ? [first] : []), refused, ...(third ? [{ ...third, row: 3 }] : [])], byEmail);

    expect(chunks.map((rows) => rows.map(({ row }) => row))).toEqual([[1, 2, 3]]);
  });

  it('hold every row exactly once, no identity in two of them, and related rows in order', () => {
    const some = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
    const draft = fc
      .record({
        email: some('a@x.x', 'b@x.x', 'c@x.x', 'd@x.x', 'e@x.x'),
        sms: some('1', '2', '3'),
        externalCustomerId: some('A', 'B', 'C'),
        id: some(1, 2, 3),
      })
      .map(
        (given): ContactDraft => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      );
    const dedupeOn = fc.constantFrom(...dedupeKeys);
    const sizes = fc.integer({ min: 1, max: 6 });

    fc.assert(
      fc.property(fc.array(draft, { maxLength: 30 }), dedupeOn, sizes, (drafts, key, size) => {
        const chunks = chunksOf(drafts, { dedupeOn: key }, size);

        expect(chunks.flat().sort((one, other) => one - other)).toEqual(drafts.map((_, index) => index + 1));
        const homes = new Map<string, number>();
        const last = new Map<string, number>();
        chunks.forEach((rows, chunk) => {
          for (const row of rows) {
            for (const identity of linksOf(drafts[row - 1] ?? {}, key)) {
              expect(homes.get(identity) ?? chunk).toBe(chunk);
              expect(last.get(identity) ?? 0).toBeLessThan(row);
              homes.set(identity, chunk);
              last.set(identity, row);
            }
          }
        });
      }),
    );
  });
});

const linksOf = ({ email, sms, externalCustomerId, id }: ContactDraft, dedupeOn: string): string[] =>
  [
    externalCustomerId && `ext ${externalCustomerId}`,
    ['email', 'email_or_sms'].includes(dedupeOn) && email && `email ${email}`,
    ['sms', 'email_or_sms'].includes(dedupeOn) && sms && `sms ${sms}`,
    dedupeOn === 'id' && id && `id ${id}`,
  ].filter((link) => typeof link === 'string');
