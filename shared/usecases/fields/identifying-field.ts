import { RollcallError } from '#domain/error.ts';
import type { CustomField } from '#domain/fields/custom-field.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';

/**
 * The custom field that an import matches contacts by, if `dedupeOn` asks for one.
 * @throws RollcallError INVALID_REQUEST if `fieldId` names a field that contacts are not found by.
 */
export const identifyingField = async (
  fields: Pick<FieldStore, 'list'>,
  { dedupeOn, fieldId }: ImportSettings,
): Promise<CustomField | undefined> => {
  if (dedupeOn !== 'fieldId') return undefined;
  const field = (await fields.list()).find(({ id }) => id === fieldId);
  if (!field) throw new RollcallError('INVALID_REQUEST', `fieldId: there is no custom field ${fieldId}`);
  if (field.identifier) return field;
  throw new RollcallError(
    'INVALID_REQUEST',
    `fieldId: contacts are not found by custom field ${fieldId}; create one with "identifier": true`,
  );
};
