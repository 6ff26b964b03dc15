import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFile, resumeFile } from '#csv/open-file.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import { fileSource } from '#test/support/files/file-source.ts';
import { lineOf, moveIn } from '#test/support/files/moved-in.ts';
import { encodeText, gzipped, zipped } from '#test/support/files/written-file.ts';

const contact = (address: string, about: object = {}) => ({ channels: [{ type: 'email', value: address }], ...about });
const two = [
  contact('a@json.example', { firstName: 'Ann "A" \\ {[x' }),
  contact('b@json.example', { unsubscribed: true }),
];
const expected = [
  'a@json.example | - | - | - | - | open | open | NAME_CHANGED firstName',
  'b@json.example | - | - | - | - | unsubscribed | unsubscribed',
];

const read = async (bytes: string | Buffer) => (await moveIn(Buffer.from(bytes))).rows;

describe('contacts in JSON', () => {
  it.each<[form: string, bytes: string | Buffer, lines: readonly number[]]>([
    ['one a line', two.map((one) => JSON.stringify(one)).join('\n'), [1, 2]],
    ['one a line, with blank lines', `\n${two.map((one) => `${JSON.stringify(one)}\r\n`).join('\r\n')}`, [2, 4]],
    ['in a list', JSON.stringify(two), [1, 1]],
    ['in a list over several lines', JSON.stringify(two, null, 2), [2, 11]],
    ['with commas too many', `[${two.map((one) => `${JSON.stringify(one)},`).join('\n')}]`, [1, 2]],
    [
      'in the body of a bulk request',
      JSON.stringify({ dedupeOn: 'email', x: ['contacts', [1]], contacts: two }, null, 1),
      [10, 19],
    ],
    ['one after another', two.map((one) => JSON.stringify(one, null, 1)).join('\n'), [1, 10]],
    ['with a byte order mark', `\uFEFF${JSON.stringify(two)}`, [1, 1]],
    ['in UTF-16', encodeText(JSON.stringify(two), 'utf-16le', true), [1, 1]],
    ['packed by gzip', gzipped(Buffer.from(JSON.stringify(two))), [1, 1]],
    ['packed by zip', zipped([{ name: 'x.json', content: Buffer.from(JSON.stringify(two)) }]), [1, 1]],
  ])('%s', async (_, bytes, lines) => {
    const rows = await read(bytes);

    expect(rows.map(lineOf).map((line) => line.replace(/ \| Ann .*?\| -/, ' | - | -'))).toEqual(expected);
    expect(rows.map(({ line }) => line)).toEqual(lines);
  });

  it('as spreadsheets have them name their addresses as members, and their tags become segments', async () => {
    const flat = [
      { email: 'a@json.example', phone: '+380671112233', firstName: 'Ann', tags: ['VIP', { name: 'Blog' }] },
    ];

    const { rows } = await moveIn(Buffer.from(JSON.stringify(flat)), { options: { tagsToSegments: true } });

    expect(rows.map(lineOf)).toEqual(['a@json.example | 380671112233 | Ann | - | - | open | open']);
    expect(rows).toMatchObject([{ draft: { segmentNames: ['VIP', 'Blog'] } }]);
  });

  it('may be called as columns of a file are', async () => {
    const people = [
      {
        'E-mail': 'a@json.example',
        first_name: 'Ann',
        'Last Name': 'Lee',
        mobile: '+380671112233',
        work_phone: '+380441112233',
      },
      {
        Email: 'b@json.example',
        name: 'Bo van Dyk',
        city: 'Delft',
        address: '1 High St',
        Unsubscribed: 'yes',
        colour: 'red',
      },
    ];

    const { rows, notes } = await moveIn(Buffer.from(JSON.stringify(people)));

    expect(rows.map(lineOf)).toEqual([
      'a@json.example | 380671112233 | Ann | Lee | - | open | open | SPARE_VALUE work_phone',
      'b@json.example | - | Bo | van Dyk | - | unsubscribed | unsubscribed',
    ]);
    expect(rows[1]).toMatchObject({ draft: { address: { town: 'Delft', address: '1 High St' } } });
    expect(notes).toContain("Columns that are not read: 'colour'");
  });

  it('are read as tables are: programs, dates, ids, consent in objects, and members that come later', async () => {
    const person = (email: string, about: object) => JSON.stringify({ email, ...about });
    const early = Array.from({ length: 1100 }, (_, index) =>
      person(`p${index}@json.example`, { joined: '2020-02-13' }),
    );
    const late = [
      person('q1@json.example', { joined: '03/02/2020', unsubscribed: true }),
      person('q2@json.example', { Newsletter: 'perhaps' }),
      person('q3@json.example', { mood: 'Unsubscribed', colour: 'red' }),
      person('q4@json.example', { id: 7, marketing: { state: 'unsubscribed' } }),
      person('q5@json.example', {
        phones: [
          { type: 'work', number: '+380441112233' },
          { type: 'cell', value: '0671112233' },
        ],
      }),
    ];

    const { rows } = await moveIn(Buffer.from([...early, ...late].join('\n')), { options: { keepIds: true } });

    expect(rows.slice(-5).map(lineOf)).toEqual([
      'q1@json.example | - | - | - | - | unsubscribed | unsubscribed | AMBIGUOUS_DATE joined',
      'failed: CONSENT_UNCLEAR Newsletter',
      'q3@json.example | - | - | - | - | unsubscribed | unsubscribed',
      'q4@json.example | - | - | - | 7 | unsubscribed | unsubscribed',
      'q5@json.example | 380671112233 | - | - | - | open | open | SPARE_VALUE phones',
    ]);
  });

  it.each([
    ['with channels', contact('a@json.example', { Newsletter: 'perhaps' })],
    ['without channels', { email: 'a@json.example', Newsletter: 'perhaps' }],
  ])('%s that say something unclear of consent stop the import, until that is explained', async (_, person) => {
    const file = Buffer.from(JSON.stringify([person]));
    const open = async (options: FileOptions) =>
      (await moveIn(file, { options })).rows.map(lineOf).map((line) => line.slice(line.indexOf('|')));

    await expect(moveIn(file)).rejects.toMatchObject({
      code: 'CONSENT_COLUMN_UNCLEAR',
      message: /'Newsletter'.*"Newsletter": ""/,
    });
    expect(await open({ fieldMapping: { newsletter: '' } })).toEqual(['| - | - | - | - | open | open']);
    expect(await open({ consentWords: { perhaps: 'no' } })).toEqual(['| - | - | - | - | unsubscribed | open']);
    await expect(open({ fieldMapping: { Newsletter: 'nonsense' } })).rejects.toMatchObject({ code: 'INVALID_HEADER' });
  });

  it('with channels keep their history and, on request, the id of the other program', async () => {
    const people = [
      contact('a@json.example', { id: 5, createdAt: '2019-01-01', 'Hobby club': 'no' }),
      contact('b@json.example', { uuid: 'u-9', externalCustomerId: 'E-1', origin: { createdAt: '03/04/2020' } }),
      contact('c@json.example', { origin: 'web', joined: '03/04/2020' }),
    ];

    const { rows, notes } = await moveIn(Buffer.from(JSON.stringify(people)), {
      options: { keepIds: true, dateFormat: 'DD/MM/YYYY', fieldMapping: { 'hobby club': 'subscribed' } },
    });

    expect(rows).toMatchObject([
      { draft: { externalCustomerId: '5', origin: { createdAt: '2019-01-01T00:00:00.000Z' } } },
      { draft: { externalCustomerId: 'u-9' }, warnings: [{ code: 'AMBIGUOUS_DATE', field: 'origin.createdAt' }] },
      { draft: { origin: { subscribedAt: '2020-04-03T00:00:00.000Z' } } },
    ]);
    expect(rows[0]?.refusals?.email?.reason).toBe('unsubscribed');
    expect(notes.filter((note) => note.startsWith('Members'))).toEqual([]);
  });

  it('have no more members than a table has columns', async () => {
    const wide = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`m${index}`, index]));

    await expect(moveIn(Buffer.from(JSON.stringify([{ email: 'a@json.example', ...wide }])))).rejects.toMatchObject({
      code: 'INVALID_HEADER',
    });
  });

  it('within another object end in a sentence that says what to do', async () => {
    const { rows } = await moveIn(Buffer.from(JSON.stringify({ total: 2, items: two })));

    expect(rows).toMatchObject([
      {
        errors: [
          { code: 'MISSING_DEDUPE_VALUE', message: expect.stringContaining("in 'items', send that list alone") },
        ],
      },
    ]);
  });

  it.each([
    ['the first line of several', '{"email": "x@json.example"\n', "Expected ',' or '}' after property value"],
    ['a word that JSON does not have', '{"email": NaN}\n', "Unexpected token 'N'"],
  ])('of which %s is broken fail there alone, and say where', async (_, first, reason) => {
    const rows = await read(`${first}${two.map((one) => JSON.stringify(one)).join('\n')}`);

    expect(rows.map(lineOf).slice(1).length).toBe(2);
    expect(rows[0]).toMatchObject({ errors: [{ code: 'BROKEN_JSON', message: expect.stringContaining(reason) }] });
    expect(JSON.stringify(rows[0])).not.toContain('x@json.example');
  });

  it('that are texts, numbers or nothing are no table either', async () => {
    for (const list of ['["a@json.example"]', '[null, 7]', '[-1]']) {
      expect((await read(list)).map(lineOf)[0]).toBe('failed: NOT_AN_OBJECT contact');
    }
  });

  it('fail one by one where they are no contacts or no JSON', async () => {
    const line = JSON.stringify(two[1]);

    expect((await read(`${line}\n{"channels": [}\nnull\n17\n${line}\n`)).map(lineOf)).toEqual([
      expected[1],
      'failed: BROKEN_JSON contact',
      'failed: NOT_AN_OBJECT contact',
      'failed: NOT_AN_OBJECT contact',
      expected[1],
    ]);
    expect((await read(`[${line}, nil, "x", ["y"], ${line}]`)).map(lineOf)).toEqual([
      expected[1],
      'failed: BROKEN_JSON contact',
      'failed: NOT_AN_OBJECT contact',
      'failed: NOT_AN_OBJECT contact',
      expected[1],
    ]);
    const long = JSON.stringify(contact('x@json.example', { firstName: 'x'.repeat(300_000) }));
    expect((await read(`[${long},${line}]`)).map(lineOf)).toEqual(['failed: ROW_TOO_LONG row', expected[1]]);
  });

  it('that were cut off are read as far as they go, and the file then ends in a sentence', async () => {
    const { rows } = await openFile(fileSource(JSON.stringify(two, null, 2).slice(0, -20)), {});
    const found: number[] = [];

    const reading = async () => {
      for await (const { line } of rows()) found.push(line);
    };

    await expect(reading()).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
      message: /begins on line 11 is never closed/,
    });
    expect(found).toEqual([2]);
  });

  it('are the same however their bytes come, and wherever reading resumes', async () => {
    const forms = [
      (all: object[]) => all.map((one) => JSON.stringify(one)).join('\n'),
      (all: object[]) => JSON.stringify(all),
      (all: object[]) => JSON.stringify({ contacts: all }, null, 1),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2, maxLength: 6 }),
        fc.constantFrom(...forms),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
        async (contacts, form, sizes) => {
          const source = fileSource(form(contacts), sizes);
          const opened = await openFile(source, {});
          const all = [];
          for await (const row of opened.rows()) all.push(row);

          expect(all.map(({ cells: [text = ''] }) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(contacts)));
          for (const [index, { position }] of all.entries()) {
            const rest = [];
            for await (const row of resumeFile(source, opened.format).rows(position)) rest.push(row);
            expect(rest).toEqual(all.slice(index + 1));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
