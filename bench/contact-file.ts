import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a file has of each contact; the same number is always the same person. */
const header = 'email,sms,firstName,lastName,town,region,address,postcode,languageCode\r\n';

const firstNames = ['Olena', 'Тарас', 'Iryna', 'Андрій', 'Sofiia', 'Максим', 'Daryna'];
const lastNames = ['Shevchenko', 'Коваленко', 'Bondarenko', '"Ткаченко, молодша"', 'Kravchenko', 'Oliinyk'];

/** Writes a file of new contacts from `first` on, until it has so many rows or bytes; returns how many rows it has. */
export const writeContactFile = async (
  path: string,
  { first = 0, rows, bytes }: { readonly first?: number; readonly rows?: number; readonly bytes?: number },
): Promise<number> => {
  let written = 0;
  const pieces = function* () {
    let piece = header;
    let length = 0;
    while (rows === undefined ? length < (bytes ?? 0) : written < rows) {
      const line = lineOf(first + written);
      written += 1;
      length += Buffer.byteLength(line);
      piece += line;
      if (piece.length < 65_536) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  };
  await pipeline(Readable.from(pieces()), createWriteStream(path));
  return written;
};

const lineOf = (number: number): string =>
  [
    `customer.${number}@shop.example.com`,
    380_500_000_000 + number,
    firstNames[number % firstNames.length],
    lastNames[number % lastNames.length],
    'Kyiv',
    'Kyiv',
    `"Khreshchatyk ${number % 100}, 7"`,
    '01001',
    'uk\r\n',
  ].join(',');
