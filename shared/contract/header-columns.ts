import type { ColumnRule } from '#domain/contact-file.ts';
import { FileError } from '#domain/file-error.ts';
import { columnNamed, type Definitions } from './column-name.ts';
import { type FileColumn, type FoundColumns, listed, quotedHeader } from './found-columns.ts';
import { headerKey, knownHeader } from './header-names.ts';
import { withoutGuard } from './spreadsheet-cell.ts';

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
 * @throws FileError INVALID_HEADER where `fieldMapping` names no column, or makes one column of two.
 */
export const columnsByHeader = (
  header: readonly string[],
  { fieldMapping = {}, definitions }: Pick<ColumnRule, 'fieldMapping' | 'definitions'>,
): FoundColumns => {
  const mapping = mappingOf(fieldMapping, definitions);
  const rivals: Rival[] = [];
  const unread: string[] = [];
  header.forEach((given, index) => {
    const text = withoutGuard(given).trim();
    const claim = mapping.has(headerKey(text)) ? mapping.get(headerKey(text)) : claimOf(text, definitions);
    if (claim) rivals.push({ ...claim, header: text, index });
    else if (text !== '') unread.push(quotedHeader(text));
  });
  const { columns, notes } = winners(rivals);
  if (unread.length > 0) notes.push(`Columns that are not read: ${listed(unread)}`);
  return { columns, notes: [...notes, ...unmet(fieldMapping, header)] };
};

/** By the key of the header; `undefined` for a header that the caller wants left out. */
const mappingOf = (
  fieldMapping: Readonly<Record<string, string>>,
  definitions: Definitions,
): ReadonlyMap<string, Claim | undefined> =>
  new Map(
    Object.entries(fieldMapping).map(([header, target]) => {
      if (target.trim() === '') return [headerKey(header), undefined];
      const name = columnNamed(target, definitions);
      if (name !== undefined) return [headerKey(header), { name, rank: ranks.mapped }];
      const message = `fieldMapping: ${quotedHeader(target)}, for ${quotedHeader(header)}, is no column of a contact`;
      throw new FileError('INVALID_HEADER', message);
    }),
  );

const claimOf = (header: string, definitions: Definitions): Claim | undefined => {
  const field = columnNamed(header, definitions);
  if (field !== undefined) return { name: field, rank: ranks.sure };
  const known = knownHeader(header);
  const name = known && columnNamed(known.name, definitions);
  return name === undefined ? undefined : { name, rank: known?.isSure ? ranks.sure : ranks.guessed };
};

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
    } else notes.push(`${shown(rival)} is not read, as ${shown(winner)} is the ${rival.name}`);
  }
  return { columns: [...columns.values()].map(({ name, header, index }) => ({ name, header, index })), notes };
};

const shown = ({ header, index }: FileColumn): string => `column ${index + 1} ${quotedHeader(header)}`;

/** A mapping that meets no column is a slip of somebody's pen, or of a file that lacks a column for once. */
const unmet = (fieldMapping: Readonly<Record<string, string>>, header: readonly string[]): string[] => {
  const present = new Set(header.map((cell) => headerKey(withoutGuard(cell))));
  const missing = Object.keys(fieldMapping).filter((name) => !present.has(headerKey(name)));
  return missing.length > 0
    ? [`fieldMapping names columns that the file lacks: ${listed(missing.map(quotedHeader))}`]
    : [];
};
