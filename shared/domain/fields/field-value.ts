import type { CustomFieldValue } from '../contacts/contact.ts';
import type { Problem } from '../problem.ts';
import type { CustomField } from './custom-field.ts';

/** The longest values, in characters (contract 2.6). */
const textLimit = 1000;
const textareaLimit = 5000;

/**
 * Keeps the values that suit their fields, in the form they are stored in, and warns of the others (contract 2.6). A
 * blank value stays, as the wish to clear the field.
 */
export const suitableFieldValues = (
  values: readonly CustomFieldValue[],
  definitions: ReadonlyMap<number, CustomField>,
): { values: CustomFieldValue[]; warnings: Problem[] } => {
  const suitable = new Map<number, CustomFieldValue>();
  const warnings: Problem[] = [];
  for (const { id, value } of values) {
    const definition = definitions.get(id);
    const normalised = definition && (value.trim() === '' ? '' : normaliseFieldValue(definition, value));
    if (normalised !== undefined) suitable.set(id, { id, value: normalised });
    else warnings.push(definition ? invalidField(definition) : unknownField(id));
  }
  return { values: [...suitable.values()], warnings };
};

/** A value in the form its field stores it in, or `undefined` if it does not suit the field. */
export const normaliseFieldValue = (field: CustomField, raw: string): string | undefined => {
  const value = raw.trim();
  switch (field.type) {
    case 'textfield':
      return suitsText(raw, textLimit) ? raw : undefined;
    case 'textarea':
      return suitsText(raw, textareaLimit) ? raw : undefined;
    case 'number':
      return wholeNumber(value);
    case 'decimal':
      return /^[+-]?\d{1,30}([.,]\d{1,30})?$/.test(value) ? value.replace(',', '.').replace(/^\+/, '') : undefined;
    case 'date':
      return isoDate(value);
    case 'datetime':
      return isoDateTime(value);
    case 'combobox':
      return field.possibleValues?.includes(value) ? value : undefined;
    case 'checkboxlist':
      return checkedValues(value, field.possibleValues ?? []);
  }
};

const suitsText = (value: string, limit: number): boolean => value.length <= limit && !/[%^*|~{]/.test(value);

const wholeNumber = (value: string): string | undefined => {
  if (!/^[+-]?\d{1,10}$/.test(value)) return undefined;
  const number = Number(value);
  return number >= -(2 ** 31) && number < 2 ** 31 ? String(number) : undefined;
};

const isoDate = (value: string): string | undefined => {
  const yearFirst = /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(value);
  if (yearFirst) return calendarDate(yearFirst[1], yearFirst[2], yearFirst[3]);
  const dayFirst = /^(\d{2})[./](\d{2})[./](\d{4})$/.exec(value);
  if (dayFirst) return calendarDate(dayFirst[3], dayFirst[2], dayFirst[1]);
  const shortYear = /^(\d{2})\.(\d{2})\.(\d{2})$/.exec(value);
  if (!shortYear) return undefined;
  const century = Number(shortYear[3]) < 69 ? '20' : '19';
  return calendarDate(`${century}${shortYear[3]}`, shortYear[2], shortYear[1]);
};

const calendarDate = (year = '', month = '', day = ''): string | undefined => {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
  return isReal ? `${year}-${month}-${day}` : undefined;
};

const isoDateTime = (value: string): string | undefined => {
  const parts = /^(\S{10})[T ](\d{2}):(\d{2})(?::\d{2})?$/.exec(value);
  const date = isoDate(parts?.[1] ?? '');
  return parts && date && Number(parts[2]) < 24 && Number(parts[3]) < 60
    ? `${date}T${parts[2]}:${parts[3]}`
    : undefined;
};

const checkedValues = (value: string, possible: readonly string[]): string | undefined => {
  const checked = [...new Set(value.split(',').map((one) => one.trim()))].filter((one) => one !== '');
  return checked.every((one) => possible.includes(one)) ? checked.join(',') : undefined;
};

const invalidField = ({ id, name, type }: CustomField): Problem => ({
  code: 'INVALID_FIELD',
  field: `fields.${id}`,
  message: `The value of '${name}' is not a valid ${type} and was left out`,
});

const unknownField = (id: number): Problem => ({
  code: 'UNKNOWN_FIELD',
  field: `fields.${id}`,
  message: `There is no custom field ${id}; its value was left out`,
});
