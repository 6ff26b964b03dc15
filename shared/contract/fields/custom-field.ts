import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { type CustomField, customFieldTypes } from '#domain/fields/custom-field.ts';
import { parse } from '../parse.ts';

const label = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));

/** The body of `POST /admin/v1/fields`. */
export const createFieldRequest = z
  .object({
    name: label,
    type: z.enum(customFieldTypes),
    group: z._default(label.check(z.describe('The list that it stands in')), 'Personal'),
    key: z.optional(
      z
        .string()
        .check(z.regex(/^[A-Z][A-Z0-9_]{0,49}$/), z.describe('Unique within its list; made from the name if absent')),
    ),
    possibleValues: z.optional(
      z.array(label).check(z.maxLength(500), z.describe('What a combobox or a checkboxlist can hold, and only those')),
    ),
    identifier: z._default(
      z
        .boolean()
        .check(
          z.describe('Whether contacts can be found by it with `dedupeOn: fieldId`; not for lists and long texts'),
        ),
      false,
    ),
  })
  .check(z.meta({ id: 'CreateField', examples: [{ name: 'Loyalty card', type: 'textfield', identifier: true }] }));

/** A custom field on our own routes. */
export const fieldResponse = z
  .object({
    id: z.int(),
    group: z.string(),
    name: z.string(),
    key: z.string(),
    type: z.enum(customFieldTypes),
    possibleValues: z.optional(z.array(z.string())),
    identifier: z.boolean(),
  })
  .check(z.meta({ id: 'Field' }));

/** Every custom field on our own routes. */
export const fieldsResponse = z.object({ items: z.array(fieldResponse) });

/**
 * Reads the body of `POST /admin/v1/fields`.
 * @throws RollcallError INVALID_REQUEST that names every bad member.
 */
export const parseCreateField = (body: unknown): Omit<CustomField, 'id'> => {
  const given = parse(createFieldRequest, body);
  const { name, type, group, identifier } = given;
  const possibleValues = [...new Set(given.possibleValues)];
  const isList = type === 'combobox' || type === 'checkboxlist';
  const reason = refusal(given, isList, possibleValues);
  if (reason) throw new RollcallError('INVALID_REQUEST', reason);
  return { name, type, group, identifier, key: given.key ?? keyFrom(name), ...(isList && { possibleValues }) };
};

const refusal = (
  { type, identifier, name, key }: z.output<typeof createFieldRequest>,
  isList: boolean,
  possibleValues: readonly string[],
): string | undefined => {
  if (isList && possibleValues.length === 0) return `possibleValues must have at least 1 items where type is ${type}`;
  if (!isList && possibleValues.length > 0) return `possibleValues must be absent where type is ${type}`;
  if (type === 'checkboxlist' && possibleValues.some((value) => value.includes(','))) {
    return 'possibleValues of a checkboxlist must have no commas, which separate the values of a contact';
  }
  if (identifier && (type === 'textarea' || isList)) return `identifier must be false where type is ${type}`;
  if (key === undefined && keyFrom(name) === '') return 'key must be given where the name has no Latin letters';
  return undefined;
};

const keyFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[^A-Z]+|(?<!_)_+$/g, '')
    .slice(0, 50);
