import type { ContactDraft } from '#domain/contacts/contact.ts';
import { suitableFieldValues } from '#domain/fields/field-value.ts';
import type { ColumnRule, FileRow } from '#domain/files/contact-file.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { bareIdentifier, isShortened, wholeNumber, withoutGuard } from '#identity/spreadsheet-cell.ts';
import { readContact } from '../contacts/contact-draft.ts';
import { channelTypes } from '../contacts/contact-request.ts';
import { identityProblems } from '../contacts/identity-problems.ts';
import { quoted } from '../contacts/reading.ts';
import { untouchedMembers } from '../contacts/untouched-members.ts';
import { type FileColumn, identifyingColumns } from './found-columns.ts';
import { type Cells, submittedRow } from './submitted-row.ts';

/**
 * Reads rows of a file as contacts, by the same rules as those of a request (contract 4.9): an empty cell changes
 * nothing, white space clears a text, several tokens are separated by commas. A wrong value is left out with a warning,
 * if the row still says which contact it means. Problems name columns as the file does.
 */
export const fileRowReader = (columns: readonly FileColumn[], rule: ColumnRule) => {
  const identifiers = identifyingColumns(rule.settings);
  const headers = new Map(columns.map(({ name, header }) => [name, header]));
  const named = (problem: Problem): Problem => ({ ...problem, field: headers.get(problem.field) ?? problem.field });

  return ({ row, line, cells, problem }: FileRow): ImportRow => {
    const origin = { row, line, cells };
    if (problem) return { ...origin, errors: [problem], values: {} };
    const filled = cellsByName(columns, cells);
    const { draft, errors, warnings } = readCells(filled, identifiers, rule);
    if (!draft) return { ...origin, errors: errors.map(named), values: Object.fromEntries(filled) };
    const untouched = untouchedMembers(draft, filled, rule.settings);
    return {
      ...origin,
      draft: untouched.length > 0 ? { ...draft, untouched } : draft,
      ...(warnings.length > 0 && { warnings: warnings.slice(0, maxWarnings).map(named) }),
    };
  };
};

/** The most warnings that one row lists. */
const maxWarnings = 20;

/** Columns of which the cells are no prose: what is around their values was not meant. */
const channelColumns: readonly string[] = channelTypes;
const bareColumns = ['id', 'externalCustomerId', ...channelColumns];

const cellsByName = (columns: readonly FileColumn[], cells: readonly string[]): Map<string, string> => {
  const filled = new Map<string, string>();
  for (const { name, index } of columns) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    // White space stays some: if the mask lists a phone, a blank cell clears it.
    filled.set(name, bareColumns.includes(name) ? bareIdentifier(cell) || ' ' : withoutGuard(cell));
  }
  for (const name of ['id', 'sms']) {
    const number = filled.get(name);
    if (number !== undefined) filled.set(name, wholeNumber(number));
  }
  return filled;
};

interface ReadCells {
  /** Absent if there are errors. */
  readonly draft?: ContactDraft;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Reads what is right of a row: each value that is not is taken out, until nothing is wrong with the rest. */
const readCells = (filled: Cells, identifiers: readonly string[], rule: ColumnRule): ReadCells => {
  const { settings } = rule;
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
    const read = readContact(contact, { ...rule, readsId: settings.dedupeOn === 'id' });
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
  const message = `The row has neither an externalCustomerId nor the value that dedupeOn ${settings.dedupeOn} asks for`;
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
