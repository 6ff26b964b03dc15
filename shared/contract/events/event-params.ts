import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { Problem } from '#domain/problem.ts';
import { listOf } from '../contacts/read-channels.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { isTooDeep, maxJsonDepth } from '../json-value.ts';

/** The most parameters of an event, and the longest name of one (contract 4.16). */
const maxParams = 100;
const maxNameLength = 100;

const bindText = binderOf(z.string());

/**
 * Reads the parameters of an event by name. In version 2 a value is whatever JSON can hold, and an `externalCustomerId`
 * that is blank or "null" does not count; in version 1 a value is text, and JSON in it is text, too (contract 4.16). A
 * parameter without a value is left out.
 * @throws RollcallError INVALID_REQUEST for a name that is missing or comes twice, for too many, and for a bad value.
 */
export const readEventParams = (
  value: unknown,
  { isStrict }: { readonly isStrict: boolean },
): { params: Record<string, unknown>; warnings: Problem[] } => {
  const given = listOf(value);
  if (given.length > maxParams) throw invalid(`params must have at most ${maxParams} items`);
  const params = new Map<string, unknown>();
  const warnings: Problem[] = [];
  given.forEach((one, index) => {
    const name = nameOf(one, index);
    if (params.has(name)) throw invalid(`params must have unique names, and '${name}' comes twice`);
    const read = checkedValue(isObject(one) ? one.value : undefined, name);
    if (!isStrict && typeof read === 'object' && read !== null) {
      warnings.push({ code: 'INVALID_MEMBER', field: `params[${index}]`, message: 'JSON in a value must be text' });
    }
    params.set(name, isStrict ? read : textOf(read));
  });
  const kept = [...params].filter(([name, one]) => one !== undefined && !(isStrict && isNoId(name, one)));
  return { params: Object.fromEntries(kept), warnings };
};

const nameOf = (param: unknown, index: number): string => {
  const name = isObject(param) ? bindText(param.name) : undefined;
  const trimmed = typeof name === 'string' ? name.trim() : '';
  if (trimmed !== '' && trimmed.length <= maxNameLength) return trimmed;
  throw invalid(`params[${index}].name must be text of 1 to ${maxNameLength} characters`);
};

const checkedValue = (value: unknown, name: string): unknown => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return bindText(value);
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw invalid(`The number of parameter '${name}' has lost digits; send it as text`);
  }
  if (isTooDeep(value)) throw invalid(`The value of parameter '${name}' is nested more than ${maxJsonDepth} deep`);
  return value;
};

const textOf = (value: unknown): unknown => {
  if (value === undefined || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const isNoId = (name: string, value: unknown): boolean =>
  name.toLowerCase() === 'externalcustomerid' && /^(null)?$/i.test(String(value).trim());

const invalid = (message: string): RollcallError => new RollcallError('INVALID_REQUEST', message);
