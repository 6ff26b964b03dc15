import type { CustomField } from './custom-field.ts';

/** Custom fields as a function remembers them for a minute. */
export interface FieldMemory {
  /** What is remembered, without a call. */
  recalled(): ReadonlyMap<number, CustomField>;
  /** All custom fields by their ids, read again if one of these ids is unknown, so that a new field works at once. */
  knowing(ids: readonly number[]): Promise<ReadonlyMap<number, CustomField>>;
}

export interface FieldStore {
  /** All custom fields, ascending by id, the two that always exist among them (contract 2.6). */
  list(): Promise<CustomField[]>;
  /** Adds a field under a new id; `undefined` if its key is taken within its group. */
  create(field: Omit<CustomField, 'id'>): Promise<CustomField | undefined>;
}
