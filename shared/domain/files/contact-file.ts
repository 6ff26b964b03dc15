import type { CustomField } from '../fields/custom-field.ts';
import type { ImportRow, ImportSettings } from '../imports/import-session.ts';
import type { Problem } from '../problem.ts';
import type { FileOptions } from './upload.ts';

/** The bytes of a file of contacts, at random, as S3 gives them. */
export interface FileSource {
  /** Bytes. */
  readonly size: number;
  /** The bytes from `from` on, up to and without `to`, or to the end. Reading may be given up at any time. */
  read(from: number, to?: number): Promise<AsyncIterable<Uint8Array>>;
}

/** A place between two rows of a file, in a few bytes of JSON: after `row` rows and `line` lines. */
export interface Position {
  /** Data rows that lie before it. */
  readonly row: number;
  /** Physical lines that lie before it. */
  readonly line: number;
  /** Files of an archive of several that lie before it; absent: none. */
  readonly part?: number;
  /** Bytes before it, if the file can be read from there; else it is read from its start and skipped. */
  readonly byte?: number;
}

/** Where the only entry of a zip archive lies, from one byte up to and without another, and what it unpacks to. */
export interface ZipEntry {
  readonly from: number;
  readonly to: number;
  readonly isDeflated: boolean;
  /** Bytes, unpacked. */
  readonly size: number;
  /** CRC-32, unpacked. */
  readonly checksum: number;
}

/** How the contacts of a file of JSON lie in it: one a line, one after another, in a list, or in the list of a bulk request. */
export type JsonForm = 'lines' | 'objects' | 'list' | 'contacts';

/** The sheet of an Excel workbook that is read, and what its cells refer to. */
export interface SheetPlace {
  readonly sheet: ZipEntry;
  /** The texts of the workbook, to which its cells refer by number. */
  readonly texts?: ZipEntry;
  /** What the styles of its cells make of numbers. */
  readonly styles?: ZipEntry;
  /** Whether its dates count from 1904, as those of old Macs. */
  readonly countsFrom1904: boolean;
}

/** One table of an archive that has several, with what it takes to read it. */
export interface FilePart
  extends Pick<FileFormat, 'encoding' | 'delimiter' | 'newline' | 'width' | 'surplus' | 'start'> {
  readonly entry: ZipEntry;
  readonly name: string;
  /** What everybody in it is, by its name. */
  readonly status: string;
  /** Its own header. */
  readonly header: readonly string[];
  /** For each column of the whole, its own column. */
  readonly columns: readonly number[];
}

/** How a file of contacts is to be read: everything that was found out about it, as JSON, for the next worker. */
export interface FileFormat {
  readonly compression: 'none' | 'gzip' | 'zip';
  /** Absent: text with delimiters. */
  readonly kind?: 'json' | 'vcard' | 'workbook';
  readonly jsonForm?: JsonForm;
  readonly place?: SheetPlace;
  /** The tables of an archive, one after another; absent: there is one. */
  readonly parts?: readonly FilePart[];
  /** Set for zip. */
  readonly entry?: ZipEntry;
  /** A name of the WHATWG Encoding Standard in lower case, e.g. `utf-8`. */
  readonly encoding: string;
  /** One character. */
  readonly delimiter: string;
  /** What ends a line; a carriage return before a line feed belongs to it. */
  readonly newline: '\n' | '\r';
  /** The cells of the header as they are in the file; absent if the first line is a contact. */
  readonly header?: readonly string[];
  /** The most cells of a row. */
  readonly width: number;
  /** Empty cells that most rows have beyond these; absent: none. */
  readonly surplus?: number;
  /** Where the rows begin. */
  readonly start: Position;
  /** What people should know of how the file was read, each a sentence. */
  readonly notes: readonly string[];
}

/** One row of a file as it stands there. */
export interface FileRow {
  /** From 1; the header, blank lines and rows without a single filled cell do not count. */
  readonly row: number;
  /** The physical line on which it begins, from 1; of a sheet, its row. */
  readonly line: number;
  /** The file that it is in, of an archive of several. */
  readonly entry?: string;
  /** As in the file; of a row with a problem as far as they can be told apart, and cut if they are endless. */
  readonly cells: readonly string[];
  /** Where reading resumes after this row. */
  readonly position: Position;
  /** Why the row must not be imported. */
  readonly problem?: Problem;
}

/** A file whose format is known. */
export interface OpenedFile {
  readonly format: FileFormat;
  /**
   * The rows from a position on, or all of them; memory does not grow with the file. Throws a FileError if an archive
   * turns out to be damaged or to hold too much.
   */
  rows(after?: Position): AsyncGenerator<FileRow, void>;
}

/** What reads files of contacts. */
export interface FileReader {
  /** Finds out how a file is to be read. Throws a FileError if it cannot be read at all. */
  openFile(source: FileSource, options: FileOptions): Promise<OpenedFile>;
  /** Goes on with a file of which the format was found out before. */
  resumeFile(source: FileSource, format: FileFormat): OpenedFile;
}

/** What decides what the cells of a file mean. */
export interface ColumnRule {
  readonly settings: ImportSettings;
  /** What the caller says about the file. */
  readonly options: FileOptions;
  /** Every custom field, by id. */
  readonly definitions: ReadonlyMap<number, CustomField>;
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** Whether names that break the rules of contract 2.7 are left out. */
  readonly strictNames?: boolean;
  /** What stands for no identity in this stage beside the table, and what does not. */
  readonly junk?: { readonly junkValues?: readonly string[]; readonly realValues?: readonly string[] };
}

/** The columns of one file. */
export interface FileColumns {
  /** What its rows are listed under: its own header, or one made of the columns that it has without one. */
  readonly header: readonly string[];
  /** What each of them became, by their order: a member, what it says of consent, or a custom field by its id; "" if it is not read. */
  readonly targets?: readonly string[];
  /** What people should know of its columns, e.g. which are not read, each a sentence. */
  readonly notes: readonly string[];
  /** A row of the file as a row of an import, with its line and its cells. It never throws. */
  readRow(row: FileRow): ImportRow;
}

/**
 * Finds out what the columns of a file mean, by their names and by a sample of its rows. Throws a FileError where no row can
 * be identified by them, or where it is not clear who may be written to.
 */
export type ReadColumns = (format: FileFormat, rule: ColumnRule, sample: FileSample) => FileColumns;

/** The cells of the first rows of a file. */
export type FileSample = readonly (readonly string[])[];
