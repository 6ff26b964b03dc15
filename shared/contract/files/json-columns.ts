import type { ColumnRule, FileColumns, FileFormat, FileRow, FileSample } from '#domain/files/contact-file.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { isObject } from '../imports/bind.ts';
import { contactReader } from './json-contacts.ts';
import { jsonTable } from './json-table.ts';
import { notesOnUse } from './notes-on-use.ts';
import { quotedHeader } from './quoted-header.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads contacts in JSON: those with `channels` as those of a bulk request (contract 4.2), others as rows of a table, whose
 * columns are their members.
 * @throws FileError INVALID_HEADER where `fieldMapping` cannot be followed; CONSENT_COLUMN_UNCLEAR.
 */
export const jsonColumns = ({ header = [] }: FileFormat, rule: ColumnRule, sample: FileSample): FileColumns => {
  const contacts = sample.map(([text = '']) => parsed(text)).filter(isObject);
  const submitted = contacts.filter(isSubmitted);
  const flat = contacts.filter((contact) => !isSubmitted(contact));
  const ofTable = jsonTable(rule, flat);
  const ofRequest = contactReader(rule, submitted);
  return {
    header,
    notes: [
      ...(submitted.length > 0
        ? ['Read as JSON, with contacts as those of POST /api/v1/contacts', ...ofRequest.notes]
        : []),
      ...(flat.length > 0 ? ['Read as JSON, with the members of each contact as the columns of a table'] : []),
      ...(flat.length > 0 ? [...ofTable.found.notes, ...notesOnUse(ofTable.found.columns, rule)] : []),
    ],
    readRow: (row: FileRow): ImportRow => {
      const {
        line,
        entry,
        cells: [text = ''],
      } = row;
      const origin = { row: row.row, line, ...(entry !== undefined && { entry }) };
      const value = row.problem ? undefined : parsed(text);
      if (row.problem || value === undefined) return { ...origin, errors: [row.problem ?? broken(text)], values: {} };
      if (isObject(value) && !isSubmitted(value)) return explained(ofTable.readRow(value, row), value);
      return { ...ofRequest.readRow(value, row.row), ...origin };
    },
  };
};

/** Whether a contact is one of a bulk request. */
const isSubmitted = (contact: Members): boolean => contact.channels !== undefined;

/** A single contact that says of nobody who it is may hold a list of contacts under another name. */
const explained = (read: ImportRow, contact: Members): ImportRow => {
  const list = 'errors' in read ? listWithin(contact) : undefined;
  if (!('errors' in read) || list === undefined) return read;
  const remedy = `; if the contacts are in ${quotedHeader(list)}, send that list alone, or call it 'contacts'`;
  const isMissing = ({ code }: Problem) => code === 'MISSING_DEDUPE_VALUE';
  return {
    ...read,
    errors: read.errors.map((one) => (isMissing(one) ? { ...one, message: one.message + remedy } : one)),
  };
};

/** A member in the list of which the contacts of a file may be instead. */
const listWithin = (contact: Members): string | undefined =>
  Object.keys(contact).find((member) => Array.isArray(contact[member]) && contact[member].some(isObject));

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
