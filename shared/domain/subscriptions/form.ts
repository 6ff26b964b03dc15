import type { ContactDraft } from '../contacts/contact.ts';
import type { Problem } from '../problem.ts';

/** What a form may say beside names, address and language; whatever else it sends is left out. */
export interface FormPermit {
  /** Names of the segments that its subscribers may join. */
  readonly groups: readonly string[];
  /** Ids of the custom fields that it may fill in. */
  readonly fields: readonly number[];
}

/** Members that nobody but the company's own systems may set: by these a contact is found or its orders are summed up. */
const withheld = ['externalCustomerId', 'contactKey', 'ordersInfo', 'origin'] as const satisfies (keyof ContactDraft)[];

/** The part of a draft that a form may say, and a warning for each member that was left out. */
export const permittedDraft = (draft: ContactDraft, { fields }: FormPermit) => {
  const { externalCustomerId, contactKey, ordersInfo, origin, fields: given = [], ...rest } = draft;
  const allowed = given.filter((field) => fields.includes(field.id));
  const leftOut = [
    ...withheld.filter((name) => draft[name] !== undefined && draft[name] !== null),
    ...given.filter((field) => !fields.includes(field.id)).map((field) => `fields.${field.id}`),
  ];
  return {
    draft: (allowed.length > 0 ? { ...rest, fields: allowed } : rest) satisfies ContactDraft,
    warnings: leftOut.map(notPermitted),
  };
};

/** The warning that a form may not send a member. */
export const notPermitted = (field: string): Problem => ({
  code: 'NOT_PERMITTED',
  field,
  message: 'The key of a form may not send this, and it was left out',
});
