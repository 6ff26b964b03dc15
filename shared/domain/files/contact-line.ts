import type { ContactDraft } from '../contacts/contact.ts';
import { RollcallError } from '../error.ts';
import type { CustomField } from '../fields/custom-field.ts';
import { normaliseFieldValue } from '../fields/field-value.ts';
import type { Problem } from '../problem.ts';

/** The contact that an event describes in a line of JSON, for workflows that create and update contacts (contract 7). */
export interface ContactLine {
  readonly draft: ContactDraft;
  /** Whether a contact that is created by it counts as confirmed; an update ignores it. */
  readonly confirmed: boolean;
}

/** The values of a line that no custom field can hold. Any of them voids the whole line (contract 7). */
export const unsuitableFields = (
  { draft: { fields = [] } }: ContactLine,
  definitions: ReadonlyMap<number, CustomField>,
): Problem[] =>
  fields.flatMap(({ id, value }): Problem[] => {
    const field = `profileInputs.${id}`;
    const definition = definitions.get(id);
    if (!definition) return [{ code: 'UNKNOWN_FIELD', field, message: `There is no custom field ${id}` }];
    if (value.trim() === '' || normaliseFieldValue(definition, value) !== undefined) return [];
    const message = `The value of '${definition.name}' is not a valid ${definition.type}`;
    return [{ code: 'INVALID_FIELD', field, message }];
  });

/** The error of an event whose `contactJson` is void. */
export const voidLine = (problems: readonly Problem[]): RollcallError =>
  new RollcallError(
    'INVALID_REQUEST',
    `contactJson is not valid: ${problems.map(({ field, message }) => `${field}: ${message}`).join('; ')}`,
  );
