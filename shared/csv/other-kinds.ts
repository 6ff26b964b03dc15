import { FileError } from '#domain/files/file-error.ts';

/** Archives by the hexadecimal of their first bytes. */
const archives: Readonly<Record<string, string>> = {
  '1f8b': 'another archive',
  '504b0304': 'another archive',
  '504b0506': 'an empty archive',
  '526172211a': 'a RAR archive',
  '377abcaf271c': 'a 7-Zip archive',
  '425a68': 'a bzip2 archive',
  fd377a585a: 'an xz archive',
  '28b52ffd': 'a Zstandard archive',
};

/** Other kinds of file that come in place of CSV, likewise. */
const binaries: Readonly<Record<string, string>> = {
  d0cf11e0: 'an old Excel workbook (.xls); save it as CSV',
  '25504446': 'a PDF document',
  '89504e47': 'an image',
  ffd8ff: 'an image',
};

/** Texts that are no tables. */
const texts: readonly (readonly [kind: string, start: RegExp])[] = [
  ['a web page, as a link without access gives it; give a link to the file itself', /^\s*<(!doctype html|html)/i],
  ['XML', /^\s*<\?xml/i],
  ['rich text; save it as CSV', /^\{\\rtf/],
  ['JSON', /^\s*(\[\s*[[{\]]|\{\s*["}])/],
];

/**
 * Refuses what is no table at all, in words that say what it is.
 * @throws FileError NOT_CSV, or ARCHIVE_REFUSED for archives, those within an archive among them.
 */
export const refuseOtherKinds = (head: Buffer, isPacked: boolean): void => {
  const archive = named(archives, head);
  if (archive) {
    const holder = isPacked ? 'The archive holds' : 'The file is';
    throw new FileError('ARCHIVE_REFUSED', `${holder} ${archive}; send CSV as it is, as .gz or as .zip with one file`);
  }
  const text = head
    .subarray(0, 512)
    .toString()
    .replace(/^\uFEFF/, '');
  const kind = named(binaries, head) ?? texts.find(([, start]) => start.test(text))?.[0];
  if (kind) throw new FileError('NOT_CSV', `The file is not CSV but ${kind}`);
};

const named = (kinds: Readonly<Record<string, string>>, head: Buffer): string | undefined => {
  const start = head.subarray(0, 16).toString('hex');
  return Object.entries(kinds).find(([signature]) => start.startsWith(signature))?.[1];
};
