import type { CustomField } from './custom-field.ts';

/** The custom fields that always exist (contract 2.6). */
export const personalFields: readonly CustomField[] = [
  { id: 1, group: 'Personal', name: 'Birthday', key: 'BIRTHDAY', type: 'date', identifier: false },
  {
    id: 2,
    group: 'Personal',
    name: 'Gender',
    key: 'GENDER',
    type: 'combobox',
    possibleValues: ['M', 'F'],
    identifier: false,
  },
];

/** Ids of fields that people define lie above this one; those below are kept for fields that always exist. */
export const lastReservedFieldId = 100;
