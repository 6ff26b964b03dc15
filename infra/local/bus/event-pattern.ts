import { Refusal } from '../template/refusal.ts';
import { isRecord, type Json } from './json.ts';
import { compileValue, operators } from './pattern-operators.ts';

/** Whether an event, or a part of one, is what a pattern asks for. */
export type Matcher = (event: Json) => boolean;

/**
 * Compiles an EventBridge event pattern (user guide, "Comparison operators for use in event patterns"). Throws
 * `Refusal`, naming what it does not know.
 */
export const compilePattern = (pattern: unknown): Matcher => {
  if (!isRecord(pattern) || Object.keys(pattern).length === 0) throw new Refusal('the event pattern is empty');
  return compileObject(pattern, 'EventPattern');
};

const compileObject = (pattern: Readonly<Record<string, unknown>>, path: string): Matcher => {
  const parts = Object.entries(pattern).map(([name, part]) =>
    name === '$or' && isAlternatives(part) ? compileAlternatives(part, `${path}.$or`) : compileMember(name, part, path),
  );
  return (event) => someObject(event, (object) => parts.every((matches) => matches(object)));
};

/** A pattern sees through arrays of objects: one of them has to match. */
const someObject = (event: Json, test: (object: Record<string, Json>) => boolean): boolean => {
  if (Array.isArray(event)) return event.some((item) => someObject(item, test));
  return isRecord(event) ? test(event) : test({});
};

const isAlternatives = (part: unknown): part is Record<string, unknown>[] =>
  Array.isArray(part) && part.length > 1 && part.every((item) => isRecord(item) && !isOperator(item));

const isOperator = (item: Record<string, unknown>): boolean => Object.keys(item).some((name) => name in operators);

const compileAlternatives = (parts: readonly Record<string, unknown>[], path: string): Matcher => {
  const alternatives = parts.map((part) => compileObject(part, path));
  return (event) => alternatives.some((matches) => matches(event));
};

const compileMember = (name: string, part: unknown, path: string): Matcher => {
  const matches = compilePart(part, `${path}.${name}`);
  return (event) => matches(isRecord(event) ? event[name] : undefined);
};

const compilePart = (part: unknown, path: string): Matcher => {
  if (isRecord(part)) return compileObject(part, path);
  if (!Array.isArray(part)) throw new Refusal(`${path} has to be an object or a list of values`);
  if (part.length === 0) throw new Refusal(`${path} is an empty list`);
  const values = part.map((value: unknown) => compileValue(value, path));
  return (member) => values.some((matches) => matches(member));
};
