import { refusalsIn } from '#domain/contacts/consent.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { ColumnRule, FileRow, FileSample } from '#domain/files/contact-file.ts';
import type { ImportRow } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { normaliseEmail } from '#identity/email.ts';
import { normalisePhone } from '#identity/phone.ts';
import { consentReader, type RowConsent } from '../consent/read-consent.ts';
import { untouchedMembers } from '../contacts/untouched-members.ts';
import { explainedBy } from './find-consent.ts';
import type { FoundColumns } from './found-columns.ts';
import { readCells } from './read-cells.ts';
import { tagReader } from './read-tags.ts';
import { replaceUncarried } from './replace-uncarried.ts';
import { type RowCells, rowCellsOf } from './row-cells.ts';

/**
 * Reads rows of a file as contacts, by the same rules as those of a request (contract 4.9): an empty cell changes nothing,
 * white space clears a text, several tokens are separated by commas. A wrong value is left out with a warning, where the
 * row still says which contact it means; a row that does not say clearly whether the person may be written to fails. Problems
 * name columns as the file does.
 */
export const fileRowReader = (found: FoundColumns, rule: ColumnRule, sample: FileSample) => {
  const headers = new Map(found.columns.toReversed().map(({ name, header }) => [name, header]));
  const cellsOf = rowCellsOf(found, rule, sample);
  const tagsOf = tagReader(found.columns, found.kit, sample);
  const { importAs } = rule.settings;
  const readConsent = consentReader({
    columns: found.consent,
    explained: explainedBy(rule.options, found.kit),
    importAs,
  });

  // Of those who said no, the time of their consent is that of the no.
  const agreed = new Set(
    found.consent.map(({ header }) => header).filter((header) => /consent|згод|соглас/i.test(header)),
  );

  return ({ row, line, entry, cells, problem }: FileRow): ImportRow => {
    const origin = { row, line, cells, ...(entry !== undefined && { entry }) };
    if (problem) return { ...origin, errors: [problem], values: {} };
    const parts = cellsOf(cells);
    const replaced = replaceUncarried(parts.filled);
    const named = (one: Problem): Problem => ({
      ...one,
      field: parts.headers.get(one.field) ?? headers.get(one.field) ?? one.field,
    });
    const said = readConsent(cells);
    if (said.consent.email && agreed.has(parts.headers.get('subscribedAt') ?? '')) parts.filled.delete('subscribedAt');
    const read = readCells(parts.filled, parts.phones, rule);
    const errors = said.problem ? [said.problem] : read.errors.map(named);
    const about = { ...origin, ...refusalsOf(parts, said.problem ? undefined : read.draft, said) };
    if (!read.draft || said.problem) return { ...about, errors, values: Object.fromEntries(parts.filled) };
    const untouched = untouchedMembers(read.draft, parts.filled, rule.settings);
    const tags = tagsOf?.(cells);
    const ofMembers = [...replaced, ...read.warnings].map(named);
    const warnings = [...parts.warnings, ...said.warnings, ...ofMembers, ...(tags?.warnings ?? [])];
    return {
      ...about,
      draft: {
        ...read.draft,
        ...(untouched.length > 0 && { untouched }),
        ...(tags && tags.names.length > 0 && { segmentNames: tags.names }),
        ...(said.consent.unconfirmed && { confirmed: false }),
      },
      ...(warnings.length > 0 && { warnings: warnings.slice(0, maxWarnings) }),
    };
  };
};

/** The most warnings that one row lists. */
const maxWarnings = 20;

/** Anyone who said no is not to be written to at any address of the row, also where the row itself fails. */
const refusalsOf = ({ filled, spare, phones }: RowCells, draft: ContactDraft | undefined, { consent }: RowConsent) => {
  const refusals = refusalsIn(consent);
  if (!refusals) return {};
  const email = draft ? undefined : normaliseEmail(filled.get('email') ?? '');
  const sms = draft ? undefined : normalisePhone(filled.get('sms') ?? '', phones.defaultCountry, phones.barePhones);
  const addresses = [email, sms, ...spare].filter((address) => address !== undefined);
  return { refusals, ...(addresses.length > 0 && { addresses }) };
};
