import { Validator } from '@cfworker/json-schema';
import openapi from '../../../docs/openapi.json';

const { schemas } = openapi.components;

/** A validator that interprets its schema: one that compiles it would need the right to run code that it made. */
const validator = new Validator(
  { $ref: '#/components/schemas/WorkflowInput', components: { schemas } } as object,
  '2020-12',
  false,
);

interface StepSchema {
  readonly properties: { readonly type: { readonly const?: string; readonly enum?: readonly string[] } };
}

const stepSchemas = schemas.WorkflowInput.properties.steps.items as unknown as {
  oneOf?: StepSchema[];
  anyOf?: StepSchema[];
};

/** The kinds of steps that there are. */
export const stepKinds: readonly string[] = (stepSchemas.oneOf ?? stepSchemas.anyOf ?? []).map(
  ({ properties: { type } }) => type.const ?? type.enum?.[0] ?? '',
);

const mostFaults = 5;

/** What keeps a text from being a workflow, by the schema of the API; nothing where it is one. */
export const faultsOf = (text: string): readonly string[] => {
  const value: unknown = JSON.parse(text);
  const unknownKinds = stepsIn(value).flatMap((step, index) =>
    stepKinds.includes(step) ? [] : [`steps[${index}].type: ${step || '?'}: ${stepKinds.join(', ')}`],
  );
  if (unknownKinds.length > 0) return unknownKinds;
  const { valid, errors } = validator.validate(value);
  if (valid) return [];
  const deepest = errors.toSorted((one, other) => depth(other.instanceLocation) - depth(one.instanceLocation));
  return [...new Set(deepest.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`))].slice(
    0,
    mostFaults,
  );
};

const depth = (location: string): number => location.split('/').length;

const stepsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null || !('steps' in value) || !Array.isArray(value.steps)) return [];
  return value.steps.map((step: unknown) =>
    typeof step === 'object' && step !== null && 'type' in step ? String(step.type) : '',
  );
};
