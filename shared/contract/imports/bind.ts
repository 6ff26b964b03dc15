import type * as z from 'zod/mini';
import { carriedText } from '../carried-text.ts';

/** Puts a JSON value into the shape that a schema asks for, as far as contract 1.3 allows, before it is parsed. */
export type Bind = (value: unknown) => unknown;

/**
 * The lenient binding of contract 1.3 for a schema: unknown members are dropped, a single value stands for a list of
 * one, a list of scalars for its values joined by commas, numbers and strings become each other, and `null`, `""` and
 * `[]` count as absent. What it cannot help it hands on as it came, for the schema to refuse. It never throws.
 */
export const binderOf = (schema: z.core.$ZodType): Bind => {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'catch':
      return binderOf(def.innerType);
    case 'object':
      return bindObject(def.shape);
    case 'array':
      return bindList(binderOf(def.element));
    case 'string':
      return bindText;
    case 'enum':
      return (value) => (typeof value === 'string' ? value.trim() : bindText(value));
    case 'number':
      return bindNumber;
    case 'boolean':
      return bindBoolean;
    default:
      return (value) => value;
  }
};

/** Whether a JSON value is an object and not a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const bindObject = (shape: Readonly<Record<string, z.core.$ZodType>>): Bind => {
  const members = Object.entries(shape).map(([name, schema]) => [name, binderOf(schema)] as const);
  return (value) => {
    if (!isObject(value)) return value;
    const bound: Record<string, unknown> = {};
    for (const [name, bind] of members) {
      const member = Object.hasOwn(value, name) ? value[name] : undefined;
      if (!isAbsent(member)) bound[name] = bind(member);
    }
    return bound;
  };
};

const bindList =
  (bind: Bind): Bind =>
  (value) =>
    (Array.isArray(value) ? value : [value]).filter((one) => !isAbsent(one)).map(bind);

const bindText: Bind = (value) => {
  if (typeof value === 'string') return carriedText(value);
  if (typeof value === 'boolean') return String(value);
  // Beyond the safe range JSON.parse has already changed the digits, and an identifier would become another one.
  if (typeof value === 'number') return isExact(value) ? String(value) : value;
  if (!Array.isArray(value) || !value.every(isScalar)) return value;
  return value.map((one) => bindText(one)).join(',');
};

const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && isExact(value));

const isExact = (value: number): boolean =>
  Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));

const bindNumber: Bind = (value) => {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof one === 'string' && /^\s*-?\d{1,16}(\.\d{1,16})?\s*$/.test(one) ? Number(one) : one;
};

const bindBoolean: Bind = (value) => {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === 'true' || word === '1' || word === 1) return true;
  return word === 'false' || word === '0' || word === 0 ? false : value;
};
