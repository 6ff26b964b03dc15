import { FileError } from '#domain/files/file-error.ts';

/** Archives by the hexadecimal of their first bytes. */
const archives: Readonly<Record<string, string>> = {
  '1f8b': 'another archive',
  '504b0304': 'another archive or a workbook',
  '504b0506': 'an empty archive',
  '526172211a': 'a RAR archive',
  '377abcaf271c': 'a 7-Zip archive',
  '425a68': 'a bzip2 archive',
  fd377a585a: 'an xz archive',
  '28b52ffd': 'a Zstandard archive',
};

/** Other kinds of file, likewise. */
const binaries: Readonly<Record<string, string>> = {
  '25504446': 'This is a PDF document: export the list as CSV or .xlsx',
  '89504e47': 'This is an image, and no list of contacts',
  ffd8ff: 'This is an image, and no list of contacts',
  '474946383': 'This is an image, and no list of contacts',
  '53514c697465': 'This is a database (SQLite): export its table as CSV',
  '50415231': 'This is a Parquet file: export it as CSV',
  '00010000': 'This is an Access database: export its table as CSV',
  '62706c697374': 'This is a property list of Apple: export the list as CSV or vCard',
  '2142444e': 'This is an Outlook data file (.pst): export the contacts as CSV',
  '0908': 'This is an old Excel workbook (Excel 95 or older, .xls): save it as .xlsx or CSV',
};

/** Old documents of Office, in which a text in UTF-16 says what they are. */
const compounds: readonly (readonly [text: string, sentence: string])[] = [
  ['EncryptedPackage', 'This is an Excel workbook with a password: take the password off, or save it as CSV'],
  ['WordDocument', 'This is a Word document (.doc): copy its table into a spreadsheet, and save that as .xlsx or CSV'],
  ['__nameid_version1.0', 'This is an Outlook message (.msg), and no list of contacts'],
];
const compound = 'd0cf11e0';
const oldWorkbook = 'This is an old Excel workbook (Excel 97, .xls): save it as .xlsx or CSV';

/** Texts that are no tables. */
const texts: readonly (readonly [start: RegExp, sentence: string])[] = [
  [
    /^\s*<(!doctype html|!--|html|table|head|body|meta|div|style|script)/i,
    'This is a web page, as a link without access gives it; give a link to the file itself. If it is a table that calls itself .xls, save it as .xlsx or CSV',
  ],
  [/^\s*<\?xml[^>]*>\s*<\?mso-application/i, 'This is an old Excel workbook in XML: save it as .xlsx or CSV'],
  [/^\s*<\?xml/i, 'This is XML: export the list as CSV'],
  [/^\{\\rtf/, 'This is rich text: copy its table into a spreadsheet, and save that as CSV'],
  [
    /^\s*(-- |--\n|\/\*|(INSERT INTO|CREATE TABLE|DROP TABLE|BEGIN TRANSACTION)\b)/i,
    'This is SQL: export the table as CSV',
  ],
  [/^ID;P/, 'This is a SYLK spreadsheet (.slk): save it as .xlsx or CSV'],
  [/^(dn|version): \S.*\r?\n(dn|objectclass|#)/i, 'This is LDIF: export the address book as CSV or vCard'],
  [/^BEGIN:VCALENDAR/i, 'This is a calendar (.ics), and no list of contacts'],
  [/^(From |MIME-Version:|Received:|Return-Path:)/, 'This is an e-mail message: send the file that is attached to it'],
];

/**
 * Refuses what is no list of contacts at all, in words that say what it is.
 * @throws FileError NOT_CSV, or ARCHIVE_REFUSED for archives, those within an archive among them.
 */
export const refuseOtherKinds = (head: Buffer, isPacked: boolean): void => {
  const archive = named(archives, head) ?? (isTar(head) ? 'a tar archive' : undefined);
  if (archive) {
    const holder = isPacked ? 'The archive holds' : 'The file is';
    const remedy = 'send a list as it is, as .gz or as .zip with one file, and a workbook as it is';
    throw new FileError('ARCHIVE_REFUSED', `${holder} ${archive}; ${remedy}`);
  }
  const sentence = named(binaries, head) ?? ofCompound(head) ?? ofText(head);
  if (sentence) throw new FileError('NOT_CSV', sentence);
};

const named = (kinds: Readonly<Record<string, string>>, head: Buffer): string | undefined => {
  const start = head.subarray(0, 16).toString('hex');
  return Object.entries(kinds).find(([signature]) => start.startsWith(signature))?.[1];
};

const ofCompound = (head: Buffer): string | undefined => {
  if (!head.subarray(0, 4).toString('hex').startsWith(compound)) return undefined;
  return compounds.find(([text]) => head.includes(Buffer.from(text, 'utf16le')))?.[1] ?? oldWorkbook;
};

const isTar = (head: Buffer): boolean => head.toString('latin1', 257, 262) === 'ustar';

const ofText = (head: Buffer): string | undefined => {
  const isWide = head[0] === 0xff && head[1] === 0xfe;
  const text = head
    .subarray(0, 512)
    .toString(isWide ? 'utf16le' : 'utf8')
    .replace(/^\uFEFF/, '');
  return texts.find(([start]) => start.test(text))?.[1];
};
