import type { Problem } from '#domain/problem.ts';
import { normaliseEmail } from '#identity/email.ts';
import { normalisePhone } from '#identity/phone.ts';
import { isShortened } from '#identity/spreadsheet-cell.ts';
import type { PhoneRule } from '../contacts/read-channels.ts';
import { quoted } from '../contacts/reading.ts';
import { rankOfLabel } from './channel-header.ts';
import type { CleanCells } from './clean-cell.ts';
import type { FileColumn } from './found-columns.ts';

/** A column of e-mail addresses or phones, with what cleans its cells. */
export interface ChannelColumn extends FileColumn {
  readonly clean: CleanCells;
}

/** The one value of a row that is read, and what is known of the others. */
export interface ChosenValue {
  /** Absent where there is none. */
  readonly value?: string;
  /** The column that it comes from. */
  readonly header: string;
  /** Other values of the same person, as contacts have them. */
  readonly spare: readonly string[];
  readonly warnings: readonly Problem[];
}

interface Candidate {
  readonly value: string;
  readonly header: string;
}

/**
 * Makes what chooses the e-mail address or the phone of a row among several columns, and several values in a cell: the first
 * that is one. Whatever else the row has is told.
 */
export const chooserOf = (name: 'email' | 'sms', columns: readonly ChannelColumn[]) => {
  const [first] = columns;
  const hasLabels = columns.some(({ labelIndex }) => labelIndex !== undefined);

  return (cells: readonly string[], phones: PhoneRule): ChosenValue => {
    const warnings: Problem[] = [];
    const ordered = hasLabels ? byLabel(columns, cells) : columns;
    const candidates = ordered.flatMap(({ index, header, clean }): Candidate[] => {
      const cell = cells[index] ?? '';
      if (cell === '') return [];
      return valuesIn(name, cell).flatMap((part) => {
        const { value, warning } = clean(part);
        if (warning) warnings.push({ ...warning, field: header });
        return value === undefined ? [] : [{ value, header }];
      });
    });
    const [only] = candidates;
    if (candidates.length <= 1) return { ...only, header: only?.header ?? first?.header ?? name, spare: [], warnings };
    return choose(name, candidates, { phones, warnings });
  };
};

const choose = (
  name: 'email' | 'sms',
  candidates: readonly Candidate[],
  { phones, warnings }: { readonly phones: PhoneRule; readonly warnings: Problem[] },
): ChosenValue => {
  const read = (value: string) => (name === 'email' ? normaliseEmail(value) : phoneIn(value, phones));
  const known = candidates.map((one) => ({ ...one, normal: read(one.value) }));
  const chosen =
    known.find(({ normal }) => normal !== undefined) ?? known.find(({ value }) => value.trim() !== '') ?? known[0];
  const spare = new Set<string>();
  for (const { value, header, normal } of known) {
    if (
      value === chosen?.value ||
      value.trim() === '' ||
      (normal !== undefined && (normal === chosen?.normal || spare.has(normal)))
    )
      continue;
    if (normal === undefined) warnings.push(invalid(name, value, header));
    else {
      spare.add(normal);
      warnings.push({
        code: 'SPARE_VALUE',
        field: header,
        message: `${quoted(value)} was left out, as the row has another ${words[name]}`,
      });
    }
  }
  return { ...(chosen && { value: chosen.value }), header: chosen?.header ?? name, spare: [...spare], warnings };
};

const words = { email: 'e-mail address', sms: 'phone number' } as const;

const invalid = (name: 'email' | 'sms', value: string, header: string): Problem => ({
  code: name === 'email' ? 'INVALID_EMAIL' : 'INVALID_PHONE',
  field: header,
  message: `${quoted(value)} is not valid ${name === 'email' ? 'email' : 'phone number'} and was left out`,
});

const phoneIn = (value: string, { defaultCountry, barePhones }: PhoneRule): string | undefined =>
  isShortened(value) ? undefined : normalisePhone(value, defaultCountry, barePhones);

const byLabel = (columns: readonly ChannelColumn[], cells: readonly string[]): readonly ChannelColumn[] =>
  columns
    .map((column) => ({ column, rank: rankOfLabel(cells[column.labelIndex ?? -1] ?? '') }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ column }) => column);

/** The values of a cell; nearly all have one. */
const valuesIn = (name: 'email' | 'sms', cell: string): readonly string[] => {
  if (name === 'email') return addressesIn(cell);
  if (!/[;,|\n<]|:::| \/ /.test(cell)) return [cell];
  const parts = cell.split(/:::|[;|\n]| \/ /).flatMap((part) => {
    const numbers = part.split(',');
    return numbers.every((number) => number.replace(/\D/g, '').length >= leastDigits) ? numbers : [part];
  });
  return parts.map((part) => part.trim()).filter((part) => part !== '');
};

/**
 * Beside an address in brackets stands a name; elsewhere each part was meant for an address. One that a space breaks is none:
 * `ann smith@x.example` may be somebody else's.
 */
const addressesIn = (cell: string): readonly string[] => {
  const text = cell.trim();
  if (!/[\s;,|<]/.test(text)) return [cell];
  const words = text.split(/[\s,;|<>()"']/).filter((part) => part !== '');
  const addresses = words.filter((part) => part.includes('@'));
  if (addresses.length === 0) return [cell];
  if (/[<("]/.test(text) || addresses.length === words.length) return addresses;
  return text
    .split(/:::|[;,|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
};

/** A comma stands in numbers, too, as spreadsheets write them. */
const leastDigits = 7;
