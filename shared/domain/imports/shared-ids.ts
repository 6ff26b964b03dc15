import type { Contact, ContactDraft } from '../contacts/contact.ts';
import type { Problem } from '../problem.ts';
import type { ImportRow, ImportSettings } from './import-session.ts';

type Addresses = Pick<ContactDraft, 'email' | 'sms'>;

/** What was seen beside an externalCustomerId: the first address and phone, and whether there are others. */
interface Seen {
  email: string | undefined;
  sms: string | undefined;
  hasEmails: boolean;
  hasPhones: boolean;
}

/**
 * The externalCustomerIds of rows that stand beside several e-mail addresses and several phones: to save them would make one
 * customer of strangers, each overwritten by the next.
 */
export const sharedIdsIn = (
  rows: readonly ImportRow[],
  { allowSharedIds }: Pick<ImportSettings, 'allowSharedIds'>,
): ReadonlySet<string> => {
  if (allowSharedIds) return new Set();
  const seen = new Map<string, Seen>();
  for (const row of rows) {
    const { externalCustomerId: id, email, sms } = 'draft' in row ? row.draft : {};
    if (id === undefined) continue;
    const known = seen.get(id);
    if (!known) seen.set(id, { email, sms, hasEmails: false, hasPhones: false });
    else {
      known.hasEmails ||= differs(known.email, email);
      known.hasPhones ||= differs(known.sms, sms);
      known.email ??= email;
      known.sms ??= sms;
    }
  }
  return new Set([...seen].flatMap(([id, { hasEmails, hasPhones }]) => (hasEmails && hasPhones ? [id] : [])));
};

/** Rows of a file, of which those with an externalCustomerId that strangers share are refused. */
export const withoutSharedIds = (
  rows: readonly ImportRow[],
  settings: Pick<ImportSettings, 'allowSharedIds'>,
): readonly ImportRow[] => {
  const shared = sharedIdsIn(rows, settings);
  return shared.size === 0 ? rows : rows.map((row) => (hasSharedId(row, shared) ? refused(row) : row));
};

/** Whether the id of a row is among these. */
export const hasSharedId = (
  row: ImportRow,
  shared: ReadonlySet<string>,
): row is Extract<ImportRow, { draft: unknown }> =>
  'draft' in row && row.draft.externalCustomerId !== undefined && shared.has(row.draft.externalCustomerId);

const refused = ({ draft, warnings: _, ...origin }: Extract<ImportRow, { draft: unknown }>): ImportRow => {
  const addresses = [draft.email, draft.sms, ...(origin.addresses ?? [])].filter((one) => one !== undefined);
  return { ...origin, ...(addresses.length > 0 && { addresses }), errors: [sharedId(draft)], values: {} };
};

/** Why such a row fails. */
export const sharedId = ({ externalCustomerId }: Pick<ContactDraft, 'externalCustomerId'>): Problem => ({
  code: 'SHARED_EXTERNAL_ID',
  field: 'externalCustomerId',
  message:
    `externalCustomerId '${externalCustomerId}' stands beside several e-mail addresses and several phones, as if strangers shared ` +
    'it; correct it, or send allowSharedIds',
});

/** Whether a contact has neither the address nor the phone of a row that means it by its externalCustomerId. */
export const isStranger = (contact: Pick<Contact, 'email' | 'sms'>, { email, sms }: Addresses): boolean =>
  differs(contact.email, email) && differs(contact.sms, sms);

const differs = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;
