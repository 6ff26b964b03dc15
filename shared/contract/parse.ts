import type * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { binderOf } from './imports/bind.ts';
import { describeIssues } from './issue.ts';

/** Members that zod calls possibly undefined are absent instead: binding leaves no `undefined` behind. */
export type Defined<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Name in keyof Value]: Exclude<Value[Name], undefined> }
    : Value;

/**
 * Reads what a caller sent by a schema, leniently (contract 1.3).
 * @throws RollcallError INVALID_REQUEST that names every bad member.
 */
export const parse = <Schema extends z.ZodMiniType>(schema: Schema, value: unknown): Defined<z.output<Schema>> => {
  const parsed = schema.safeParse(binderOf(schema)(value));
  if (parsed.success) return parsed.data as Defined<z.output<Schema>>;
  throw new RollcallError('INVALID_REQUEST', describeIssues(parsed.error.issues));
};
