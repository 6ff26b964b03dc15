import { describe, expect, it } from 'vitest';
import { readFetchJob } from '#contract/files/fetch-job.ts';
import { readFailedUpload } from '#contract/files/file-jobs.ts';
import { parseCreateUpload, parseImportUpload } from '#contract/files/offered-upload.ts';
import { parseUploadContacts } from '#contract/files/upload-contacts.ts';

const rules = { allowsHttp: true };
const link = 'https://user:pass@shop.example/export/contacts.csv?token=secret#top';
const parse = (body: object) => parseUploadContacts({ link, ...body }, rules);
const refusal = (body: unknown, with_ = rules): string => {
  try {
    parseUploadContacts(body, with_);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no refusal';
};

describe('the body of an upload', () => {
  it('asks for all that a bulk request can ask for', () => {
    const asked = {
      dedupeOn: 'externalCustomerId',
      contactFields: ['sms'],
      customFieldsIDs: ['12345'],
      groupNames: ['Customers'],
      groupNamesExclude: { name: 'Subscribers' },
      restoreDeleted: 'true',
      eventKeyForNewContacts: 'newContact',
    };

    expect(parse(asked)).toEqual({
      link,
      settings: { ...asked, customFieldsIDs: [12345], groupNamesExclude: ['Subscribers'], restoreDeleted: true },
      upload: { link: 'https://shop.example/export/contacts.csv', fileName: 'contacts.csv' },
    });
  });

  it('remembers of the link where it leads, without credentials, query and fragment', () => {
    expect(JSON.stringify(parse({}).upload)).not.toMatch(/user|pass|token|secret|top/);
    expect(parse({ link: 'HTTP://Shop.Example:8080/%D1%84.csv' }).upload).toEqual({
      link: 'http://shop.example:8080/%D1%84.csv',
      fileName: 'ф.csv',
    });
    expect(parse({ link: 'https://shop.example' }).upload).toEqual({ link: 'https://shop.example/' });
  });

  it.each([
    ['U+FFFE and a control character', '%EF%BF%BEa%00.csv', '\uFFFDa\uFFFD.csv'],
    ['more pairs than are kept', '🎉'.repeat(300), `${'🎉'.repeat(127)}\uFFFD`],
  ])('names the file behind a link by what every queue and key carries: %s', (_, part, fileName) => {
    expect(parse({ link: `https://shop.example/${part}` }).upload.fileName).toBe(fileName);
  });

  it('may say how the file is to be read', () => {
    const options = { delimiter: ';', encoding: 'CP1251', fieldMapping: { 'E-mail': 'email', Card: 12345 } };

    expect(parse(options).upload).toMatchObject({
      delimiter: ';',
      encoding: 'windows-1251',
      fieldMapping: { 'E-mail': 'email', Card: '12345' },
    });
  });

  it.each(['\t', 'tab', '\\t'])('takes a tab for a tab: %j', (delimiter) => {
    expect(parse({ delimiter }).upload.delimiter).toBe('\t');
  });

  it.each([{ delimiter: null, encoding: '', fieldMapping: null }, {}])(
    'leaves the rest to be found out: %j',
    (body) => {
      expect(Object.keys(parse(body).upload)).toEqual(['link', 'fileName']);
    },
  );

  it.each([
    ['delimiter', { delimiter: ';;' }],
    ['delimiter', { delimiter: 'a' }],
    ['delimiter', { delimiter: '"' }],
    ['delimiter', { delimiter: '\n' }],
    ['encoding', { encoding: 'klingon' }],
    ['fieldMapping', { fieldMapping: ['email'] }],
    ['fieldMapping', { fieldMapping: { Mail: { to: 'email' } } }],
    [
      'fieldMapping',
      { fieldMapping: Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`${n}${'x'.repeat(60)}`, 'email'])) },
    ],
    ['dedupeOn', { dedupeOn: 'name' }],
    ['fieldId', { dedupeOn: 'fieldId' }],
    ['eventKeyForNewContacts', { eventKeyForNewContacts: 'new contact' }],
  ])('is refused with a bad %s', (member, body) => {
    expect(refusal({ link, ...body })).toContain(member);
  });

  it.each([undefined, null, '', ' ', 7, ['https://shop.example/f.csv'], {}])('is refused without a link: %j', (bad) => {
    expect(refusal({ link: bad })).toMatch(/^link must be/);
  });

  it.each([
    'shop.example/f.csv',
    'ftp://shop.example/f.csv',
    'https:/shop.example/f.csv',
    'https://',
    'https://shop.example:22/f.csv',
    'https://shop .example/f.csv',
    'https://shop.example\\f.csv',
    'https://[::1/f.csv',
    `https://shop.example/${'x'.repeat(8000)}`,
  ])('is refused with a link that is none: %s', (bad) => {
    expect(refusal({ link: bad })).toMatch(/^link: /);
  });

  it.each([null, [], 'link=https://shop.example', 7])('is refused where it is no object: %j', (body) => {
    expect(refusal(body)).toMatch(/must be an object/);
  });

  it('needs https where the deployment says so', () => {
    expect(refusal({ link: 'http://shop.example/f.csv' }, { allowsHttp: false })).toBe(
      'link: The link must begin with https://',
    );
    expect(refusal({ link }, { allowsHttp: false })).toBe('no refusal');
  });

  it('does not repeat a link in a refusal', () => {
    expect(refusal({ link: 'https://user:hunter2@shop.example:22/' })).not.toMatch(/hunter2|shop/);
  });
});

describe('a file that is to be sent', () => {
  const sha256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

  it('is named by its size and its hash', () => {
    expect(parseCreateUpload({ size: '12', sha256, fileName: 'a.csv' }, { maxBytes: 12 })).toEqual({
      size: 12,
      sha256,
      fileName: 'a.csv',
    });
  });

  it.each([
    { sha256 },
    { size: 0, sha256 },
    { size: 1.5, sha256 },
    { size: 1 },
    { size: 1, sha256: 'abc' },
    { size: 1, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    { size: 13, sha256 },
  ])('is refused as %j', (body) => {
    expect(() => parseCreateUpload(body, { maxBytes: 12 })).toThrow(/size|sha256/);
  });

  it('is imported as asked, or as always', () => {
    expect(parseImportUpload(undefined)).toMatchObject({ settings: { dedupeOn: 'email' }, options: {} });
    expect(parseImportUpload({ dedupeOn: 'sms', delimiter: '|' })).toMatchObject({
      settings: { dedupeOn: 'sms' },
      options: { delimiter: '|' },
    });
    expect(() => parseImportUpload([])).toThrow(/object/);
  });
});

describe('a message', () => {
  const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
  const { settings, upload } = parse({ dedupeOn: 'mobilepush', groupNames: ['A'], fieldMapping: { Mail: 'email' } });
  const session = {
    sessionId,
    settings,
    upload,
    state: 'STARTED',
    total: 0,
    chunkCount: 0,
    createdAt: '2026-01-05T09:00:00.000Z',
  };
  const file = { key: `uploads/${sessionId}/file`, size: 5 };

  it.each([{ sealedLink: 'abc' }, { file }])('to fetch a file is read as it was sent: %j', (what) => {
    const message = { session, ...what };

    expect(readFetchJob(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it('to fetch nothing is none', () => {
    expect(() => readFetchJob({ session })).toThrow();
    expect(() => readFetchJob({ sealedLink: 'abc' })).toThrow();
  });

  it('that failed is known by its session, whichever queue it comes from', () => {
    expect(readFailedUpload({ session, sealedLink: 'abc' })).toEqual({ sessionId });
    expect(readFailedUpload({ sessionId, file })).toEqual({ sessionId });
    expect(() => readFailedUpload({ file })).toThrow();
  });
});
