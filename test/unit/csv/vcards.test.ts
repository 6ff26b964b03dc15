import { describe, expect, it } from 'vitest';
import { openFile, resumeFile } from '#csv/open-file.ts';
import { fileSource } from '#test/support/files/file-source.ts';
import { lineOf, moveIn } from '#test/support/files/moved-in.ts';

const card = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const lines = async (text: string | Buffer): Promise<string[]> => (await moveIn(Buffer.from(text))).rows.map(lineOf);

describe('vCards', () => {
  it.each<[title: string, text: string, line: string]>([
    [
      'version 3, of a phone',
      card(
        'VERSION:3.0',
        'N:Berg;Finn;;;',
        'FN:Finn Berg',
        'EMAIL;type=HOME:finn@card.example',
        'TEL;type=CELL:+4722123456',
      ),
      'finn@card.example | 4722123456 | Finn | Berg | - | open | open',
    ],
    [
      'version 4, with groups, links and quotes',
      card(
        'VERSION:4.0',
        'item1.FN:Ім’я\\, Прізвище',
        'N:Лис;Марта;;;',
        'item1.EMAIL;TYPE="work,pref":mailto:marta@card.example',
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+380-67-111-22-33',
        'BDAY:19900505',
      ),
      'marta@card.example | 380671112233 | Марта | Лис | - | open | open',
    ],
    [
      'version 2.1, quoted-printable over several lines',
      card(
        'VERSION:2.1',
        'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9B=D0=B8=D1=81;=D0=9C=D0=B0=D1=',
        '=80=D1=82=D0=B0;;;',
        'TEL;CELL:+380671112233',
        'EMAIL;INTERNET:marta@card.example',
      ),
      'marta@card.example | 380671112233 | Марта | Лис | - | open | open',
    ],
    [
      'folded lines and small letters',
      'begin:vcard\nversion:3.0\nfn:Ann\n  Lee\nemail:ann@ca\n rd.example\nend:vcard\n',
      'ann@card.example | - | Ann | Lee | - | open | open',
    ],
    [
      'several addresses and phones: the preferred and the mobile one first',
      card(
        'VERSION:3.0',
        'FN:Ann Lee',
        'EMAIL;TYPE=HOME:home@card.example',
        'EMAIL;TYPE=WORK,PREF:ann@card.example',
        'TEL;TYPE=WORK:+380441112233',
        'TEL;TYPE=FAX:+380441112299',
        'TEL;TYPE=CELL:+380671112233',
      ),
      'ann@card.example | 380671112233 | Ann | Lee | - | open | open | SPARE_VALUE E-mail 2 - Value | SPARE_VALUE Phone 1 - Value',
    ],
    [
      'version 2.1, in base64',
      card(
        'VERSION:2.1',
        `N;CHARSET=UTF-8;ENCODING=BASE64:${Buffer.from('Лис;Марта;;;').toString('base64')}`,
        'EMAIL:marta@card.example',
      ),
      'marta@card.example | - | Марта | Лис | - | open | open',
    ],
    [
      'version 4, in which numbers say what is preferred and a link has an extension',
      card(
        'VERSION:4.0',
        'FN:Ann Lee',
        'EMAIL;PREF=2:second@card.example',
        'EMAIL;PREF=1:ann@card.example',
        'TEL;VALUE=uri;PREF=20;TYPE=cell:tel:+380671112244',
        'TEL;VALUE=uri;PREF=3;TYPE=cell:tel:+380671112233;ext=5',
      ),
      'ann@card.example | 380671112233 | Ann | Lee | - | open | open | SPARE_VALUE E-mail 2 - Value | SPARE_VALUE Phone 2 - Value',
    ],
    [
      'a birthday whose year a phone made up',
      card('VERSION:3.0', 'FN:Ann Lee', 'EMAIL:ann@card.example', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-21'),
      'ann@card.example | - | Ann | Lee | - | open | open | DATE_WITHOUT_YEAR Birthday',
    ],
    [
      'a person with an assistant, whose card stands within it',
      card(
        'VERSION:2.1',
        'N:Lee;Ann',
        'AGENT:',
        'BEGIN:VCARD',
        'EMAIL:bo@card.example',
        'END:VCARD',
        'EMAIL:ann@card.example',
      ),
      'ann@card.example | - | Ann | Lee | - | open | open',
    ],
  ])('of %s', async (_, text, line) => {
    expect(await lines(text)).toEqual([line]);
  });

  it('keep the address, the categories and, on request, their id', async () => {
    const text = card(
      'VERSION:3.0',
      'UID:urn:uuid:4711',
      'FN:Ann Lee',
      'EMAIL:ann@card.example',
      'ADR;TYPE=HOME:;Apt 3;12 High St;Leeds;;LS1 1AA;United Kingdom',
      'CATEGORIES:Friends,Book\\, club',
    );

    const { rows } = await moveIn(Buffer.from(text), { options: { keepIds: true, tagsToSegments: true } });

    expect(rows).toMatchObject([
      {
        draft: {
          externalCustomerId: '4711',
          segmentNames: ['Friends', 'Book, club'],
          address: { address: '12 High St, Apt 3', town: 'Leeds', postcode: 'LS1 1AA', countryCode: 'GB' },
        },
      },
    ]);
  });

  it('with pictures of megabytes, folded or not, are read without them', async () => {
    const picture = Buffer.alloc(4_000_000, 'A').toString();
    const folded = picture.replace(/.{74}/g, '$&\r\n ');
    const text =
      card('VERSION:3.0', `PHOTO;ENCODING=b;TYPE=JPEG:${folded}`, 'EMAIL:a@card.example') +
      card('VERSION:4.0', `PHOTO:data:image/jpeg;base64,${picture}`, 'EMAIL:b@card.example');

    expect((await lines(text)).map((line) => line.split(' ')[0])).toEqual(['a@card.example', 'b@card.example']);
  });

  it('that are not complete fail alone', async () => {
    const open = 'BEGIN:VCARD\r\nVERSION:3.0\r\nEMAIL:open@card.example\r\n';
    const text =
      open + card('EMAIL:a@card.example') + card(`NOTE:${'x'.repeat(30_000)}`, 'EMAIL:long@card.example') + open;

    expect(await lines(text)).toEqual([
      'failed: BROKEN_CARD row',
      'a@card.example | - | - | - | - | open | open',
      'failed: BROKEN_CARD row',
      'failed: BROKEN_CARD row',
    ]);
  });

  it('with a line of more than a row may have fail, whatever the line is', async () => {
    const parameters = `TEL;TYPE=${','.repeat(400_000)}:+380671112233`;
    const note = `NOTE:${'x'.repeat(400_000)}`;
    const folded = `NOTE:y\r\n ${'x'.repeat(400_000)}`;
    const text = [parameters, note, folded].map((line) => card(line, 'EMAIL:a@card.example')).join('');

    expect(await lines(text)).toEqual(Array(3).fill('failed: BROKEN_CARD row'));
  });

  it('with properties without end fail, even if none has a value', async () => {
    expect(await lines(card(...Array(16_000).fill('TEL;TYPE=CELL:')))).toEqual(['failed: BROKEN_CARD row']);
  });

  it('say how a person without an address can be known', async () => {
    const { rows, notes } = await moveIn(Buffer.from(card('VERSION:3.0', 'FN:Ann', 'TEL;TYPE=CELL:+380671112233')));

    expect(rows).toMatchObject([
      { errors: [{ code: 'MISSING_DEDUPE_VALUE', message: expect.stringContaining('dedupeOn email_or_sms') }] },
    ]);
    expect(notes.join()).not.toContain('Label');
    expect((await lines('BEGIN:VCARD')).join()).toBe('failed: BROKEN_CARD row');
  });

  it('resume after any card', async () => {
    const text = Array.from({ length: 20 }, (_, index) => card('VERSION:3.0', `EMAIL:p${index}@card.example`)).join('');
    const source = fileSource(text, [100, 3]);
    const opened = await openFile(source, {});
    const all = [];
    for await (const row of opened.rows()) all.push(row);

    for (const [index, { position }] of all.entries()) {
      const rest = [];
      for await (const row of resumeFile(source, opened.format).rows(position)) rest.push(row);
      expect(rest).toEqual(all.slice(index + 1));
    }
    expect(all.map(({ line }) => line)).toEqual(all.map((_, index) => 4 * index + 1));
  });
});
