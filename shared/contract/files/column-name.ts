import type { CustomField } from '#domain/fields/custom-field.ts';
import { contactColumnNames } from './contact-columns.ts';

/** Every custom field, by id. */
export type Definitions = ReadonlyMap<number, CustomField>;

/**
 * The column that a name means by contract 4.9: a member of a contact in any case, `phone` for `sms`, or a custom field by
 * its id (`12345`, `field_12345`) or key (`LIST.FIELD`), as its id. `undefined` if it means none, or no field that exists.
 */
export const columnNamed = (name: string, definitions: Definitions): string | undefined => {
  const text = name.trim().toLowerCase();
  const member = contactColumnNames.find((one) => one.toLowerCase() === text);
  if (member) return member;
  if (text === 'phone') return 'sms';
  const id = Number(/^(?:field_)?(\d{1,15})$/.exec(text)?.[1]);
  if (definitions.has(id)) return String(id);
  for (const field of definitions.values())
    if (`${field.group}.${field.key}`.toLowerCase() === text) return String(field.id);
  return undefined;
};
