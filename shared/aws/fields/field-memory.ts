import type { CustomField } from '#domain/fields/custom-field.ts';
import type { FieldMemory, FieldStore } from '#domain/fields/ports.ts';
import { lazily } from '../clients/connect.ts';
import { remembered } from '../clients/remembered.ts';
import { fields } from './field-store.ts';

/** Custom fields remembered for a minute: a definition never changes, only new ones come. */
export const rememberFields = (store: Pick<FieldStore, 'list'>, now?: () => number): FieldMemory => {
  const byId = async () => new Map((await store.list()).map((field) => [field.id, field]));
  const memory = remembered<ReadonlyMap<number, CustomField>>(byId, new Map(), now);
  return {
    recalled: memory.recalled,
    knowing: (ids) => memory.recall((known) => ids.every((id) => known.has(id))),
  };
};

/** The custom fields of this stage, remembered. */
export const fieldMemory: FieldMemory = /* @__PURE__ */ lazily(() => rememberFields(fields));
