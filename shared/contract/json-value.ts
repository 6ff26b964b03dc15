import { isObject } from './imports/bind.ts';

/** Lists and objects in one another: as deep as everything that a value passes through can follow. */
export const maxJsonDepth = 20;

/** Whether a JSON value is nested deeper than that. */
export const isTooDeep = (value: unknown, levels: number = maxJsonDepth): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isTooDeep(one, levels - 1));
};

/** A JSON value with whole characters only: half of a pair in any text of it would be refused by the bus. */
export const wellFormed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toWellFormed(), wellFormed(one)]));
};
