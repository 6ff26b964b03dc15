import type { FileSample } from '#domain/files/contact-file.ts';
import type { Problem } from '#domain/problem.ts';
import { segmentNameKey } from '#domain/segments/segment.ts';
import { isNoValue } from '#identity/junk.ts';
import { withoutGuard } from '#identity/spreadsheet-cell.ts';
import { carriedText } from '../carried-text.ts';
import { quoted } from '../contacts/reading.ts';
import { isObject } from '../imports/bind.ts';
import type { FileColumn } from './found-columns.ts';
import type { Kit } from './kits.ts';

/** The segments that the tags, lists and groups of a row name. */
export interface ReadTags {
  readonly names: readonly string[];
  readonly warnings: readonly Problem[];
}

/** The most segments that one row joins, and the longest name of one: as many as a request may name. */
const maxNames = 100;
const maxLength = 100;

/** What stands between several tags of a cell, the rarer in a name the earlier. */
const separators = [':::', '\n', '|', ';', ','] as const;

/** Makes what reads the columns of tags, lists and groups; what separates them is found once for each column. */
export const tagReader = (columns: readonly FileColumn[], kit: Kit | undefined, sample: FileSample) => {
  const own = columns
    .filter(({ name }) => name === 'tags')
    .map((column) => ({ ...column, separator: kit?.tagSeparator ?? separatorIn(sample, column.index) }));
  if (own.length === 0) return undefined;
  return (cells: readonly string[]): ReadTags =>
    readNames(
      own.flatMap(({ index, header, separator }) =>
        textsIn(cells[index] ?? '', separator).map((text) => ({ text, field: header })),
      ),
      kit,
    );
};

/** The tags, lists and groups that a contact in JSON names as members. */
export const tagsOfMembers = (contact: unknown): ReadTags =>
  readNames(
    isObject(contact)
      ? tagMembers.flatMap((field) =>
          [contact[field]]
            .flat()
            .flatMap(textOf)
            .map((text) => ({ text, field })),
        )
      : [],
  );

const readNames = (
  texts: readonly { readonly text: string; readonly field: string }[],
  kit?: Kit | undefined,
): ReadTags => {
  const names = new Map<string, string>();
  const warnings: Problem[] = [];
  for (const { text, field } of texts) {
    const name = nameOf(text);
    if (name === '' || kit?.tagOfAll === name) continue;
    const reason = names.has(segmentNameKey(name)) ? undefined : reasonAgainst(name, names.size);
    if (reason) warnings.push({ ...reason, field });
    else names.set(segmentNameKey(name), names.get(segmentNameKey(name)) ?? name);
  }
  return { names: [...names.values()], warnings };
};

const separatorIn = (sample: FileSample, index: number): string => {
  const plain = sample.map((cells) => cells[index] ?? '').filter((cell) => !/^\s*[["{]/.test(cell));
  return separators.find((one) => plain.some((cell) => cell.includes(one))) ?? ',';
};

/** The texts of a cell: of a list in JSON, of a list with quotes, or between separators. */
const textsIn = (cell: string, separator: string): readonly string[] => {
  const text = withoutGuard(cell).trim();
  if (text === '') return [];
  if (text.startsWith('[') || text.startsWith('{')) return textsOfJson(text) ?? text.slice(1, -1).split(',');
  if (!text.startsWith('"')) return text.split(separator);
  return [...text.matchAll(/"((?:[^"]|"")*)"|[^",;|]+/g)].map(([whole, inner]) =>
    (inner ?? whole).replaceAll('""', '"'),
  );
};

/** Members of a contact's data that are its tags. */
export const tagMembers = ['tags', 'lists', 'groups', 'labels', 'segments'] as const;

const textsOfJson = (text: string): readonly string[] | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.flatMap(textOf);
    return isObject(value) ? tagMembers.flatMap((name) => [value[name]].flat().flatMap(textOf)) : undefined;
  } catch {
    return undefined;
  }
};

const textOf = (value: unknown): string[] => {
  const text = isObject(value) ? value.name : value;
  return typeof text === 'string' || typeof text === 'number' ? [String(text)] : [];
};

/** Google marks the groups that it made itself by an asterisk. */
const nameOf = (text: string): string =>
  carriedText(text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' '))
    .trim()
    .replace(/^\* /, '');

const reasonAgainst = (name: string, count: number): Omit<Problem, 'field'> | undefined => {
  if (isNoValue(name) && !/\p{Extended_Pictographic}/u.test(name)) {
    return { code: 'NO_VALUE', message: `${quoted(name)} stands for no value and was left out` };
  }
  const isLong = name.length > maxLength;
  if (!isLong && count < maxNames) return undefined;
  const reason = isLong ? `has more than ${maxLength} characters` : `is one of more than ${maxNames} in the row`;
  return { code: 'SEGMENT_LEFT_OUT', message: `${quoted(name)} ${reason} and makes no segment` };
};
