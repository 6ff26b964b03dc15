import type { ColumnRule } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import { withoutGuard } from '#identity/spreadsheet-cell.ts';
import { columnNamed, type Definitions } from './column-name.ts';
import { type FileColumn, type FoundColumns, listed, quotedHeader } from './found-columns.ts';
import { headerKey, knownHeader } from './header-names.ts';

/** How a column came to its meaning: of several that mean the same, one with the lowest rank is read. */
const ranks = { mapped: 0, sure: 1, guessed: 2 } as const;

interface Claim {
  readonly name: string;
  readonly rank: number;
}

type Rival = FileColumn & Claim;

/**
 * The columns of a header: what `fieldMapping` says, else what the header is by contract 4.9 or by a synonym. Of several
 * that mean the same, one is read: the mapped one, the one whose name it is, or the first.
 * @throws FileError INVALID_HEADER if `fieldMapping` names no column, or makes one column of two.
 */
export const columnsByHeader = (
  header: readonly string[],
  { fieldMapping = {}, definitions }: Pick<ColumnRule, 'fieldMapping' | 'definitions'>,
): FoundColumns => {
  const texts = header.map((cell) => withoutGuard(cell).trim());
  const mapping = mappingOf(fieldMapping, texts, definitions);
  const rivals: Rival[] = [];
  const unread: string[] = [];
  texts.forEach((text, index) => {
    const claim = mapping.has(text) ? mapping.get(text) : claimOf(text, definitions);
    if (claim) rivals.push({ ...claim, header: text, index });
    else if (text !== '') unread.push(quotedHeader(text));
  });
  const { columns, notes } = winners(rivals);
  if (unread.length > 0) notes.push(`Columns that are not read: ${listed(unread)}`);
  return { columns, notes: [...notes, ...unmet(fieldMapping, texts)] };
};

/**
 * What the caller says, by header; `undefined` for one that is to be left out. A header matches exactly or, if the file
 * has no such header, whatever its case and punctuation.
 */
const mappingOf = (
  fieldMapping: Readonly<Record<string, string>>,
  headers: readonly string[],
  definitions: Definitions,
): ReadonlyMap<string, Claim | undefined> => {
  const mapping = new Map<string, Claim | undefined>();
  for (const [header, target] of Object.entries(fieldMapping)) {
    const claim = mappedClaim(header, target, definitions);
    for (const meant of headersMeant(header, headers)) mapping.set(meant, claim);
  }
  return mapping;
};

const mappedClaim = (header: string, target: string, definitions: Definitions): Claim | undefined => {
  if (target.trim() === '') return undefined;
  const name = columnNamed(target, definitions);
  if (name !== undefined) return { name, rank: ranks.mapped };
  const message = `fieldMapping: ${quotedHeader(target)}, for ${quotedHeader(header)}, is no column of a contact`;
  throw new FileError('INVALID_HEADER', message);
};

const headersMeant = (header: string, headers: readonly string[]): readonly string[] => {
  const text = header.trim();
  if (headers.includes(text)) return [text];
  const key = headerKey(text);
  return key === '' ? [] : headers.filter((one) => headerKey(one) === key);
};

const claimOf = (header: string, definitions: Definitions): Claim | undefined => {
  const field = columnNamed(header, definitions);
  if (field !== undefined) return { name: field, rank: ranks.sure };
  const known = knownHeader(header);
  const name = known && columnNamed(known.name, definitions);
  return name === undefined ? undefined : { name, rank: known?.isSure ? ranks.sure : ranks.guessed };
};

/** The most columns with the meaning of another one that are listed one by one. */
const maxNotes = 20;

const winners = (rivals: readonly Rival[]): { columns: FileColumn[]; notes: string[] } => {
  const columns = new Map<string, Rival>();
  const notes: string[] = [];
  for (const rival of rivals.toSorted((one, other) => one.rank - other.rank)) {
    const winner = columns.get(rival.name);
    if (!winner) columns.set(rival.name, rival);
    else if (rival.rank === ranks.mapped) {
      throw new FileError(
        'INVALID_HEADER',
        `fieldMapping makes ${rival.name} of ${shown(winner)} and of ${shown(rival)}`,
      );
    } else if (notes.length < maxNotes)
      notes.push(`${shown(rival)} is not read, as ${shown(winner)} is the ${rival.name}`);
  }
  return { columns: [...columns.values()].map(({ name, header, index }) => ({ name, header, index })), notes };
};

const shown = ({ header, index }: FileColumn): string => `column ${index + 1} ${quotedHeader(header)}`;

/** A mapping that meets no column is a slip, or of a file that lacks a column for once. */
const unmet = (fieldMapping: Readonly<Record<string, string>>, headers: readonly string[]): string[] => {
  const missing = Object.keys(fieldMapping).filter((name) => headersMeant(name, headers).length === 0);
  return missing.length > 0
    ? [`fieldMapping names columns that the file lacks: ${listed(missing.map(quotedHeader))}`]
    : [];
};
