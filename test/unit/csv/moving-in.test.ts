import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileError } from '#domain/files/file-error.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import { exportTable } from '#test/fixtures/exports/export-table.ts';
import { exportOf, lineOf, moveIn } from '#test/support/files/moved-in.ts';
import { encodeText } from '#test/support/files/written-file.ts';

const lines = async (bytes: Buffer): Promise<string[]> => (await moveIn(bytes)).rows.map(lineOf);

/** Whether a row lets bulk messages be sent by a channel. */
const isOpen = (row: ImportRow, channel: 'email' | 'sms'): boolean =>
  'draft' in row && !row.refusals?.[channel] && !(channel === 'email' && row.draft.confirmed === false);

/** A text in an encoding of one byte a character, or of two; `undefined` where it lacks some of the letters. */
const encodedIn = (text: string, encoding: string): Buffer | undefined => {
  try {
    const bytes = encodeText(text, encoding);
    return new TextDecoder(encoding).decode(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
};

describe('an export', () => {
  it.each(Object.entries(exportTable))('%s becomes the contacts that it means', async (name, { program, rows }) => {
    const read = await moveIn(exportOf(name));

    expect(read.rows.map(lineOf)).toEqual(rows);
    const looks = read.notes.flatMap((note) => /^This looks like an export of (.*);/.exec(note)?.[1] ?? []);
    expect(looks).toEqual(program === undefined ? [] : [program]);
  });

  it('of addresses that must not be written to is not taken for a list of readers', async () => {
    const list = exportOf('sendgrid-unsubscribes.csv');

    await expect(moveIn(list)).rejects.toMatchObject({ code: 'CONSENT_COLUMN_UNCLEAR', message: /importAs/ });
    const { rows } = await moveIn(list, { settings: { importAs: 'unsubscribed' } });
    expect(rows.map(lineOf)).toEqual([
      'gil@sgrid.example | - | - | - | - | unsubscribed | unsubscribed',
      'hob@sgrid.example | - | - | - | - | unsubscribed | unsubscribed',
    ]);
    expect((await moveIn(list, { options: { source: 'plain' } })).rows.every((row) => isOpen(row, 'email'))).toBe(true);
  });

  /** The same file as somebody else has it. */
  const variants: Readonly<Record<string, (cells: string[][]) => string[][]>> = {
    'with its columns turned round': (table) => table.map((cells) => cells.toReversed()),
    'with every column twice': (table) => table.map((cells) => [...cells, ...cells]),
    'with strange columns before and behind': (table) =>
      table.map((cells, index) => [index === 0 ? 'Colour' : 'red', ...cells, index === 0 ? 'Shoe size' : '42']),
  };

  const written = (table: string[][]): Buffer =>
    Buffer.from(table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'));

  describe.each(Object.entries(variants))('%s', (_, vary) => {
    it.each(Object.keys(exportTable))('%s makes nobody sendable who said no', async (name) => {
      const { header, rows } = await moveIn(exportOf(name));
      const table = [[...header], ...rows.map(({ cells = [] }) => [...cells])];

      const again = (await moveIn(written(vary(table)))).rows;

      for (const channel of ['email', 'sms'] as const) {
        const opened = again.filter((row, index) => isOpen(row, channel) && rows[index] && 'draft' in rows[index]);
        const closed = rows.filter((row) => 'draft' in row && !isOpen(row, channel)).map(({ line }) => line);
        expect(opened.filter((row) => closed.includes(rows[again.indexOf(row)]?.line))).toEqual([]);
      }
    });
  });

  /** Bytes that other programs make of the same text. */
  const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
    'in UTF-8 with a mark': (text) => Buffer.from(`\uFEFF${text}`),
    'in UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'with the line ends of old Macs': (text) => Buffer.from(text.replace(/\r?\n/g, '\r')),
    'with the line ends of Windows': (text) => Buffer.from(text.replace(/\r?\n/g, '\r\n')),
  };

  describe.each(Object.entries(encodings))('%s', (_, encode) => {
    it.each(Object.keys(exportTable))('%s is the same', async (name) => {
      const { header, rows } = await moveIn(exportOf(name));
      const table = [[...header], ...rows.map(({ cells = [] }) => [...cells])];

      const again = await moveIn(encode(written(table).toString()));

      expect(again.rows.map(lineOf)).toEqual(rows.map(lineOf));
    });
  });

  /** Encodings that few of the exports have all letters of. */
  it.each(['windows-1251', 'windows-1252', 'iso-8859-1', 'utf-16le', 'utf-16be', 'koi8-u'])(
    'is the same in %s without a mark, wherever that has its letters',
    async (encoding) => {
      let count = 0;
      for (const name of Object.keys(exportTable)) {
        const { header, rows } = await moveIn(exportOf(name));
        const text = written([[...header], ...rows.map(({ cells = [] }) => [...cells])]).toString();
        const bytes = encodedIn(text, encoding);
        if (!bytes) continue;
        count += 1;
        expect((await moveIn(bytes)).rows.map(lineOf), name).toEqual(rows.map(lineOf));
      }
      expect(count).toBeGreaterThan(15);
    },
  );

  it.each(Object.keys(exportTable))('%s that is cut anywhere gives its contacts or a sentence', async (name) => {
    const bytes = exportOf(name);
    const whole = new Map((await moveIn(bytes)).rows.map((row) => [row.cells?.join('\n'), lineOf(row)]));

    for (let share = 1; share < 10; share += 1) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * share) / 10));
      const read = await moveIn(cut).catch((error: unknown) => {
        if (!(error instanceof FileError)) throw error;
        return { rows: [] };
      });
      // The last row may have been cut; the others are what they are in the whole file.
      const complete = read.rows.slice(0, -1).filter((row) => 'draft' in row);
      for (const row of complete)
        expect(whole.get(row.cells?.join('\n'))?.split(' | ')[5]).toBe(lineOf(row).split(' | ')[5]);
    }
  });

  it.each(['utf16le', 'utf-8'] as const)('reads the same in %s', async (encoding) => {
    const text = `\uFEFF${exportOf('yespo-uk.csv').toString().replace('\uFEFF', '')}`;

    expect(await lines(Buffer.from(text, encoding))).toEqual(exportTable['yespo-uk.csv']?.rows);
  });
});

describe('a column that looks like consent and is not understood', () => {
  it.each([
    ['Newsletter', 'sometimes'],
    ['status', 'Lead'],
    ['Згода', 'можливо'],
    ['unsubscribed', 'perhaps'],
    ['Email Opt Out', '17'],
  ])('stops the import and says how to go on: %s, %s', async (header, word) => {
    const file = Buffer.from(`email,${header}\na@example.com,${word}\n`);
    const stop = { code: 'CONSENT_COLUMN_UNCLEAR', message: expect.stringContaining(`'${header}'`) };

    await expect(moveIn(file)).rejects.toMatchObject(stop);
    const left = await moveIn(file, { options: { fieldMapping: { [header]: '' } } });
    const explained = await moveIn(file, { options: { consentWords: { [word]: 'unsubscribed' } } });
    expect(left.rows.map((row) => isOpen(row, 'email'))).toEqual([true]);
    expect(explained.rows.map((row) => isOpen(row, 'email'))).toEqual([false]);
  });

  it('fails a row below the sample by itself', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => `p${index}@example.com,${index === 1150 ? 'hm' : 'no'}`);
    const { rows: read } = await moveIn(Buffer.from(`email,unsubscribed\n${rows.join('\n')}`));

    expect(read.filter((row) => 'errors' in row).map(lineOf)).toEqual(['failed: CONSENT_UNCLEAR unsubscribed']);
  });

  it('may be called anything where its cells can be about nothing else', async () => {
    const { rows } = await moveIn(Buffer.from('email,Group\na@example.com,active\nb@example.com,Unsubscribed\n'));

    expect(rows.map((row) => isOpen(row, 'email'))).toEqual([true, false]);
  });

  it('is no part of a country: State with disabled', async () => {
    const { rows } = await moveIn(Buffer.from('email,State\na@example.com,enabled\nb@example.com,disabled\n'));
    const { rows: regions } = await moveIn(Buffer.from('email,State\na@example.com,ON\nb@example.com,NV\n'));

    expect(rows.map((row) => isOpen(row, 'email'))).toEqual([true, false]);
    expect(regions.map((row) => 'draft' in row && row.draft.address?.region)).toEqual(['ON', 'NV']);
  });
});

describe('whatever the headers and the words', () => {
  const no = [
    'No',
    'false',
    '0',
    'ні',
    'нет',
    'unsubscribed',
    'Opted-out',
    'відписаний',
    'отписан',
    'BLACKLISTED',
    'bounced',
  ];
  const yes = ['Yes', 'true', '1', 'так', 'да', 'x'];
  const states = [
    'unsubscribed',
    'Відписано',
    'отписалась',
    'blocklisted',
    'bounced',
    'complained',
    'deleted',
    'pending',
    'not confirmed',
  ];
  const others = ['', 'NULL', '-', 'active', 'maybe', '2023-01-01', '17', 'Ann', '+380501112233'];
  const cell = fc.constantFrom(...new Set([...no, ...yes, ...states, ...others]));

  /** Whether a cell under a header says no beyond doubt. */
  const saysNo: Readonly<Record<string, (word: string) => boolean>> = {
    unsubscribed: (word) => yes.includes(word) || states.includes(word),
    'Opt Out': (word) => yes.includes(word) || states.includes(word),
    Відписаний: (word) => yes.includes(word) || states.includes(word),
    EMAIL_BLACKLISTED: (word) => yes.includes(word) || states.includes(word),
    'Bounced?': (word) => yes.includes(word) || states.includes(word),
    consent: (word) => no.includes(word) || states.includes(word),
    'Accepts Email Marketing': (word) => no.includes(word) || states.includes(word),
    згода: (word) => no.includes(word) || states.includes(word),
    'согласие на рассылку': (word) => no.includes(word) || states.includes(word),
    Confirmed: (word) => no.includes(word) || states.includes(word),
    Status: (word) => no.slice(5).includes(word) || states.includes(word),
    'Unsubscribed At': (word) => word === '2023-01-01' || word === 'maybe' || states.includes(word),
    Colour: () => false,
    'First Name': () => false,
  };
  const headers = fc.uniqueArray(fc.constantFrom(...Object.keys(saysNo)), { minLength: 1, maxLength: 5 });

  it('nobody becomes sendable whose row said no', () =>
    fc.assert(
      fc.asyncProperty(
        headers.chain((names) =>
          fc.record({
            names: fc.constant(names),
            table: fc.array(fc.array(cell, { minLength: names.length, maxLength: names.length }), {
              minLength: 1,
              maxLength: 6,
            }),
            source: fc.constantFrom(undefined, 'plain', 'mailchimp', 'brevo'),
          }),
        ),
        async ({ names, table, source }) => {
          const body = table.map((cells, index) =>
            [`p${index}@example.com`, ...cells].map((one) => `"${one}"`).join(','),
          );
          const file = Buffer.from([['email', ...names].join(','), ...body].join('\n'));

          const read = await moveIn(file, { options: source === undefined ? {} : { source } }).catch(
            (error: unknown) => {
              if (!(error instanceof FileError)) throw error;
              return { rows: [] };
            },
          );

          read.rows.forEach((row, index) => {
            const isRefused = names.some((name, place) => saysNo[name]?.(table[index]?.[place] ?? ''));
            if (isRefused) expect(isOpen(row, 'email')).toBe(false);
          });
        },
      ),
      { numRuns: 1000 },
    ));
});
