/** The kinds of custom field (contract 2.6). */
export const customFieldTypes = [
  'textfield',
  'textarea',
  'number',
  'decimal',
  'date',
  'datetime',
  'combobox',
  'checkboxlist',
] as const;

export type CustomFieldType = (typeof customFieldTypes)[number];

/** A custom field's definition. */
export interface CustomField {
  readonly id: number;
  /** The list it stands in, e.g. `Personal`. */
  readonly group: string;
  readonly name: string;
  /** Latin upper case, unique within its list, e.g. `BIRTHDAY`. */
  readonly key: string;
  readonly type: CustomFieldType;
  readonly possibleValues?: readonly string[];
  /** Whether contacts can be found by it (`dedupeOn=fieldId`), which costs a write unit a value. */
  readonly identifier: boolean;
}

/** The custom fields that contacts are found by. */
export const identifyingFieldsOf = (definitions: ReadonlyMap<number, CustomField>): ReadonlySet<number> =>
  new Set([...definitions.values()].filter(({ identifier }) => identifier).map(({ id }) => id));
