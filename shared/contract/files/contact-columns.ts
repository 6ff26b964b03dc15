import type { ContactDraft, TokenType } from '#domain/contacts/contact.ts';

/** The columns of a file of contacts, in their order; those of custom fields follow, named by their ids (contract 4.9). */
export const contactColumnNames = [
  'id',
  'externalCustomerId',
  'email',
  'sms',
  'firstName',
  'lastName',
  'contactKey',
  'region',
  'town',
  'address',
  'postcode',
  'countryCode',
  'languageCode',
  'timeZone',
  'viber',
  'telegram',
  'mobilepush',
  'webpush',
] as const;

/** Columns of a person's history elsewhere, which files have that have any. */
export const originColumnNames = ['originCreatedAt', 'originSubscribedAt'] as const;

export type ContactColumnName = (typeof contactColumnNames)[number];

/**
 * One contact as the cells of a file of contacts, by column. A text that is to be cleared is one space; several tokens
 * of a type share a cell, separated by commas.
 */
export const contactColumns = (draft: Omit<ContactDraft, 'confirmed'>): Record<string, string> => {
  const cells: Partial<Record<string, string | number | null>> = {
    id: draft.id,
    externalCustomerId: draft.externalCustomerId,
    email: draft.email,
    sms: draft.sms,
    firstName: draft.firstName,
    lastName: draft.lastName,
    contactKey: draft.contactKey,
    ...draft.address,
    languageCode: draft.languageCode,
    timeZone: draft.timeZone,
    viber: tokensOf(draft, 'viber'),
    telegram: tokensOf(draft, 'telegram'),
    mobilepush: tokensOf(draft, 'mobilepush'),
    webpush: tokensOf(draft, 'webpush'),
    originCreatedAt: draft.origin?.createdAt,
    originSubscribedAt: draft.origin?.subscribedAt,
  };
  for (const { id, value } of draft.fields ?? []) cells[id] = value;
  const filled = Object.entries(cells).filter(([, cell]) => cell !== undefined && cell !== '');
  return Object.fromEntries(filled.map(([name, cell]) => [name, cell === null ? ' ' : String(cell)]));
};

const tokensOf = ({ tokens = [] }: Pick<ContactDraft, 'tokens'>, wanted: TokenType): string =>
  tokens.flatMap(({ type, value }) => (type === wanted ? [value] : [])).join(',');
