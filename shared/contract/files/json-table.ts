import type { ColumnRule, FileRow } from '#domain/files/contact-file.ts';
import { FileError } from '#domain/files/file-error.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import { isTelling } from '../consent/consent-words.ts';
import { claimOf } from './claim-header.ts';
import { fileRowReader } from './file-row.ts';
import type { FoundColumns } from './found-columns.ts';
import { columnsByHeader } from './header-columns.ts';
import { cellsOfContact, maxMembers, tooMany } from './json-cells.ts';

type Members = Readonly<Record<string, unknown>>;

/** As many shapes of contacts as are remembered, and of those that a sample lacks as many rows of it as are looked at. */
const maxShapes = 100;

/**
 * Reads contacts in JSON that have their address, phone and names beside each other as the rows of a table, by the names of
 * their members: everything that is known of columns is known of them.
 * @throws FileError CONSENT_COLUMN_UNCLEAR where a sample does not say clearly who may be written to.
 */
export const jsonTable = (rule: ColumnRule, sample: readonly Members[]) => {
  const rows = sample.map(cellsOfContact);
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  if (names.length > maxMembers) throw tooMany();
  const known = new Set(names);
  const main = tableOf(names, rows, rule);
  const [unclear] = main.found.unclear;
  if (unclear) throw new FileError('CONSENT_COLUMN_UNCLEAR', unclear.message);

  const others = new Map<string, Table>();
  const tableFor = (more: readonly OtherMember[]): Table => {
    if (more.length === 0) return main;
    const shape = JSON.stringify(more);
    const told = new Map(more.map(({ name, isTelling: tells }) => [name, tells ? tellingCell : '']));
    const table = others.get(shape) ?? tableOf([...names, ...told.keys()], [told, ...rows.slice(0, maxShapes)], rule);
    if (others.size < maxShapes) others.set(shape, table);
    return table;
  };

  return {
    found: main.found,
    readRow: (contact: Members, row: FileRow): ImportRow => {
      const cells = cellsOfContact(contact);
      const more = [...cells].flatMap(([name, cell]) => (known.has(name) ? [] : otherMember(name, cell, rule)));
      const { header, read } = tableFor(more.toSorted((one, other) => (one.name < other.name ? -1 : 1)));
      const { cells: _, ...made } = read({ ...row, cells: header.map((name) => cells.get(name) ?? '') });
      return made;
    },
  };
};

interface Table {
  readonly header: readonly string[];
  readonly found: FoundColumns;
  readonly read: (row: FileRow) => ImportRow;
}

const tableOf = (header: readonly string[], rows: readonly ReadonlyMap<string, string>[], rule: ColumnRule): Table => {
  const sample = rows.map((row) => header.map((name) => row.get(name) ?? ''));
  const found = columnsByHeader(header, rule, sample);
  return { header, found, read: fileRowReader(found, rule, sample) };
};

/** A member that no contact of the sample has. */
interface OtherMember {
  readonly name: string;
  /** Whether what it says can only be about consent. */
  readonly isTelling: boolean;
}

/** What makes a column one of consent, whatever it is called. */
const tellingCell = 'unsubscribed';

/** Such a member, if it says anything of a contact. */
const otherMember = (name: string, cell: string, { definitions, options }: ColumnRule): OtherMember[] => {
  if (cell.trim() === '') return [];
  if (isTelling(cell)) return [{ name, isTelling: true }];
  const { keepIds: keepsIds = false, tagsToSegments: makesSegments = false } = options;
  const claim = claimOf(name, 0, { definitions, kit: undefined, keepsIds, makesSegments, sample: [] });
  return claim === undefined ? [] : [{ name, isTelling: false }];
};
