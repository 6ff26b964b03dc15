import { describe, expect, it } from 'vitest';
import { lineOf, moveIn } from '#test/support/files/moved-in.ts';

const read = async (...rows: (readonly string[])[]): Promise<string[]> => {
  const text = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
  return (await moveIn(Buffer.from(text))).rows.map(lineOf);
};

const addressed = async (...rows: (readonly string[])[]) => {
  const text = rows.map((cells) => cells.join(',')).join('\n');
  return (await moveIn(Buffer.from(text))).rows.map((row) => ('draft' in row ? row.draft.address : row.errors));
};

describe('several values in one cell', () => {
  it.each([
    ['a@x.example; b@x.example', 'a@x.example | - | - | - | - | open | open | SPARE_VALUE Email'],
    ['a@x.example b@x.example', 'a@x.example | - | - | - | - | open | open | SPARE_VALUE Email'],
    ['"Lee, Ann" <a@x.example>', 'a@x.example | - | - | - | - | open | open'],
    ['a@x.example, no.at.sign', 'a@x.example | - | - | - | - | open | open | INVALID_EMAIL Email'],
    ['nobody; a@x.example', 'a@x.example | - | - | - | - | open | open | INVALID_EMAIL Email'],
    ['ann smith@x.example', 'failed: INVALID_EMAIL Email'],
  ])('%s', async (cell, line) => {
    expect(await read(['Email', 'Colour'], [cell, 'red'])).toEqual([line]);
  });
});

describe('a name in one column', () => {
  it('is split by what its header says', async () => {
    expect(await read(['Email', 'ПІБ'], ['a@x.example', 'Коваль Олена'])).toEqual([
      'a@x.example | - | Олена | Коваль | - | open | open',
    ]);
    expect(await read(['Email', 'Name'], ['a@x.example', 'Mr. Lee'])).toEqual([
      'a@x.example | - | - | Lee | - | open | open',
    ]);
  });

  it('is split in JSON, too', async () => {
    const { rows } = await moveIn(Buffer.from('{"email": "a@x.example", "ПІБ": "Коваль Олена"}\n'));

    expect(rows.map(lineOf)).toEqual(['a@x.example | - | Олена | Коваль | - | open | open']);
  });
});

describe('several addresses of a person', () => {
  const header = ['Email', 'Billing City', 'Billing Street', 'Shipping City', 'Shipping Street'];

  it('are told where they differ', async () => {
    expect(await read(header, ['a@x.example', 'Kyiv', 'First 1', 'Lviv', 'First 1'])).toEqual([
      'a@x.example | - | - | - | - | open | open | SPARE_VALUE Shipping City',
    ]);
  });

  it('are not told where they are the same or there is one', async () => {
    const open = 'a@x.example | - | - | - | - | open | open';

    expect(await read(header, ['a@x.example', 'Kyiv', 'First 1', 'Kyiv', 'First 1'])).toEqual([open]);
    expect(await read(header, ['a@x.example', 'Kyiv', 'First 1', '', ''])).toEqual([open]);
    expect(await addressed(header, ['a@x.example', '', '', 'Lviv', 'Second 2'])).toEqual([
      { town: 'Lviv', address: 'Second 2' },
    ]);
  });
});

describe('a column of regions', () => {
  const regions = async (...cells: string[]) =>
    addressed(['email', 'State'], ...cells.map((cell, index) => [`p${index}@x.example`, cell]));

  it('may have one that is unknown', async () => {
    expect(await regions('Ohio', 'Texas', 'unknown')).toEqual([
      { region: 'Ohio' },
      { region: 'Texas' },
      { region: 'unknown' },
    ]);
  });

  it.each([
    ['enabled', 'disabled', 'perhaps'],
    ['Ohio', 'Texas', 'Unsubscribed'],
  ])('is of consent where it says so: %s, %s, %s', async (...cells) => {
    await expect(regions(...cells)).rejects.toMatchObject({ code: 'CONSENT_COLUMN_UNCLEAR' });
  });
});
