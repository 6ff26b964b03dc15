import type { ColumnRule, FileColumns, FileFormat, FileRow } from '#domain/files/contact-file.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { isObject } from '../imports/bind.ts';
import { bulkRowReader } from '../imports/bulk-row.ts';
import { tagsOfMembers } from './read-tags.ts';

/**
 * Reads contacts in JSON as those of a bulk request (contract 4.2), with what each says of consent. A contact without channels may
 * name its `email`, `sms` or `phone` as members.
 */
export const jsonColumns = ({ header = [] }: FileFormat, rule: ColumnRule): FileColumns => {
  const { settings, options, defaultCountry, strictNames = false } = rule;
  const readRow = bulkRowReader(settings, { defaultCountry: options.defaultCountry ?? defaultCountry, strictNames });
  const makesSegments = options.tagsToSegments === true;
  return {
    header,
    notes: [
      'Read as JSON, with contacts as those of POST /api/v1/contacts',
      ...(options.fieldMapping ? ['fieldMapping is not followed, as JSON names its members itself'] : []),
    ],
    readRow: ({ row, line, entry, cells: [text = ''], problem }: FileRow): ImportRow => {
      const origin = { line, ...(entry !== undefined && { entry }) };
      const value = problem ? undefined : parsed(text);
      if (problem || value === undefined) return { ...origin, row, errors: [problem ?? broken(text)], values: {} };
      const contact = withChannels(value);
      const read = { ...readRow(contact, row), ...origin };
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
    return error instanceof Error ? (error.message.split(/,? ?["'.…]/)[0]?.slice(0, 80) ?? '') : '';
  }
};

const channelMembers = [
  ['email', 'email'],
  ['sms', 'sms'],
  ['phone', 'sms'],
] as const;

/** A contact as a spreadsheet has it names its address without channels around it. */
const withChannels = (value: unknown): unknown => {
  if (!isObject(value) || value.channels !== undefined) return value;
  const channels = channelMembers.flatMap(([member, type]) => {
    const address = value[member];
    return (typeof address === 'string' && address.trim() !== '') || typeof address === 'number'
      ? [{ type, value: String(address) }]
      : [];
  });
  return channels.length > 0 ? { ...value, channels } : value;
};
