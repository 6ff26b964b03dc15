/** Where a file of contacts came from, as far as it may be remembered: never with a login or a password. */
export interface UploadOrigin {
  /** The caller's link without its credentials; absent for a file that was put into the bucket. */
  readonly link?: string;
  /** The last part of the link's path, or the name that was given. */
  readonly fileName?: string;
}

/** What a caller says about the file instead of leaving it to be detected. */
export interface FileOptions {
  /** One character between cells. */
  readonly delimiter?: string;
  /** A label of the WHATWG Encoding Standard, e.g. `windows-1251`. */
  readonly encoding?: string;
  /** The sheet of a workbook that is read; the first one that is not hidden if absent. */
  readonly sheet?: string;
  /** The column that a header stands for, by the header as it is in the file. */
  readonly fieldMapping?: Readonly<Record<string, string>>;
  /** The program that the file was exported from, where its header does not say so. */
  readonly source?: string;
  /** What the file's own words about consent mean, by the word. */
  readonly consentWords?: Readonly<Record<string, string>>;
  /** The order of day, month and year in its dates, e.g. `MM/DD/YYYY`. */
  readonly dateFormat?: string;
  /** ISO 3166-1 alpha-2 of its national phone numbers; `+`: each begins with its country code. */
  readonly defaultCountry?: string;
  /** Whether a person's id in the other program becomes the externalCustomerId. */
  readonly keepIds?: boolean;
  /** Whether the tags, lists and groups of a person become segments. */
  readonly tagsToSegments?: boolean;
}

/** What makes the rows of an import come from a file. */
export interface Upload extends UploadOrigin, FileOptions {}

/** A segment that rows of a file join by themselves. */
export interface RowSegment {
  readonly name: string;
  readonly isNew: boolean;
}

/** What a file turned out to be, by what was said about it or by looking at it. */
export interface FileFacts {
  /** One character between cells. */
  readonly delimiter: string;
  /** A label of the WHATWG Encoding Standard. */
  readonly encoding: string;
  /** Its columns as people know them: the cells of its header, or names made for the columns of a file without one. */
  readonly header: readonly string[];
  /** What each of them became, by their order; "" if it is not read. Absent for contacts in JSON. */
  readonly targets?: readonly string[];
  /** What its caller should know, e.g. columns that were left out. */
  readonly notes: readonly string[];
  /** The segments that its tags, lists and groups name so far, and whether the import makes them; absent: none was asked for. */
  readonly segments?: readonly RowSegment[];
  /** Its contacts are JSON, and have no cells. */
  readonly isJson?: true;
  /** Whether it was read to its end, so that no more rows come. */
  readonly isComplete: boolean;
}

/** A file as it lies in the bucket: byte for byte what the caller's server sent, after its content encoding. */
export interface StoredFile {
  /** `uploads/<sessionId>/file`, or where a caller put it. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** A file that is to be cut into chunks; the table says how far it was cut. */
export interface SplitJob {
  readonly sessionId: string;
  readonly file: StoredFile;
}
