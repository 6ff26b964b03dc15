import { describe, expect, it } from 'vitest';
import type { BoundedSource } from '#csv/bounded-source.ts';
import { fileReader } from '#csv/file-reader.ts';
import { openFile, resumeFile } from '#csv/open-file.ts';
import type { FileRow, OpenedFile } from '#domain/files/contact-file.ts';
import { fileSource } from '#test/support/files/file-source.ts';
import { encodeText, gzipped, zipped } from '#test/support/files/written-file.ts';

const line = (index: number): string => `person${index}@example.com;Іван;Київ\n`;
const table = `email;firstName;town\n${Array.from({ length: 20_000 }, (_, index) => line(index)).join('')}`;

const firstRows = async ({ rows }: OpenedFile, count: number): Promise<FileRow[]> => {
  const read: FileRow[] = [];
  for await (const row of rows()) if (read.push(row) === count) break;
  return read;
};

/** A source that tells how many of its readings were not ended. */
const watched = (bytes: Buffer) => {
  const source = fileSource(bytes);
  let open = 0;
  const reading = async function* (pieces: AsyncIterable<Uint8Array>) {
    open += 1;
    try {
      yield* pieces;
    } finally {
      open -= 1;
    }
  };
  return {
    ...source,
    read: async (from: number, to?: number) => reading(await source.read(from, to)),
    open: () => open,
  };
};

const packings = {
  plain: (bytes: Buffer) => bytes,
  gzip: gzipped,
  zip: (content: Buffer) => zipped([{ name: 'x.csv', content }]),
};

describe('going on after a row', () => {
  it.each(['utf-8', 'windows-1251'])('reads nothing of what lies before it in %s', async (encoding) => {
    const bytes = encodeText(table, encoding);
    const opened = await openFile(fileSource(bytes), {});
    const [last] = (await firstRows(opened, 19_990)).slice(-1);
    const source = fileSource(bytes, [100]);

    const rest: FileRow[] = [];
    for await (const row of resumeFile(source, opened.format).rows(last?.position)) rest.push(row);

    expect(rest.map(({ row }) => row)).toEqual(Array.from({ length: 10 }, (_, index) => 19_991 + index));
    expect(rest[0]).toMatchObject({ line: 19_992, cells: ['person19990@example.com', 'Іван', 'Київ'] });
    expect(source.bytesRead()).toBe(bytes.length - (last?.position.byte ?? 0));
  });

  it('ends at once after the last row', async () => {
    const opened = await openFile(fileSource('email\na@example.com\n'), {});
    const [last] = await firstRows(opened, 1);

    const rest: FileRow[] = [];
    for await (const row of opened.rows(last?.position)) rest.push(row);

    expect(rest).toEqual([]);
  });
});

describe('a source', () => {
  it.each(Object.entries(packings))('of a %s file is let go when reading is given up', async (_, pack) => {
    const source = watched(pack(Buffer.from(table)));

    const opened = await openFile(source, {});
    const afterOpening = source.open();
    await firstRows(opened, 3);

    expect([afterOpening, source.open()]).toEqual([0, 0]);
  });

  it.each(Object.entries(packings))('that fails is not the fault of a %s file', async (_, pack) => {
    const bytes = pack(Buffer.from(table));
    const whole = fileSource(bytes);
    const { format } = await openFile(whole, {});
    const fault = new Error('The connection was lost');
    const failing: BoundedSource = {
      ...whole,
      read: async (from, to) =>
        (async function* () {
          yield* await whole.read(from, Math.min(to ?? whole.size, from + 100));
          throw fault;
        })(),
    };

    await expect(firstRows(resumeFile(failing, format), 100_000)).rejects.toBe(fault);
    await expect(openFile(failing, {})).rejects.toBe(fault);
  });
});

describe('a format', () => {
  it('is found in what follows where the beginning is ASCII', async () => {
    const ascii = 'person@example.com;Ann;Kyiv\n'.repeat(12_000);
    const bytes = encodeText(
      `email;firstName;town\n${ascii}${'b@example.com;Олена;Київ\n'.repeat(2_000)}`,
      'windows-1251',
    );

    const { format } = await openFile(fileSource(bytes), {});

    expect(format.encoding).toBe('windows-1251');
  });

  it('goes through JSON', async () => {
    const opened = await openFile(fileSource(encodeText(table, 'utf-8', true)), {});
    const { format } = opened;

    expect(JSON.parse(JSON.stringify(format))).toEqual(format);
    expect(format).toEqual({
      compression: 'none',
      encoding: 'utf-8',
      delimiter: ';',
      newline: '\n',
      header: ['email', 'firstName', 'town'],
      width: 3,
      start: { row: 0, line: 1, byte: 24 },
      notes: [],
    });
  });

  it('takes the delimiter that its caller names', async () => {
    const { format, rows } = await openFile(fileSource('email;a,b\na@example.com;1,2\n'), { delimiter: ',' });

    const [first] = await firstRows({ format, rows }, 1);

    expect(first?.cells).toEqual(['a@example.com;1', '2']);
    await expect(openFile(fileSource('email\n'), { delimiter: '"' })).rejects.toMatchObject({ code: 'INVALID_HEADER' });
  });
});

describe('a limit', () => {
  it('is that of the reader, and a larger file is refused before a byte is read', async () => {
    const source = { size: 5 * 1_048_576 + 1, read: () => Promise.reject(new Error('It was read')) };

    await expect(fileReader(5 * 1_048_576).openFile(source, {})).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      message: 'The file has more than 5 MB; cut it into parts',
    });
    await expect(fileReader(6 * 1_048_576).openFile(source, {})).rejects.toThrow('It was read');
  });

  it.each([['gzip'], ['zip']] as const)('holds for what a %s file unpacks to', async (packing) => {
    const bytes = Buffer.from(table);
    const packed = fileSource(packings[packing](bytes));
    const readAll = async (maxBytes: number) => firstRows(await fileReader(maxBytes).openFile(packed, {}), 100_000);

    await expect(readAll(bytes.length - 1)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(await readAll(bytes.length)).toHaveLength(20_000);
  });
});

it('a quote that is open on every line fails every line and takes no other along', async () => {
  const lines = 60_000;
  const bytes = Buffer.from(`email,name\n${'a@example.com,"x\n'.repeat(lines)}`);
  const { rows } = await openFile(fileSource(bytes), { delimiter: ',' });

  let broken = 0;
  for await (const { problem } of rows()) if (problem?.code === 'BROKEN_QUOTE') broken += 1;

  expect(broken).toBe(lines);
});
