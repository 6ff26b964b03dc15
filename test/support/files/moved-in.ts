import { readFileSync } from 'node:fs';
import { readColumns } from '#contract/files/file-columns.ts';
import { openFile } from '#csv/open-file.ts';
import type { Refusal } from '#domain/contacts/consent.ts';
import { personalFields } from '#domain/fields/personal-fields.ts';
import type { FileOptions } from '#domain/files/upload.ts';
import type { ImportRow, ImportSettings } from '#domain/imports/import-session.ts';
import { fileSource } from './file-source.ts';

const definitions = new Map(personalFields.map((field) => [field.id, field]));

/** As many as `split-upload` looks at before it reads the first. */
const sampledRows = 1000;

/** What is asked of a file beside its bytes. */
export interface Asked {
  readonly options?: FileOptions;
  readonly settings?: Partial<ImportSettings>;
}

/** A file as it is read before anything of it is saved. */
export interface MovedIn {
  readonly header: readonly string[];
  readonly notes: readonly string[];
  readonly rows: readonly ImportRow[];
}

/** Reads a file as `split-upload` does. */
export const moveIn = async (bytes: Buffer, { options = {}, settings = {} }: Asked = {}): Promise<MovedIn> => {
  const { format, rows } = await openFile(fileSource(bytes), options);
  const sample: (readonly string[])[] = [];
  for await (const { cells, problem } of rows()) if (!problem && sample.length < sampledRows) sample.push(cells);
  const rule = { settings: { ...plainSettings, ...settings }, options, definitions, defaultCountry: 'UA' };
  const columns = readColumns(format, rule, sample);
  const read: ImportRow[] = [];
  for await (const row of rows()) read.push(columns.readRow(row));
  return { header: columns.header, notes: [...format.notes, ...columns.notes], rows: read };
};

/** An export of a program, by its name. */
export const exportOf = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/exports/${name}`, import.meta.url));

const plainSettings: ImportSettings = {
  dedupeOn: 'email',
  customFieldsIDs: [],
  groupNames: [],
  groupNamesExclude: [],
  restoreDeleted: false,
};

const stateOf = (refusal: Refusal | undefined): string | undefined =>
  refusal && `${refusal.cause ?? refusal.reason}${refusal.since === undefined ? '' : ` ${refusal.since.slice(0, 10)}`}`;

/** A row in one line: who it is, whether e-mail and SMS may be sent, and what was left out of it. */
export const lineOf = (row: ImportRow): string => {
  if ('errors' in row) return `failed: ${row.errors.map(({ code, field }) => `${code} ${field}`).join(', ')}`;
  const { email, sms, firstName, lastName, externalCustomerId, confirmed } = row.draft;
  const who = [email, sms, firstName, lastName, externalCustomerId].map((value) => value ?? '-').join(' | ');
  const mail = stateOf(row.refusals?.email) ?? (confirmed === false ? 'unconfirmed' : 'open');
  const warnings = (row.warnings ?? []).map(({ code, field }) => `${code} ${field}`);
  return [who, mail, stateOf(row.refusals?.sms) ?? 'open', ...warnings].join(' | ');
};
