import { describe, expect, it } from 'vitest';
import { openFile, resumeFile } from '#csv/open-file.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { fileSource } from '#test/support/files/file-source.ts';
import { lineOf, moveIn } from '#test/support/files/moved-in.ts';
import { encodeText, zipped } from '#test/support/files/written-file.ts';
import { type WrittenCell, workbookOf } from '#test/support/files/written-workbook.ts';

const number = (value: string, style?: number): WrittenCell => ({
  xml: `<v>${value}</v>`,
  ...(style !== undefined && { style }),
});

const header = ['Email', 'Phone', 'First name', 'Birthday'];
const people = {
  1: header,
  2: ['ann@book.example', '+380671112233', 'Ann', ''],
  4: ['bo@book.example', '', 'Bo', ''],
};

/** The rows of a file as they are read, with the row of the sheet. */
const read = async (bytes: Buffer, options: FileOptions = {}) => {
  const { format, rows } = await openFile(fileSource(bytes, [1000, 7, 300]), options);
  const found: [line: number, ...cells: string[]][] = [];
  for await (const { line, cells, problem } of rows()) found.push([line, ...(problem ? [problem.code] : cells)]);
  return { header: format.header, notes: format.notes, rows: found };
};

describe('an Excel workbook', () => {
  it('is read as the table that it is, by the rows of its sheet', async () => {
    const { rows } = await moveIn(workbookOf({ sheets: [{ name: 'People', rows: people }] }));

    expect(rows.map((row) => [row.line, lineOf(row)])).toEqual([
      [2, 'ann@book.example | 380671112233 | Ann | - | - | open | open'],
      [4, 'bo@book.example | - | Bo | - | - | open | open'],
    ]);
  });

  it('has numbers, dates and answers as people see them', async () => {
    const bytes = workbookOf({
      formats: ['yyyy\\-mm\\-dd', '00000', '[Red]0.00', 'd.m.yy h:mm', '"Days" 0', '[$-409]mmm d'],
      sheets: [
        {
          name: 'Numbers',
          rows: {
            1: ['Email', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'],
            2: [
              'a@book.example',
              number('3.80671112233E11'),
              number('1001'),
              number('31106', 0),
              number('123', 1),
              number('0.30000000000000004'),
              number('44197.5', 3),
              number('31106', 6),
              number('7', 4),
              number('60', 5),
            ],
            3: [
              { type: 'inlineStr', xml: '<is><r><t>b@book</t></r><r><t>.example</t></r><rPh><t>x</t></rPh></is>' },
              { type: 'str', xml: '<f>A1&amp;"x"</f><v>of a formula</v>' },
              { type: 'b', xml: '<v>1</v>' },
              { type: 'e', xml: '<v>#N/A</v>' },
              { xml: '<f>SUM(A1)</f>' },
              number('12345678901234567890'),
              { type: 'd', xml: '<v>2024-02-29T00:00:00</v>' },
              number('0.5', 3),
            ],
          },
        },
      ],
    });

    expect((await read(bytes)).rows).toEqual([
      [
        2,
        'a@book.example',
        '380671112233',
        '1001',
        '1985-02-28',
        '00123',
        '0.3',
        '2021-01-01 12:00:00',
        '1985-02-28',
        '7',
        '1900-02-28',
      ],
      [
        3,
        'b@book.example',
        'of a formula',
        'true',
        '#N/A',
        '#N/A',
        '12345678901234567890',
        '2024-02-29',
        '12:00:00',
        '',
        '',
      ],
    ]);
  });

  it('of an old Mac counts its days from 1904', async () => {
    const rows = { 1: ['Email', 'Birthday'], 2: ['a@book.example', number('29644', 0)] };

    const found = await read(workbookOf({ countsFrom1904: true, sheets: [{ name: 'S', rows }] }));

    expect(found.rows).toEqual([[2, 'a@book.example', '1985-02-28']]);
  });

  it('is read by its first sheet that is shown, or by the one that is named', async () => {
    const other = { 1: ['Email'], 2: ['other@book.example'] };
    const bytes = workbookOf({
      sheets: [
        { name: 'Lists', state: 'hidden', rows: other },
        { name: 'Клієнти', rows: people },
        { name: 'Old', rows: other },
      ],
    });

    const shown = await read(bytes);
    expect(shown.rows[0]?.[1]).toBe('ann@book.example');
    expect(shown.notes).toEqual([
      "Read from the sheet 'Клієнти' of an Excel workbook",
      "Sheets that are not read, but sheet can name one: 'Lists' (hidden), 'Old'",
    ]);
    expect((await read(bytes, { sheet: 'old ' })).rows).toEqual([[2, 'other@book.example']]);
    await expect(read(bytes, { sheet: 'None' })).rejects.toMatchObject({
      code: 'INVALID_HEADER',
      message: "The workbook has no sheet 'None'; its sheets are 'Lists' (hidden), 'Клієнти', 'Old'",
    });
  });

  it('may have a title above its table and remarks beside it', async () => {
    const rows = {
      1: ['Customers of 2024'],
      3: ['Email', 'Name'],
      4: ['a@book.example', 'Ann', 'a remark'],
      5: ['b@book.example'],
    };

    const { rows: read1, notes, header: names } = await read(workbookOf({ sheets: [{ name: 'S', rows }] }));

    expect(names).toEqual(['Email', 'Name', '']);
    expect(read1).toEqual([
      [4, 'a@book.example', 'Ann', 'a remark'],
      [5, 'b@book.example', '', ''],
    ]);
    expect(notes).toContain('Above the table, and not read: row 1');
  });

  it('may have a title of several cells above its table, and people without an address first', async () => {
    const rows = {
      1: ['Customers', '2024'],
      3: ['Email', 'Name', 'City', 'Note'],
      4: ['', 'Ann', 'Kyiv'],
      5: ['b@book.example', 'Bo', 'Lviv', 'x'],
    };

    const found = await read(workbookOf({ sheets: [{ name: 'S', rows }] }));

    expect(found.header).toEqual(['Email', 'Name', 'City', 'Note']);
    expect(found.rows.map(([line]) => line)).toEqual([4, 5]);
  });

  it('tells what it has no value of, and takes no number for an id whose digits are lost', async () => {
    const rows = {
      1: ['Email', 'First name', 'Last name', 'externalCustomerId', ''],
      2: [
        'a@book.example',
        { xml: '<f>PROPER(B9)</f>' },
        { type: 's', xml: '<v>99</v>' },
        number('12345678901234567'),
        'x',
      ],
      3: ['b@book.example', { type: 'e', xml: '<v>#GETTING_DATA</v>' }, '', number('1.23456789012345E+16')],
      4: [{ type: 'inlineStr', xml: '<is><t>c@book.example</t><rPh><t>x</t></rPh></is>' }],
    };

    const { rows: found, notes } = await moveIn(workbookOf({ sheets: [{ name: 'S', rows }] }));

    expect(found.map(lineOf)).toEqual([
      'a@book.example | - | - | - | 12345678901234567 | open | open | NO_VALUE First name | NO_VALUE Last name',
      'failed: INVALID_MEMBER externalCustomerId',
      'c@book.example | - | - | - | - | open | open',
    ]);
    expect(notes).toContain('Columns that are not read: column 5, which has no name');
  });

  it('names its other sheets where the one that is read is no list', async () => {
    const bytes = workbookOf({
      sheets: [
        { name: 'Read me', rows: { 1: ['Exported in May'] } },
        { name: 'Empty', rows: {} },
        { name: 'Data', rows: people },
      ],
    });

    await expect(moveIn(bytes)).rejects.toMatchObject({
      code: 'INVALID_HEADER',
      message: /can name one: 'Empty', 'Data'/,
    });
    await expect(moveIn(bytes, { options: { sheet: 'Empty' } })).rejects.toMatchObject({
      code: 'EMPTY_FILE',
      message: /can name one: 'Read me', 'Data'/,
    });
    const csv = await moveIn(Buffer.from('email\na@book.example\n'), { options: { sheet: 'Data' } });
    expect(csv.notes).toContain('sheet is not followed, as the file is no workbook');
  });

  it('resumes after any row, by what was found out before', async () => {
    const rows = Object.fromEntries([
      [1, ['Email']],
      ...Array.from({ length: 50 }, (_, index) => [3 * index + 2, [`p${index}@book.example`]]),
    ]);
    const source = fileSource(workbookOf({ sheets: [{ name: 'S', rows }] }));
    const opened = await openFile(source, {});
    const all = [];
    for await (const row of opened.rows()) all.push(row);

    const format = JSON.parse(JSON.stringify(opened.format));
    for (const at of [0, 7, 48]) {
      const rest = [];
      for await (const row of resumeFile(source, format).rows(all[at]?.position)) rest.push(row);
      expect(rest).toEqual(all.slice(at + 1));
    }
  });

  it.each<[string, Buffer, { code: string; message: RegExp }]>([
    ['without a sheet', workbookOf({ sheets: [] }), { code: 'EMPTY_FILE', message: /no sheet/ }],
    ['without a row', workbookOf({ sheets: [{ name: 'S', rows: {} }] }), { code: 'EMPTY_FILE', message: /no row/ }],
    [
      'that is none',
      zipped([
        { name: 'xl/workbook.xml', content: Buffer.from('<x>') },
        { name: 'xl/_rels/workbook.xml.rels', content: Buffer.from('<x/>') },
      ]),
      { code: 'FILE_DAMAGED', message: /The workbook is damaged/ },
    ],
    [
      'without its parts',
      zipped([{ name: 'xl/workbook.xml', content: Buffer.from('<x/>') }]),
      { code: 'FILE_DAMAGED', message: /workbook\.xml\.rels is missing/ },
    ],
    [
      'with a text of megabytes',
      workbookOf({ sheets: [{ name: 'S', rows: { 1: ['Email', 'x'.repeat(5_000_000)] } }] }),
      { code: 'FILE_DAMAGED', message: /a text or a tag of more than 4 MB/ },
    ],
    [
      'with elements within each other',
      workbookOf({
        sheets: [{ name: 'S', rows: { 1: ['Email', { xml: '<a>'.repeat(5000) + '</a>'.repeat(5000) }] } }],
      }),
      { code: 'FILE_DAMAGED', message: /more than 100 elements within each other/ },
    ],
    [
      'whose sheet is a bomb',
      zipped([
        {
          name: 'xl/workbook.xml',
          content: Buffer.from('<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'),
        },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: Buffer.from('<R><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></R>'),
        },
        { name: 'xl/s.xml', content: Buffer.alloc(20_000_000, ' ') },
      ]),
      { code: 'ARCHIVE_REFUSED', message: /unpacks to more than 200 times/ },
    ],
    [
      'with entities of its own',
      zipped([
        {
          name: 'xl/workbook.xml',
          content: Buffer.from('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
        },
        { name: 'xl/_rels/workbook.xml.rels', content: Buffer.from('<x/>') },
      ]),
      { code: 'FILE_DAMAGED', message: /undefined entity/ },
    ],
    [
      'that was cut off',
      workbookOf({ sheets: [{ name: 'S', rows: people }] }).subarray(0, -100),
      { code: 'ARCHIVE_DAMAGED', message: /^The zip archive/ },
    ],
  ])('%s ends in a sentence', async (_, bytes, expected) => {
    await expect(read(bytes)).rejects.toMatchObject({ ...expected, message: expect.stringMatching(expected.message) });
  });
});

describe('another document', () => {
  it.each<[string, Buffer, RegExp]>([
    [
      '.xls',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      /^This is an old Excel workbook \(Excel 97, \.xls\): save it as \.xlsx or CSV$/,
    ],
    [
      '.xlsx with a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      /with a password/,
    ],
    [
      '.ods',
      zipped([
        { name: 'mimetype', content: Buffer.from('x') },
        { name: 'content.xml', content: Buffer.from('x') },
      ]),
      /OpenDocument/,
    ],
    ['.numbers', zipped([{ name: 'Index/Document.iwa', content: Buffer.from('x') }]), /Apple Numbers/],
    ['.docx', zipped([{ name: 'word/document.xml', content: Buffer.from('x') }]), /Word document/],
    ['.xlsb', zipped([{ name: 'xl/workbook.bin', content: Buffer.from('x') }]), /\.xlsb/],
    ['.pdf', Buffer.from('%PDF-1.7'), /PDF document/],
    ['a table in HTML that calls itself .xls', Buffer.from('<table><tr><td>a@x.example</td></tr></table>'), /web page/],
    ['a page in UTF-16', encodeText('<html><body>', 'utf-16le', true), /web page/],
    ['a page with a remark first', Buffer.from('<!-- x --><table>'), /web page/],
    ['.xls of 1995', Buffer.from('0908080000050500', 'hex'), /Excel 95/],
    ['.sql', Buffer.from('-- MySQL dump 10.13\nINSERT INTO `users` VALUES (1);\n'), /This is SQL/],
    ['.eml', Buffer.from('MIME-Version: 1.0\nSubject: x\n'), /e-mail message/],
    ['.ics', Buffer.from('BEGIN:VCALENDAR\nEND:VCALENDAR\n'), /calendar/],
  ])('%s is named for what it is', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'NOT_CSV', message: expect.stringMatching(message) });
  });

  it.each<[string, Buffer, RegExp]>([
    ['.rar', Buffer.from('Rar!\x1A\x07\x00', 'latin1'), /a RAR archive/],
    ['.tar', Buffer.concat([Buffer.alloc(257, 'a'), Buffer.from('ustar\0'), Buffer.alloc(300)]), /a tar archive/],
    [
      'a workbook in a zip',
      zipped([{ name: 'x.xlsx', content: workbookOf({ sheets: [{ name: 'S', rows: people }] }) }]),
      /send a list as it is.*and a workbook as it is/,
    ],
    [
      'a zip of 10,000 files',
      zipped(Array.from({ length: 10_000 }, (_, index) => ({ name: `${index}.csv`, content: Buffer.alloc(0) }))),
      /more than 2000 entries/,
    ],
    ['a zip that leads out of it', zipped([{ name: '../x.csv', content: Buffer.from('a') }]), /leads out of it/],
  ])('%s is refused by a sentence', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'ARCHIVE_REFUSED',
      message: expect.stringMatching(message),
    });
  });
});
