import { describe, expect, it } from 'vitest';
import { openFile, resumeFile } from '#csv/open-file.ts';
import { fileSource } from '#test/support/files/file-source.ts';
import { exportOf, lineOf, moveIn } from '#test/support/files/moved-in.ts';
import { zipped } from '#test/support/files/written-file.ts';

const audience = zipped([
  { name: 'subscribed_members_export_1.csv', content: exportOf('mailchimp-subscribed.csv') },
  { name: '__MACOSX/._x', content: Buffer.from('x') },
  { name: 'export/unsubscribed_members_export_1.csv', content: exportOf('mailchimp-unsubscribed.csv') },
  { name: 'cleaned_members_export_1.csv', content: exportOf('mailchimp-cleaned.csv') },
  { name: 'nonsubscribed_members_export_1.csv', content: Buffer.from('Email Address\nzed@mchimp.example\n') },
]);

describe("Mailchimp's archive of an audience", () => {
  it('is one list, in which everybody is what their file says', async () => {
    const { rows, notes } = await moveIn(audience);
    const alone = await Promise.all(
      ['mailchimp-subscribed.csv', 'mailchimp-unsubscribed.csv', 'mailchimp-cleaned.csv'].map((name) =>
        moveIn(exportOf(name)),
      ),
    );

    expect(rows.slice(0, -1).map(lineOf)).toEqual(alone.flatMap((file) => file.rows.map(lineOf)));
    expect(rows.map(lineOf).at(-1)).toBe('zed@mchimp.example | - | - | - | - | unconfirmed | noConsent');
    expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.map(({ line, entry }) => [entry, line])).toEqual([
      ...alone.flatMap((file, index) =>
        file.rows.map(({ line }) => [
          ['subscribed', 'export/unsubscribed', 'cleaned'][index]?.concat('_members_export_1.csv'),
          line,
        ]),
      ),
      ['nonsubscribed_members_export_1.csv', 2],
    ]);
    expect(notes).toContainEqual(expect.stringMatching(/^This looks like an export of Mailchimp/));
  });

  it('says no of whoever is in the file of those who unsubscribed, whatever else it has', async () => {
    const { rows } = await moveIn(
      zipped([
        { name: 'subscribed_1.csv', content: Buffer.from('Email Address,LEID,EUID\na@mchimp.example,1,x\n') },
        { name: 'unsubscribed_1.csv', content: Buffer.from('Email Address;EUID\nb@mchimp.example;y\n') },
      ]),
    );

    expect(rows.map((row) => row.refusals?.email?.reason)).toEqual([undefined, 'unsubscribed']);
  });

  it.each([
    ['unsubscribed_email_audience_export_1.csv', 'unsubscribed'],
    ['cleaned_members_export_1.csv', 'bounced'],
    ['nonsubscribed_members_export_1.csv', 'unconfirmed'],
    ['archived_members_export_1.csv', 'deleted'],
  ])('counts by the name of its only file, too: %s', async (name, state) => {
    const { rows, notes } = await moveIn(
      zipped([{ name, content: Buffer.from('Email Address,LEID,EUID\na@x.example,1,x\n') }]),
    );

    expect(rows.map(lineOf).map((line) => line.split(' | ')[5])).toEqual([state]);
    expect(notes[0]).toContain(`Read from '${name}'`);
  });

  it('is none where a single file merely begins with such a word', async () => {
    const { rows } = await moveIn(
      zipped([{ name: 'archived-orders.csv', content: Buffer.from('email\na@x.example\n') }]),
    );

    expect(rows.map(lineOf)).toEqual(['a@x.example | - | - | - | - | open | open']);
  });

  it('has no more headers than can be kept', async () => {
    const header = Array.from({ length: 900 }, (_, index) => `column ${index} of many`).join(',');
    const files = ['subscribed', 'unsubscribed', 'cleaned', 'archived', 'pending', 'nonsubscribed', 'transactional'];

    await expect(
      moveIn(
        zipped(
          files.map((name, index) => ({
            name: `${name}_1.csv`,
            content: Buffer.from(header.replaceAll('of', `${index}`)),
          })),
        ),
      ),
    ).rejects.toMatchObject({ code: 'INVALID_HEADER', message: /one by one/ });
  });

  it('resumes after any row of any of its files', async () => {
    const source = fileSource(audience);
    const opened = await openFile(source, {});
    const all = [];
    for await (const row of opened.rows()) all.push(row);

    const format = JSON.parse(JSON.stringify(opened.format));
    for (const [index, { position }] of all.entries()) {
      const rest = [];
      for await (const row of resumeFile(source, format).rows(position)) rest.push(row);
      expect(rest).toEqual(all.slice(index + 1));
    }
  });

  it('is refused where one of its files is something else', async () => {
    const mixed = zipped([
      { name: 'subscribed_1.csv', content: Buffer.from('Email Address\na@mchimp.example\n') },
      { name: 'cleaned_1.csv', content: Buffer.from('%PDF-1.7') },
    ]);
    const strange = zipped([
      { name: 'a.csv', content: Buffer.from('email\n') },
      { name: 'b.csv', content: Buffer.from('email\n') },
    ]);

    await expect(moveIn(mixed)).rejects.toMatchObject({
      code: 'NOT_CSV',
      message: /^In 'cleaned_1\.csv': This is a PDF/,
    });
    await expect(moveIn(strange)).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED', message: /holds 2 files/ });
  });
});
