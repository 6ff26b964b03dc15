import { describe, expect, it } from 'vitest';
import type { FileOptions } from '#domain/files/upload.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import { exportOf, moveIn } from '#test/support/files/moved-in.ts';
import { zipped } from '#test/support/files/written-file.ts';
import { workbookOf } from '#test/support/files/written-workbook.ts';

const originOf = (row: ImportRow | undefined) => (row && 'draft' in row ? row.draft.origin : undefined);
const warningsOf = (row: ImportRow) =>
  'draft' in row ? (row.warnings ?? []).map(({ code, field }) => `${code} ${field}`) : [];

const originsIn = async (text: string, options: FileOptions = {}) => {
  const { rows } = await moveIn(Buffer.from(text), { options });
  return rows.map((row) => [originOf(row), ...warningsOf(row)]);
};

describe("a person's history with the other program", () => {
  it.each([
    ['mailchimp-subscribed.csv', undefined, '2021-03-01T10:11:12.000Z'],
    ['brevo.csv', '2022-04-12T09:30:00.000Z', undefined],
    ['hubspot.csv', '2023-05-01T10:00:00.000Z', undefined],
    ['activecampaign.csv', undefined, '2022-01-05T10:00:00.000Z'],
    ['klaviyo.csv', '2022-12-01T09:00:00.000Z', '2023-01-02T10:00:00.000Z'],
    ['zoho.csv', '2021-01-01T10:00:00.000Z', undefined],
    ['ghost.csv', '2023-03-03T08:00:00.000Z', undefined],
    ['yespo-uk.csv', '2022-02-01T10:00:00.000Z', undefined],
    ['woocommerce-analytics.csv', '2023-01-01T00:00:00.000Z', undefined],
    ['mailerlite.csv', undefined, '2023-01-01T10:00:00.000Z'],
    ['mailerlite-classic.csv', undefined, '2020-01-01T10:00:00.000Z'],
    ['mautic.csv', '2022-01-01T09:00:00.000Z', undefined],
    ['pipedrive.csv', '2022-01-01T10:00:00.000Z', undefined],
    ['listmonk.csv', '2023-01-01T00:00:00.000Z', undefined],
    ['substack.csv', '2023-03-03T08:00:00.000Z', undefined],
    ['salesforce.csv', '2020-01-01T00:00:00.000Z', undefined],
    ['sendgrid-contacts.csv', '2023-01-01T00:00:00.000Z', undefined],
  ])('is kept from %s', async (name, createdAt, subscribedAt) => {
    const { rows, notes } = await moveIn(exportOf(name));

    expect(originOf(rows[0])).toEqual({ ...(createdAt && { createdAt }), ...(subscribedAt && { subscribedAt }) });
    expect(notes).toContainEqual(expect.stringMatching(/^Kept as times of the person's origin: '/));
  });

  it('is kept from each file of an archive', async () => {
    const { rows } = await moveIn(
      zipped([
        { name: 'subscribed_members_export_1.csv', content: exportOf('mailchimp-subscribed.csv') },
        { name: 'unsubscribed_members_export_1.csv', content: exportOf('mailchimp-unsubscribed.csv') },
      ]),
    );

    expect(rows.map((row) => originOf(row)?.subscribedAt !== undefined)).toEqual(rows.map(() => true));
  });

  it('is read by the order of its column, and told where it cannot be', async () => {
    const dates =
      'email,Registered\na@x.example,13/02/2020\nb@x.example,03/04/2021 10:00\nc@x.example,soon\nd@x.example,-\n';

    expect(await originsIn(dates)).toEqual([
      [{ createdAt: '2020-02-13T00:00:00.000Z' }],
      [{ createdAt: '2021-04-03T10:00:00.000Z' }],
      [undefined, 'INVALID_MEMBER Registered'],
      [undefined],
    ]);
    const ambiguous = 'email,Date joined\na@x.example,03/04/2021\n';
    expect(await originsIn(ambiguous)).toEqual([[undefined, 'AMBIGUOUS_DATE Date joined']]);
    expect(await originsIn(ambiguous, { dateFormat: 'MM/DD/YYYY' })).toEqual([
      [{ subscribedAt: '2021-03-04T00:00:00.000Z' }],
    ]);
  });

  it('is the first of several columns that has a time, and when somebody agreed is a part of it', async () => {
    const text = [
      'email,Registered,Created,Opt-in date,Newsletter',
      'a@x.example,,2020-01-02,2020-01-03,yes',
      'b@x.example,2019-01-01,2020-01-02,,no',
    ].join('\n');

    expect(await originsIn(text)).toEqual([
      [{ createdAt: '2020-01-02T00:00:00.000Z', subscribedAt: '2020-01-03T00:00:00.000Z' }],
      [{ createdAt: '2019-01-01T00:00:00.000Z' }],
    ]);
  });

  it('may be named, or left out, by fieldMapping', async () => {
    const text = 'email,Seit,Created\na@x.example,2018-01-02,2020-01-02\n';

    expect(await originsIn(text, { fieldMapping: { Seit: 'subscribedAt', Created: '' } })).toEqual([
      [{ subscribedAt: '2018-01-02T00:00:00.000Z' }],
    ]);
  });

  it('comes from a workbook as its cells are formatted', async () => {
    const rowsOfSheet = {
      1: ['email', 'Created at', 'Member since'],
      2: ['a@x.example', { xml: '<v>44197.5</v>', style: 0 }, { xml: '<v>44198</v>', style: 1 }],
    };

    const { rows } = await moveIn(
      workbookOf({ formats: ['d.m.yy h:mm', 'd.m.yy'], sheets: [{ name: 'People', rows: rowsOfSheet }] }),
    );

    expect(originOf(rows[0])).toEqual({
      createdAt: '2021-01-01T12:00:00.000Z',
      subscribedAt: '2021-01-02T00:00:00.000Z',
    });
  });
});
