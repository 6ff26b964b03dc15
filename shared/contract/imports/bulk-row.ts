import { refusalsIn } from '#domain/contacts/consent.ts';
import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { DraftRow, ImportRow, ImportSettings } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { isJunk } from '#identity/junk.ts';
import type { ExplainedWord } from '../consent/consent-words.ts';
import { memberConsentReader } from '../consent/member-consent.ts';
import { type ReadContact, type ReadingRule, readContact } from '../contacts/contact-draft.ts';
import { identityProblems } from '../contacts/identity-problems.ts';
import { noIdentity } from '../contacts/reading.ts';
import { submittedColumns } from '../contacts/submitted-contact.ts';

/** Makes what reads contacts of a bulk request as rows of an import, with what each says of consent. */
export const bulkRowReader = (
  settings: ImportSettings,
  rule: Omit<ReadingRule, 'readsId'>,
  explained?: ReadonlyMap<string, ExplainedWord>,
) => {
  const readConsent = memberConsentReader(settings.importAs, explained);
  const reading: ReadingRule = { ...rule, readsId: settings.dedupeOn === 'id' };
  return (contact: unknown, row: number): ImportRow => {
    const read = withoutJunk(readContact(contact, reading), settings, rule.junk);
    const { draft, errors, warnings } = read;
    const { consent, problem } = readConsent(contact);
    const reasons = draft ? identityProblems(read, settings, missingDedupeValue(settings)) : errors;
    const refusals = refusalsIn(consent);
    const about = { row, ...(refusals && { refusals }) };
    if (!draft || problem || reasons.length > 0) {
      return refusedRow({ ...about, draft }, contact, problem ? [problem, ...reasons] : reasons);
    }
    return {
      ...about,
      draft: consent.unconfirmed ? { ...draft, confirmed: false } : draft,
      ...(warnings.length > 0 && { warnings }),
    };
  };
};

/** A row that fails; what it says against writing to the person counts all the same. */
export const refusedRow = (
  { draft, ...about }: Pick<DraftRow, 'row' | 'refusals'> & { readonly draft: ContactDraft | undefined },
  contact: unknown,
  errors: readonly Problem[],
): ImportRow => {
  const { row, refusals } = about;
  const addresses = [draft?.email, draft?.sms].filter((address) => address !== undefined);
  return {
    row,
    ...(refusals && { refusals }),
    ...(refusals && addresses.length > 0 && { addresses }),
    errors,
    values: submittedColumns(contact),
  };
};

/** A value of the field that contacts are matched by is left out where it stands for nobody. */
const withoutJunk = (
  read: ReadContact,
  { dedupeOn, fieldId }: ImportSettings,
  junk: ReadingRule['junk'],
): ReadContact => {
  const { draft, warnings } = read;
  const value = dedupeOn === 'fieldId' ? draft?.fields?.find(({ id }) => id === fieldId)?.value : undefined;
  if (value === undefined || !isJunk(value, junk)) return read;
  const { message, ...problem } = noIdentity(`fields.${fieldId}`, value);
  return {
    ...read,
    draft: { ...draft, fields: draft?.fields?.filter(({ id }) => id !== fieldId) ?? [] },
    warnings: [...warnings, { ...problem, message: `${message} and was left out` }],
  };
};

const missingDedupeValue = ({ dedupeOn, fieldId }: ImportSettings): Problem => ({
  code: 'MISSING_DEDUPE_VALUE',
  field: dedupeOn === 'fieldId' ? `fields.${fieldId}` : dedupeOn,
  message: `The contact has neither an externalCustomerId nor the value that dedupeOn ${dedupeOn} asks for`,
});
