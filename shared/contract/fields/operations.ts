import { addressesBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { createFieldRequest, fieldResponse, fieldsResponse, parseCreateField } from './custom-field.ts';

/** List custom fields. */
export const listFields = {
  name: 'listFields',
  access: 'adminRead',
  tag: 'Fields',
  summary: 'List custom fields',
  description: 'All custom fields, ascending by id.',
  answer: fieldsResponse,
} as const satisfies OperationDefinition;

/** Define a custom field (contract 2.6). */
export const createField = {
  name: 'createField',
  access: 'adminChange',
  tag: 'Fields',
  summary: 'Define a custom field',
  description: 'Defines a custom field, which contacts can have at once. Fields cannot be changed afterwards.',
  body: { schema: createFieldRequest, read: parseCreateField },
  maxBodyBytes: addressesBodyBytes,
  answer: fieldResponse,
} as const satisfies OperationDefinition;
