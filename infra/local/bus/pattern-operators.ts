import { Refusal } from '../template/refusal.ts';
import { isRecord, type Json } from './json.ts';

type Matcher = (member: Json) => boolean;
type TextTest = (text: string) => boolean;

/** Compiles one value of a pattern's list: a plain value or an operator. Throws `Refusal` for what it does not know. */
export const compileValue = (value: unknown, path: string): Matcher => {
  if (!isRecord(value)) return compilePlain(value, path);
  const [name, ...others] = Object.keys(value);
  const operator = name === undefined ? undefined : operators[name];
  if (!operator || others.length > 0)
    throw new Refusal(`${path} uses ${JSON.stringify(value)}, which does not run here`);
  return operator(value[name ?? ''], `${path}.${name}`);
};

const compilePlain = (value: unknown, path: string): Matcher => {
  if (value !== null && !['string', 'number', 'boolean'].includes(typeof value)) {
    throw new Refusal(`${path} holds ${JSON.stringify(value)}, which is no plain value`);
  }
  return anyOf((member) => member === value);
};

/** An array in an event matches if one of its items does. */
const anyOf =
  (test: Matcher): Matcher =>
  (member) =>
    Array.isArray(member) ? member.some(test) : test(member);

const textOperator =
  (compile: (argument: string) => TextTest) =>
  (argument: unknown, path: string): Matcher => {
    const test = compile(textOf(argument, path));
    return anyOf((member) => typeof member === 'string' && test(member));
  };

const textOf = (argument: unknown, path: string): string => {
  if (typeof argument !== 'string') throw new Refusal(`${path} wants a text, not ${JSON.stringify(argument)}`);
  return argument;
};

const fold = (text: string): string => text.toLowerCase();

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const numeric = (argument: unknown, path: string): Matcher => {
  const items: unknown[] = Array.isArray(argument) ? argument : [];
  const tests = items.flatMap((sign, at) => {
    if (at % 2 === 1) return [];
    const compare = comparisons[String(sign)];
    const bound = items[at + 1];
    if (!compare || typeof bound !== 'number') throw new Refusal(`${path} cannot read ${JSON.stringify(argument)}`);
    return [(value: number) => compare(value, bound)];
  });
  if (tests.length === 0 || tests.length > 2) throw new Refusal(`${path} cannot read ${JSON.stringify(argument)}`);
  return anyOf((member) => typeof member === 'number' && tests.every((test) => test(member)));
};

const exists = (argument: unknown, path: string): Matcher => {
  if (typeof argument !== 'boolean') throw new Refusal(`${path} wants true or false`);
  const isLeaf = (member: Json) => member !== undefined && !isRecord(member);
  return (member) => isLeaf(member) === argument;
};

/** A member has to be there and be another value; of an array, one item has to. */
const anythingBut = (argument: unknown, path: string): Matcher => {
  const refused = isRecord(argument) ? anythingButOperator(argument, path) : anythingButValues(argument, path);
  return anyOf((member) => member !== undefined && !isRecord(member) && !refused(member));
};

const anythingButValues = (argument: unknown, path: string): Matcher => {
  const values = (Array.isArray(argument) ? argument : [argument]).map((value: unknown) => compilePlain(value, path));
  return (member) => values.some((matches) => matches(member));
};

const anythingButOperator = (argument: Record<string, unknown>, path: string): Matcher => {
  const [name = '', ...others] = Object.keys(argument);
  if (!['prefix', 'equals-ignore-case'].includes(name) || others.length > 0) {
    throw new Refusal(`${path} uses ${JSON.stringify(argument)}, which does not run here`);
  }
  const values = argument[name];
  const tests = (Array.isArray(values) ? values : [values]).map((value: unknown) =>
    compileValue({ [name]: value }, path),
  );
  return (member) => tests.some((matches) => matches(member));
};

/** The comparison operators that run here, by name. */
export const operators: Readonly<Record<string, (argument: unknown, path: string) => Matcher>> = {
  prefix: textOperator((part) => (text) => text.startsWith(part)),
  'equals-ignore-case': textOperator((wanted) => (text) => fold(text) === fold(wanted)),
  numeric,
  exists,
  'anything-but': anythingBut,
};
