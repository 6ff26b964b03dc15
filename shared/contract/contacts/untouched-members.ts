import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import type { Cells } from '../files/submitted-row.ts';

/**
 * What the update mask lists and a row of a file leaves alone: members without a cell, with an empty one, or with a value
 * that was left out (contract 4.9). A cell of white space is a wish to clear it (contract 3.5).
 */
export const untouchedMembers = (
  draft: ContactDraft,
  cells: Cells,
  { contactFields = [], customFieldsIDs }: ImportSettings,
): (string | number)[] => {
  const masked = contactFields.flatMap((member): string[] =>
    member === 'address' ? [member, 'countryCode'] : [member],
  );
  const isBlank = (name: string) => cells.get(name)?.trim() === '';
  const supplied = suppliedBy(draft);
  return [
    ...masked.filter((name) => !supplied.has(name) && !isBlank(name)),
    ...customFieldsIDs.filter((id) => !supplied.has(String(id))),
  ];
};

const suppliedBy = ({ address = {}, tokens = [], fields = [], ...members }: ContactDraft): ReadonlySet<string> =>
  new Set([
    ...Object.keys(members),
    ...Object.keys(address),
    ...tokens.map(({ type }) => type),
    ...fields.map(({ id }) => String(id)),
  ]);
