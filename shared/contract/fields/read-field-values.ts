import type { CustomFieldValue } from '#domain/contacts/contact.ts';
import { contactLimits, fieldValueRequest } from '../contacts/contact-request.ts';
import { listOf } from '../contacts/read-channels.ts';
import type { Reading } from '../contacts/reading.ts';
import { binderOf, isObject } from '../imports/bind.ts';

const bindFieldValue = binderOf(fieldValueRequest);

/**
 * Reads the custom fields of a contact, of several values for one field the last. A bad one is left out with a warning
 * (contract 2.6); whether a value suits its field is checked later, with the definitions.
 */
export const readFieldValues = (value: unknown, { draft, errors, warnings }: Reading): void => {
  const submitted = listOf(value);
  if (submitted.length > contactLimits.fields) {
    const message = `A contact has at most ${contactLimits.fields} custom fields`;
    errors.push({ code: 'TOO_LARGE', field: 'fields', message });
    return;
  }
  const values = new Map<number, CustomFieldValue>();
  submitted.forEach((one, index) => {
    const bound = bindFieldValue(one);
    if (isObject(bound) && bound.value === undefined) return;
    const parsed = fieldValueRequest.safeParse(bound);
    if (parsed.success) values.set(parsed.data.id, parsed.data);
    else if (parsed.error.issues.some(({ path }) => path[0] === 'id')) {
      const message = 'The id of the custom field is not a whole number; its value was left out';
      warnings.push({ code: 'UNKNOWN_FIELD', field: `fields[${index}].id`, message });
    } else {
      const message = `The value is not text of at most ${contactLimits.fieldValueLength} characters and was left out`;
      warnings.push({ code: 'INVALID_FIELD', field: `fields[${index}]`, message });
    }
  });
  if (values.size > 0) draft.fields = [...values.values()].sort((one, other) => one.id - other.id);
};
