import type { ColumnRule, FileColumns, FileFormat, FileRow, FileSample } from '#domain/files/contact-file.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { bulkRowReader } from '../imports/bulk-row.ts';
import { flatContact, listWithin, unreadMembers } from './flat-contact.ts';
import { listed, quotedHeader } from './quoted-header.ts';
import { tagsOfMembers } from './read-tags.ts';

/**
 * Reads contacts in JSON as those of a bulk request (contract 4.2), with what each says of consent. A contact without channels may
 * name its address, phone and names as columns of a file do.
 */
export const jsonColumns = ({ header = [] }: FileFormat, rule: ColumnRule, sample: FileSample): FileColumns => {
  const { settings, options, defaultCountry, strictNames = false } = rule;
  const readRow = bulkRowReader(settings, { defaultCountry: options.defaultCountry ?? defaultCountry, strictNames });
  const makesSegments = options.tagsToSegments === true;
  const unread = unreadMembers(sample.map(([text = '']) => parsed(text)));
  return {
    header,
    notes: [
      'Read as JSON, with contacts as those of POST /api/v1/contacts',
      ...(unread.length > 0 ? [`Members that are not read: ${listed(unread.map(quotedHeader))}`] : []),
      ...(options.fieldMapping ? ['fieldMapping is not followed, as JSON names its members itself'] : []),
    ],
    readRow: ({ row, line, entry, cells: [text = ''], problem }: FileRow): ImportRow => {
      const origin = { line, ...(entry !== undefined && { entry }) };
      const value = problem ? undefined : parsed(text);
      if (problem || value === undefined) return { ...origin, row, errors: [problem ?? broken(text)], values: {} };
      const contact = flatContact(value);
      const read = explained({ ...readRow(contact, row), ...origin }, value);
      if (!makesSegments || !('draft' in read)) return read;
      const { names, warnings } = tagsOfMembers(value);
      return {
        ...read,
        draft: { ...read.draft, ...(names.length > 0 && { segmentNames: names }) },
        ...(warnings.length > 0 && { warnings: [...(read.warnings ?? []), ...warnings] }),
      };
    },
  };
};

/** A single contact that says of nobody who it is may hold a list of contacts under another name. */
const explained = (read: ImportRow, value: unknown): ImportRow => {
  const list = 'errors' in read ? listWithin(value) : undefined;
  if (!('errors' in read) || list === undefined) return read;
  const remedy = `; if the contacts are in ${quotedHeader(list)}, send that list alone, or call it 'contacts'`;
  const isMissing = ({ code }: Problem) => code === 'MISSING_DEDUPE_VALUE';
  return {
    ...read,
    errors: read.errors.map((one) => (isMissing(one) ? { ...one, message: one.message + remedy } : one)),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const broken = (text: string): Problem => ({
  code: 'BROKEN_JSON',
  field: 'contact',
  message: `The contact is no valid JSON: ${reasonIn(text)}`,
});

const reasonIn = (text: string): string => {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    // The text itself may follow, and is somebody's data.
    return error instanceof Error ? (error.message.split(/, \.{0,3}"/)[0]?.slice(0, 120) ?? '') : '';
  }
};
