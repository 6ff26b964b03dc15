import { RollcallError } from '#domain/error.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import type { FieldStore } from '#domain/fields/ports.ts';

/**
 * Defines a custom field, which is there for callers at once (contract 2.6).
 * @throws RollcallError INVALID_REQUEST if its list has a field of its key already.
 */
export const createField = async (
  { fields }: { readonly fields: Pick<FieldStore, 'create'> },
  field: Omit<CustomField, 'id'>,
): Promise<CustomField> => {
  const created = await fields.create(field);
  if (created) return created;
  throw new RollcallError(
    'INVALID_REQUEST',
    `The list '${field.group}' already has a field with the key '${field.key}'`,
  );
};
