import type { CustomField } from '#domain/fields/custom-field.ts';
import type { FieldMemory, FieldStore } from '#domain/fields/ports.ts';
import { lazily } from '../clients/connect.ts';
import { fields } from './field-store.ts';

const memoryMilliseconds = 60_000;

/** Custom fields remembered for a minute: a definition never changes, only new ones come. */
export const rememberFields = (store: Pick<FieldStore, 'list'>, now = Date.now): FieldMemory => {
  let remembered: ReadonlyMap<number, CustomField> = new Map();
  let until = 0;
  return {
    recalled: () => remembered,
    knowing: async (ids) => {
      if (now() < until && ids.every((id) => remembered.has(id))) return remembered;
      remembered = new Map((await store.list()).map((field) => [field.id, field]));
      until = now() + memoryMilliseconds;
      return remembered;
    },
  };
};

/** The custom fields of this stage, remembered. */
export const fieldMemory: FieldMemory = lazily(() => rememberFields(fields));
