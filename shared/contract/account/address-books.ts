import * as z from 'zod/mini';
import { type CustomField, customFieldTypes } from '#domain/fields/custom-field.ts';
import { addressBookId } from '../contacts/contact-response.ts';

const fieldGroup = z.object({
  name: z.string(),
  profileKey: z.string(),
  fields: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      fieldKey: z.string(),
      description: z.object({
        type: z.enum(customFieldTypes),
        required: z.boolean(),
        readonly: z.boolean(),
        allowedValues: z.optional(z.object({ possibleValues: z.optional(z.array(z.string())) })),
      }),
    }),
  ),
});

/** The custom fields of the account (contract 4.13). */
export const addressBooksResponse = z
  .object({ addressBook: z.object({ addressBookId: z.int(), name: z.string(), fieldGroups: z.array(fieldGroup) }) })
  .check(z.meta({ id: 'AddressBooks' }));

/** Custom fields in their lists. */
export const addressBooksBody = (fields: readonly CustomField[]): z.output<typeof addressBooksResponse> => ({
  addressBook: {
    addressBookId,
    name: 'Main',
    fieldGroups: [...Map.groupBy(fields, ({ group }) => group)].map(([name, members]) => ({
      name,
      profileKey: name.toUpperCase().replace(/\s+/g, '_'),
      fields: members.map(fieldOf),
    })),
  },
});

const fieldOf = ({ id, name, key, type, possibleValues }: CustomField) => ({
  id,
  name,
  fieldKey: key,
  description: {
    type,
    required: false,
    readonly: false,
    ...(possibleValues && { allowedValues: { possibleValues: [...possibleValues] } }),
  },
});
