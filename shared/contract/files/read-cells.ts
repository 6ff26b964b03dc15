import type { ContactDraft } from '#domain/contacts/contact.ts';
import { suitableFieldValues } from '#domain/fields/field-value.ts';
import type { ColumnRule } from '#domain/files/contact-file.ts';
import type { Problem } from '#domain/problem.ts';
import { isShortened } from '#identity/spreadsheet-cell.ts';
import { readContact } from '../contacts/contact-draft.ts';
import { channelTypes } from '../contacts/contact-request.ts';
import { identityProblems } from '../contacts/identity-problems.ts';
import type { PhoneRule } from '../contacts/read-channels.ts';
import { quoted } from '../contacts/reading.ts';
import { bareColumns } from './clean-cell.ts';
import { identifyingColumns } from './found-columns.ts';
import { type Cells, submittedRow } from './submitted-row.ts';

const channelColumns: readonly string[] = channelTypes;

/** What the cells of a row come to. */
export interface ReadCells {
  /** Absent where there are errors. */
  readonly draft?: ContactDraft;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Reads what is right of a row: each value that is not is taken out, until nothing is wrong with the rest. */
export const readCells = (filled: Cells, phones: PhoneRule, rule: ColumnRule): ReadCells => {
  const { settings } = rule;
  const identifiers = identifyingColumns(settings);
  const kept = new Map(filled);
  const errors: Problem[] = [];
  const warnings: Problem[] = [];
  const leftOut: Problem[] = [];
  const takeOut = (problem: Problem): void => {
    const isThere = kept.delete(problem.field);
    const isChannel = channelColumns.includes(problem.field);
    if (isThere && isChannel) leftOut.push(problem);
    if (isThere && (isChannel || !identifiers.includes(problem.field))) warnings.push(withoutValue(problem));
    else errors.push(problem);
  };
  for (const problem of shortenedNumbers(kept, identifiers)) takeOut(problem);
  while (true) {
    const { contact, columnOf } = submittedRow(kept);
    const read = readContact(contact, { ...rule, ...phones, readsId: settings.dedupeOn === 'id' });
    const before = kept.size;
    for (const problem of read.errors) takeOut({ ...problem, field: columnOf(problem.field) });
    if (read.draft || kept.size === before) {
      warnings.push(...read.warnings.map((problem) => ({ ...problem, field: columnOf(problem.field) })));
      leftOut.push(...(read.leftOut ?? []));
      return errors.length > 0 || !read.draft
        ? { errors, warnings }
        : identified(read.draft, { warnings, leftOut }, rule);
    }
  }
};

const withoutValue = (problem: Problem): Problem => ({ ...problem, message: `${problem.message} and was left out` });

/** A draft whose custom fields have suitable values, if it still says which contact it means. */
const identified = (
  read: ContactDraft,
  { warnings, leftOut }: { readonly warnings: readonly Problem[]; readonly leftOut: readonly Problem[] },
  { settings, definitions }: ColumnRule,
): ReadCells => {
  const suitable = suitableFieldValues(read.fields ?? [], definitions);
  const { fields: _, untouched: _untouched, ...members } = read;
  const draft = suitable.values.length > 0 ? { ...members, fields: suitable.values } : members;
  const unsuitable = suitable.warnings.map((warning) => ({ ...warning, field: warning.field.replace('fields.', '') }));
  const [name] = identifyingColumns(settings);
  const remedy =
    settings.dedupeOn === 'email' && draft.sms !== undefined ? '; dedupeOn email_or_sms knows it by its phone' : '';
  const message = `The row has neither an externalCustomerId nor the value that dedupeOn ${settings.dedupeOn} asks for${remedy}`;
  const missing: Problem = { code: 'MISSING_DEDUPE_VALUE', field: name ?? 'row', message };
  const errors = identityProblems({ draft, leftOut }, settings, missing);
  if (errors.length === 0) return { draft, errors, warnings: [...warnings, ...unsuitable] };
  return { errors: [...unsuitable.filter(({ field }) => field === name), ...errors], warnings };
};

/** Numbers that a spreadsheet shortened are no identifiers any more: many contacts would become one. */
const shortenedNumbers = (cells: Cells, identifiers: readonly string[]): Problem[] =>
  [...cells].flatMap(([field, cell]): Problem[] => {
    const isIdentifier = bareColumns.includes(field) || identifiers.includes(field);
    if (!isIdentifier || !isShortened(cell)) return [];
    const code = field === 'sms' ? 'INVALID_PHONE' : 'INVALID_MEMBER';
    const message = `${quoted(cell)} was shortened by a spreadsheet; format the column as text and save the file again`;
    return [{ code, field, message }];
  });
