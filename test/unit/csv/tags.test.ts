import { describe, expect, it } from 'vitest';
import type { FileOptions } from '#domain/files/upload.ts';
import { exportOf, moveIn } from '#test/support/files/moved-in.ts';

const asked = { options: { tagsToSegments: true } } as const;

/** The segments of each row that can be saved, by its e-mail address. */
const segmentsOf = async (bytes: Buffer, options: FileOptions = asked.options) => {
  const { rows } = await moveIn(bytes, { options });
  return Object.fromEntries(
    rows.flatMap((row) =>
      'draft' in row && row.draft.segmentNames ? [[row.draft.email ?? '', row.draft.segmentNames]] : [],
    ),
  );
};

const fileOf = (header: string, ...cells: string[]): Buffer =>
  Buffer.from(
    [`email,${header}`, ...cells.map((cell, row) => `p${row}@x.example,"${cell.replaceAll('"', '""')}"`)].join('\n'),
  );

describe('tags, lists and groups become segments', () => {
  it.each<[name: string, segments: Record<string, readonly string[]>]>([
    ['mailchimp-subscribed.csv', { 'ann@mchimp.example': ['VIP', 'Blog'] }],
    ['shopify.csv', { 'teo@shop.example': ['VIP', 'wholesale'] }],
    ['ghost.csv', { 'hal@ghost.example': ['vip', 'early'] }],
    ['mautic.csv', { 'cal@mautic.example': ['vip', 'news'] }],
    ['zoho.csv', { 'ned@zoho.example': ['VIP'] }],
    ['pipedrive.csv', { 'tom@pdrive.example': ['Hot lead'] }],
    ['listmonk.csv', { 'max@lmonk.example': ['a', 'b'] }],
    ['keila.csv', { 'eda@keila.example': ['a'] }],
    ['google-contacts-new.csv', { 'olena@gnew.example': ['Family'], 'iris@gnew.example': ['starred'] }],
  ])('of %s', async (name, segments) => {
    expect(await segmentsOf(exportOf(name))).toEqual(segments);
  });

  it('of every column of them', async () => {
    const segments = await segmentsOf(exportOf('activecampaign.csv'));

    expect(segments['jan@acamp.example']).toEqual(['vip', 'blog', 'News']);
  });

  it.each<[header: string, cell: string, names: readonly string[]]>([
    ['Tags', 'one; two, three', ['one', 'two, three']],
    ['Lists', 'one, two', ['one', 'two']],
    ['Group Membership', '* friends ::: Book club', ['friends', 'Book club']],
    ['Групи', 'Клієнти|Гості', ['Клієнти', 'Гості']],
    ['tags', '["a, b","c"]', ['a, b', 'c']],
    ['tags', '{a,b}', ['a', 'b']],
    ['tags', '"He said ""hi""","b"', ['He said "hi"', 'b']],
    ['tags', 'VIP, vip ,  VIP', ['VIP']],
    ['tags', 'N/A', []],
    ['tags', '❤️', ['❤️']],
  ])('a column %s with %s', async (header, cell, names) => {
    const segments = await segmentsOf(fileOf(header, cell));

    expect(segments).toEqual(names.length > 0 ? { 'p0@x.example': names } : {});
  });

  it('has a column that the caller names', async () => {
    const file = fileOf('Hobbies', 'tennis;chess');

    expect(await segmentsOf(file, { ...asked.options, fieldMapping: { Hobbies: 'tags' } })).toEqual({
      'p0@x.example': ['tennis', 'chess'],
    });
  });

  it('only on request, and says so where it is not asked for', async () => {
    const file = fileOf('Tags', 'VIP');

    expect(await segmentsOf(file, {})).toEqual({});
    expect((await moveIn(file)).notes).toContainEqual(expect.stringMatching(/tagsToSegments.*'Tags'/));
    expect((await moveIn(fileOf('Colour', 'red'), asked)).notes).toContainEqual(
      expect.stringMatching(/^tagsToSegments: no column/),
    );
  });

  it('with a warning for each that is left out', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `tag ${index}`).join(';');
    const { rows } = await moveIn(fileOf('Tags', 'x'.repeat(101), many, '-;VIP'), asked);

    expect(rows.map(({ ...row }) => ('draft' in row ? (row.draft.segmentNames ?? []).length : 0))).toEqual([0, 100, 1]);
    expect(rows.flatMap((row) => ('draft' in row ? (row.warnings ?? []) : []))).toMatchObject([
      { code: 'SEGMENT_LEFT_OUT', field: 'Tags' },
      {
        code: 'SEGMENT_LEFT_OUT',
        field: 'Tags',
        message: "'tag 100' is one of more than 100 in the row and makes no segment",
      },
      { code: 'NO_VALUE', field: 'Tags' },
    ]);
  });

  it('but not where all that the column says is who may be written to', async () => {
    const { rows } = await moveIn(fileOf('Groups', 'unsubscribed', 'active'), asked);

    expect(rows.map((row) => 'draft' in row && [row.draft.segmentNames, row.refusals?.email?.reason])).toEqual([
      [undefined, 'unsubscribed'],
      [undefined, undefined],
    ]);
  });
});

describe('the id of the other program', () => {
  it.each([
    ['mailchimp-subscribed.csv', 'ann@mchimp.example', 'abc123'],
    ['brevo.csv', 'fay@brevo.example', '101'],
    ['hubspot.csv', 'oli@hubs.example', '51'],
    ['salesforce.csv', 'ada@sforce.example', '0035g00000AbCdEAAV'],
    ['listmonk.csv', 'max@lmonk.example', 'c2cc0b31-4485-4d72-8ce8-b47081beadec'],
    ['mautic.csv', 'cal@mautic.example', '5'],
    ['ghost.csv', 'hal@ghost.example', '6401a'],
    ['activecampaign.csv', 'jan@acamp.example', '11'],
    ['klaviyo.csv', 'ada@klav.example', '01HA'],
    ['zoho.csv', 'ned@zoho.example', 'zcrm_1'],
    ['pipedrive.csv', 'tom@pdrive.example', '7'],
    ['odoo.csv', 'pia@odoo.example', '__export__.c_1'],
    ['sendgrid-contacts.csv', 'eli@sgrid.example', '9f1c'],
    ['keila.csv', 'eda@keila.example', 'k-1'],
  ])('of %s is kept on request', async (name, email, id) => {
    const { rows, notes } = await moveIn(exportOf(name), { options: { keepIds: true } });

    const row = rows.find((one) => 'draft' in one && one.draft.email === email);
    expect(row).toMatchObject({ draft: { externalCustomerId: id } });
    expect(notes).toContainEqual(expect.stringMatching(/^The externalCustomerId is column/));
  });

  it('is found in files of other programs by what such columns are called', async () => {
    const { rows } = await moveIn(Buffer.from('id;email;uuid\n7;a@x.example;u-7\n'), { options: { keepIds: true } });

    expect(rows).toMatchObject([{ draft: { externalCustomerId: 'u-7' } }]);
    const { notes } = await moveIn(Buffer.from('email\na@x.example\n'), { options: { keepIds: true } });
    expect(notes).toContainEqual(expect.stringMatching(/^keepIds: no column/));
  });
});
