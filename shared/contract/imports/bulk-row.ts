import { refusalsIn } from '#domain/contacts/consent.ts';
import type { ImportRow, ImportSettings } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import { memberConsentReader } from '../consent/member-consent.ts';
import { type ReadingRule, readContact } from '../contacts/contact-draft.ts';
import { identityProblems } from '../contacts/identity-problems.ts';
import { submittedColumns } from '../contacts/submitted-contact.ts';

/** Makes what reads contacts of a bulk request as rows of an import, with what each says of consent. */
export const bulkRowReader = (settings: ImportSettings, rule: Omit<ReadingRule, 'readsId'>) => {
  const readConsent = memberConsentReader(settings.importAs);
  const reading: ReadingRule = { ...rule, readsId: settings.dedupeOn === 'id' };
  return (contact: unknown, row: number): ImportRow => {
    const read = readContact(contact, reading);
    const { draft, errors, warnings } = read;
    const { consent, problem } = readConsent(contact);
    const reasons = draft ? identityProblems(read, settings, missingDedupeValue(settings)) : errors;
    const refusals = refusalsIn(consent);
    const about = { row, ...(refusals && { refusals }) };
    if (!draft || problem || reasons.length > 0) {
      const addresses = [draft?.email, draft?.sms].filter((address) => address !== undefined);
      return {
        ...about,
        ...(refusals && addresses.length > 0 && { addresses }),
        errors: problem ? [problem, ...reasons] : reasons,
        values: submittedColumns(contact),
      };
    }
    return {
      ...about,
      draft: consent.unconfirmed ? { ...draft, confirmed: false } : draft,
      ...(warnings.length > 0 && { warnings }),
    };
  };
};

const missingDedupeValue = ({ dedupeOn, fieldId }: ImportSettings): Problem => ({
  code: 'MISSING_DEDUPE_VALUE',
  field: dedupeOn === 'fieldId' ? `fields.${fieldId}` : dedupeOn,
  message: `The contact has neither an externalCustomerId nor the value that dedupeOn ${dedupeOn} asks for`,
});
